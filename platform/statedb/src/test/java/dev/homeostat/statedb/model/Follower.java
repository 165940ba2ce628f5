package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Follows a table by its changes alone: each must be the very one that comes next, and together they must make the table. */
final class Follower {
    private final ChangeIterator<Item> changes;
    private final long start;
    private final TreeMap<Key, ModelTable.Version> copy = new TreeMap<>();
    private Iterator<Change<Item>> current = List.<Change<Item>>of().iterator();
    private List<ModelTable.Seen> expected = List.of();
    private int taken;
    private long upTo;
    private long position;

    /** Opens an iterator on a table whose committed revision is given. */
    Follower(RWTable<Item> table, long revision) {
        this.changes = table.changes();
        this.start = revision;
    }

    /** Asks for what is new up to a snapshot, in which the table is the model; gives the watch for more. */
    Watch next(ReadTxn txn, ModelTable model) {
        Iterator<Change<Item>> before = current;
        long deletesAhead = changes.deletesAhead(txn);
        Changes<Item> next = changes.next(txn);
        Check.that(!before.hasNext(), "the sequence before goes on");
        current = next.iterator();
        boolean tooOld = model.revision() < start;
        expected = tooOld ? List.of() : model.changes(position, start);
        Check.same(
                deletesAhead, expected.stream().filter(ModelTable.Seen::delete).count(), "the number of deletes ahead");
        upTo = tooOld ? 0 : model.revision();
        taken = 0;
        finish();
        return next.watch();
    }

    /** Takes a part of what was asked for, or all. */
    void take(Random random, boolean all) {
        int limit = all ? Integer.MAX_VALUE : random.nextInt(6);
        for (int i = 0; i < limit && taken < expected.size(); i++) {
            Check.that(current.hasNext(), "the sequence ends before " + expected.get(taken));
            take(current.next(), expected.get(taken++));
        }
        finish();
    }

    /** The copy must be the table when all was taken. */
    void checkCopy(ModelTable model) {
        Check.same(copy, model.byKey(), "the copy of who follows");
    }

    /** The revision up to which it needs no deletes. */
    long needless() {
        return Math.max(start, position);
    }

    void close() {
        changes.close();
        Check.that(!current.hasNext(), "a sequence of a closed iterator goes on");
    }

    private void finish() {
        if (taken == expected.size()) {
            Check.that(!current.hasNext(), "the sequence goes on after " + expected);
            position = Math.max(position, upTo);
        }
        Check.same(changes.revision(), position, "the iterator's revision");
    }

    private void take(Change<Item> change, ModelTable.Seen expectedChange) {
        Key key = change.row().key();
        Check.same(
                new ModelTable.Seen(change instanceof Change.Delete, key, change.revision()),
                expectedChange,
                "the next change");
        switch (change) {
            case Change.Update<Item>(var row) -> copy.put(key, World.version(row));
            case Change.Delete<Item>(var row, long revision) -> {
                Check.that(revision > row.revision(), "a delete is not newer than its row");
                copy.remove(key);
            }
        }
        position = change.revision();
    }
}
