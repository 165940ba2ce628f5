package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Initializer;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import org.junit.jupiter.api.Test;

/** Promise A26: when a table counts as initialized. */
final class InitializersTest {
    private final Database db = StateDatabase.create();

    @Test
    void promise_A26_withoutInitializers_itIsInitialized() {
        RWTable<Memo> table = db.create(Memo.TABLE);
        assertThat(table.initialized(db.readTxn())).isTrue();
        assertThat(table.initializedWatch(db.readTxn()).isClosed()).isTrue();
        assertThatThrownBy(() -> db.write(table, txn -> table.addInitializer(txn, "late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late");
    }

    @Test
    void promise_A26_completionTakesEffectAtTheCommit() {
        RWTable<Memo> table = db.create(Memo.TABLE, "files", "etcd");
        ReadTxn before = db.readTxn();
        Watch watch = table.initializedWatch(before);
        try (WriteTxn txn = db.writeTxn(table)) {
            table.initializer("etcd").complete(txn);
            assertThat(table.pendingInitializers(txn)).containsExactly("files");
            assertThat(table.pendingInitializers(db.readTxn())).containsExactly("etcd", "files");
        }
        assertThat(table.pendingInitializers(db.readTxn())).containsExactly("etcd", "files");
        assertThat(watch.isClosed()).isFalse();
        db.write(table, txn -> {
            table.initializer("etcd").complete(txn);
            table.initializer("etcd").complete(txn);
            return true;
        });
        assertThat(watch.isClosed()).isTrue();
        assertThat(table.initialized(db.readTxn())).isFalse();
        Watch second = table.initializedWatch(db.readTxn());
        db.write(table, txn -> {
            table.initializer("files").complete(txn);
            return true;
        });
        assertThat(second.isClosed()).isTrue();
        assertThat(table.initialized(db.readTxn())).isTrue();
        assertThat(table.initialized(before)).isFalse();
        assertThat(table.revision(db.readTxn())).isZero();
    }

    @Test
    void promise_A26_addedWhileOneIsPending() {
        RWTable<Memo> table = db.create(Memo.TABLE, "a");
        Watch rows = table.all(db.readTxn()).watch();
        Initializer b = db.write(table, txn -> table.addInitializer(txn, "b"));
        assertThatThrownBy(() -> db.write(table, txn -> table.addInitializer(txn, "b")))
                .hasMessageContaining("before");
        db.write(table, txn -> {
            table.initializer("a").complete(txn);
            return true;
        });
        assertThat(table.pendingInitializers(db.readTxn())).containsExactly("b");
        db.write(table, txn -> {
            b.complete(txn);
            return true;
        });
        assertThat(table.initialized(db.readTxn())).isTrue();
        assertThat(rows.isClosed()).isFalse();
        assertThatThrownBy(() -> table.initializer("c")).hasMessageContaining("\"c\"");
        assertThatThrownBy(() -> db.create(TableSpec.of("x", Memo.class, Memo.NAME), "a", "a"))
                .hasMessageContaining("twice");
    }

    @Test
    void promise_A26_completedByAnAbortedTransaction_isPending() {
        RWTable<Memo> table = db.create(Memo.TABLE, "a");
        Initializer added;
        try (WriteTxn txn = db.writeTxn(table)) {
            added = table.addInitializer(txn, "b");
        }
        assertThatThrownBy(() -> db.write(table, txn -> {
                    added.complete(txn);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(table.pendingInitializers(db.readTxn())).containsExactly("a");
    }

    @Test
    void promise_A26_completedTwice_wakesNobodyTheSecondTime() {
        RWTable<Memo> table = db.create(Memo.TABLE, "a", "b");
        complete(table, "a");
        Watch watch = table.initializedWatch(db.readTxn());
        ReadTxn before = db.readTxn();
        complete(table, "a");
        assertThat(watch.isClosed()).isFalse();
        assertThat(db.readTxn()).isSameAs(before);
        complete(table, "b");
        assertThat(watch.isClosed()).isTrue();
        ReadTxn initialized = db.readTxn();
        complete(table, "a");
        complete(table, "b");
        assertThat(db.readTxn()).isSameAs(initialized);
    }

    private void complete(RWTable<Memo> table, String name) {
        db.write(table, txn -> {
            table.initializer(name).complete(txn);
            return true;
        });
    }
}
