package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.testing.Memo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A table made of rows that were stored before, at their old revisions. */
final class RestoreTest {
    private final Database db = StateDatabase.create();

    private static Memo memo(String name, String alias) {
        return Memo.of(name).withAlias(alias);
    }

    private static List<String> seen(RWTable<Memo> table, ReadTxn txn) {
        List<String> seen = new ArrayList<>();
        for (Row<Memo> row : table.byRevision(txn, 0)) {
            seen.add(row.value().name() + "@" + row.revision());
        }
        return seen;
    }

    private static List<Long> revisions(Changes<Memo> changes) {
        List<Long> revisions = new ArrayList<>();
        changes.forEach(change -> revisions.add(change.revision()));
        return revisions;
    }

    @Test
    void rowsKeepTheirRevisions_andWritesGoOnAboveThatOfTheTable() {
        TableRestore<Memo> restore = StateDatabase.restore(db, Memo.TABLE);
        restore.add(memo("b", "x"), 3);
        restore.add(memo("a", "z"), 700);
        assertThat(db.tables()).isEmpty();
        RWTable<Memo> table = restore.create(1000, List.of(), List.of());
        assertThat(seen(table, db.readTxn())).containsExactly("b@3", "a@700");
        assertThat(table.revision(db.readTxn())).isEqualTo(1000);
        assertThat(table.count(db.readTxn())).isEqualTo(2);
        db.write(table, txn -> table.insert(txn, memo("b", "y")));
        db.write(table, txn -> table.delete(txn, memo("a", "")));
        assertThat(seen(table, db.readTxn())).containsExactly("b@1001");
        assertThat(table.revision(db.readTxn())).isEqualTo(1002);
    }

    @Test
    void aFollowerFromTheBeginningSeesEveryRow_andThenWhatChanges() {
        TableRestore<Memo> restore = StateDatabase.restore(db, Memo.TABLE);
        restore.add(memo("a", "x"), 5);
        RWTable<Memo> table = restore.create(9, List.of(), List.of());
        try (ChangeIterator<Memo> changes = table.changes()) {
            assertThat(revisions(changes.next(db.readTxn()))).containsExactly(5L);
            db.write(table, txn -> table.delete(txn, memo("a", "")));
            assertThat(revisions(changes.next(db.readTxn()))).containsExactly(10L);
        }
    }

    @Test
    void aRowThatDoesNotFit_leavesNoTrace() {
        TableRestore<Memo> restore = StateDatabase.restore(db, Memo.TABLE);
        restore.add(memo("a", "x"), 1);
        assertThatThrownBy(() -> restore.add(memo("b", "x"), 2)).hasMessageContaining("alias");
        assertThatThrownBy(() -> restore.add(memo("a", "y"), 2)).hasMessageContaining("revision 1");
        assertThatThrownBy(() -> restore.add(memo("d", "z"), 1)).hasMessageContaining("does not follow 1");
        restore.add(memo("c", "y"), 2);
        RWTable<Memo> table = restore.create(2, List.of(), List.of());
        assertThat(seen(table, db.readTxn())).containsExactly("a@1", "c@2");
        assertThat(table.list(db.readTxn(), Memo.ALIAS.query("y")).stream().map(Row::revision))
                .containsExactly(2L);
        assertThatThrownBy(() -> db.write(table, txn -> table.insert(txn, memo("e", "y"))))
                .hasMessageContaining("alias");
    }

    @Test
    void initializersThatWereDone_staySo() {
        RWTable<Memo> table = StateDatabase.restore(db, Memo.TABLE).create(0, List.of("manifests"), List.of("etcd"));
        assertThat(table.pendingInitializers(db.readTxn())).containsExactly("etcd");
        db.write(table, txn -> {
            table.initializer("manifests").complete(txn);
            table.initializer("etcd").complete(txn);
            return true;
        });
        assertThat(table.initialized(db.readTxn())).isTrue();
        assertThatThrownBy(() -> StateDatabase.restore(db, Memo.TABLE).create(0, List.of("x"), List.of("x")))
                .hasMessageContaining("[x]");
    }

