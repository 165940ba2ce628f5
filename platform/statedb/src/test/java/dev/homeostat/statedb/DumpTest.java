package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.statedb.testing.Memo;
import org.junit.jupiter.api.Test;

/** Promise A30: the database as documents. */
final class DumpTest {
    private static final RowCodec<Memo> CODEC = new RowCodec<>() {
        @Override
        public Tree encode(Memo row) {
            return Tree.scalar(row.name() + " of " + row.size());
        }

        @Override
        public Memo decode(Tree document) {
            throw new UnsupportedOperationException();
        }
    };

    private final Database db = StateDatabase.create();
    private final RWTable<Memo> memos = db.create(Memo.TABLE.codec(CODEC));
    private final RWTable<Memo> plain = db.create(TableSpec.of("a-plain", Memo.class, Memo.NAME));

    @Test
    void promise_A30_dumpIsConsistentWithOneSnapshot() {
        db.write(memos, txn -> memos.insert(txn, Memo.of("b").withSize(2)));
        db.write(memos, txn -> memos.insert(txn, Memo.of("a").withSize(1)));
        db.write(plain, txn -> plain.insert(txn, Memo.of("x")));
        ReadTxn snapshot = db.readTxn();
        db.write(memos, txn -> memos.deleteAll(txn));
        db.remove(plain);
        var dump = StateDatabase.dump(snapshot).toList();
        assertThat(dump).extracting(TableDump::name).containsExactly("a-plain", "memos");
        assertThat(dump).extracting(TableDump::hasCodec).containsExactly(false, true);
        assertThat(dump.get(1).revision()).isEqualTo(2);
        assertThat(dump.get(1).count()).isEqualTo(2);
        for (int again = 0; again < 2; again++) {
            assertThat(dump.get(1).entries())
                    .containsExactly(
                            new TableDump.Entry("a", 2, Tree.scalar("a of 1")),
                            new TableDump.Entry("b", 1, Tree.scalar("b of 2")));
        }
        assertThat(dump.get(0).entries().map(TableDump.Entry::document))
                .containsExactly(Tree.scalar(Memo.of("x").toString()));
        assertThat(StateDatabase.dump(db.readTxn(), memos).entries()).isEmpty();
    }

    @Test
    void dump_ofAForeignTransaction_isRefused() {
        ReadTxn foreign = () -> db;
        assertThatThrownBy(() -> StateDatabase.dump(foreign)).hasMessageContaining("no snapshot");
    }
}
