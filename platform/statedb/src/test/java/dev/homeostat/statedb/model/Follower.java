package dev.homeostat.statedb.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import java.util.Iterator;
import java.util.Random;
import java.util.TreeMap;

/** Keeps a copy of a table by its changes alone. */
final class Follower {
    private final ChangeIterator<Item> changes;
    private final long start;
    private final TreeMap<Key, ModelTable.Version> copy = new TreeMap<>();
    private long last;

    Follower(RWTable<Item> table) {
        this.changes = table.changes();
        this.start = table.stats().revision();
    }

    /** Takes a part of the changes up to a snapshot, or all; says whether it took all. */
    boolean follow(ReadTxn txn, RWTable<Item> table, Random random, boolean all) {
        Changes<Item> next = changes.next(txn);
        int limit = all ? Integer.MAX_VALUE : random.nextInt(6);
        Iterator<Change<Item>> iterator = next.iterator();
        for (int i = 0; i < limit && iterator.hasNext(); i++) {
            take(iterator.next(), table.revision(txn));
        }
        return !iterator.hasNext() && table.revision(txn) >= start;
    }

    void assertEquals(ModelTable model) {
        assertThat(copy).isEqualTo(model.rows());
    }

    void close() {
        changes.close();
    }

    private void take(Change<Item> change, long upTo) {
        assertThat(change.revision()).isGreaterThan(last).isLessThanOrEqualTo(upTo);
        last = change.revision();
        assertThat(changes.revision()).isGreaterThanOrEqualTo(last);
        Key key = change.row().key();
        switch (change) {
            case Change.Update<Item>(var row) -> copy.put(key, new ModelTable.Version(row.value(), row.revision()));
            case Change.Delete<Item>(var row, long revision) -> {
                assertThat(revision).isGreaterThan(row.revision());
                copy.remove(key);
            }
        }
    }
}