    @Test
    void theRevisionNeverGoesBack_behindATableOfThatNameThatWasRemoved() {
        RWTable<Memo> first = db.create(Memo.TABLE);
        for (int i = 0; i < 5; i++) {
            db.write(first, txn -> first.insert(txn, memo("a", "x")));
        }
        db.remove(first);
        TableRestore<Memo> restore = StateDatabase.restore(db, Memo.TABLE);
        restore.add(memo("a", "x"), 2);
        RWTable<Memo> table = restore.create(2, List.of(), List.of());
        assertThat(seen(table, db.readTxn())).containsExactly("a@2");
        assertThat(table.revision(db.readTxn())).isEqualTo(5);
    }

    @Test
    void theLastOfATable_isShownBeforeItGoes_andWhoFailsToLookKeepsIt() {
        RWTable<Memo> table = db.create(Memo.TABLE);
        db.write(table, txn -> table.insert(txn, memo("a", "x")));
        assertThatThrownBy(() -> StateDatabase.remove(db, table, last -> {
                    throw new IllegalStateException("no memory");
                }))
                .hasMessage("no memory");
        List<String> last = new ArrayList<>();
        try (ChangeIterator<Memo> changes = table.changes()) {
            db.write(table, txn -> table.insert(txn, memo("b", "y")));
            db.write(table, txn -> table.delete(txn, memo("a", "")));
            StateDatabase.remove(db, table, txn -> {
                last.addAll(seen(table, txn));
                changes.next(txn).forEach(change -> last.add(change.toString().substring(0, 6)));
            });
        }
        assertThat(last).containsExactly("b@2", "Update", "Delete");
        assertThat(db.tables()).isEmpty();
    }

    @Test
    void misuseIsRefused_andNothingIsCreated() {
        TableRestore<Memo> low = StateDatabase.restore(db, Memo.TABLE);
        low.add(memo("a", "x"), 7);
        assertThatThrownBy(() -> low.create(6, List.of(), List.of())).hasMessageContaining("cannot be 6");
        assertThat(db.tables()).isEmpty();
        RWTable<Memo> table = low.create(7, List.of(), List.of());
        assertThatThrownBy(() -> low.add(memo("b", "x"), 8)).hasMessageContaining("was created");
        assertThatThrownBy(() -> StateDatabase.restore(db, Memo.TABLE).create(0, List.of(), List.of()))
                .hasMessageContaining("already exists");
        assertThat(db.table("memos")).isSameAs(table);
    }

    @Test
    void whatIsRestoredOfATable_isLikeIt() {
        Random random = new Random(42);
        RWTable<Memo> original = db.create(Memo.TABLE);
        for (int i = 0; i < 2000; i++) {
            Memo memo =
                    Memo.of("n" + random.nextInt(300), "g" + random.nextInt(5)).withSize(i);
            boolean delete = random.nextInt(3) == 0;
            db.write(original, txn -> delete ? original.delete(txn, memo) : original.insert(txn, memo));
        }
        ReadTxn before = db.readTxn();
        Database other = StateDatabase.create();
        TableRestore<Memo> restore = StateDatabase.restore(other, Memo.TABLE);
        original.byRevision(before, 0).forEach(row -> restore.add(row.value(), row.revision()));
        RWTable<Memo> copy = restore.create(original.revision(before), List.of(), List.of());
        ReadTxn after = other.readTxn();
        assertThat(seen(copy, after)).isEqualTo(seen(original, before)).hasSizeGreaterThan(100);
        assertThat(copy.all(after).stream().map(Row::value).toList())
                .isEqualTo(original.all(before).stream().map(Row::value).toList());
        for (int tag = 0; tag < 5; tag++) {
            assertThat(copy.list(after, Memo.TAG.query("g" + tag)).stream()
                            .map(Row::revision)
                            .toList())
                    .isEqualTo(original.list(before, Memo.TAG.query("g" + tag)).stream()
                            .map(Row::revision)
                            .toList());
        }
    }
}
