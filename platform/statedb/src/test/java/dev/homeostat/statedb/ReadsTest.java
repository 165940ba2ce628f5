package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promises A15 to A17: snapshots and queries. */
final class ReadsTest {
    private final Fixture f = new Fixture();

    @Test
    void promise_A15_aSnapshotNeverChanges() {
        f.insert(IntStream.range(0, 300).mapToObj(i -> "m" + i).toArray(String[]::new));
        ReadTxn snapshot = f.db.readTxn();
        List<Row<Memo>> rows = f.memos.all(snapshot).stream().toList();
        f.db.write(f.memos, txn -> f.memos.deleteAll(txn));
        f.insert("other");
        assertThat(f.memos.all(snapshot).stream().toList()).isEqualTo(rows);
        assertThat(f.memos.revision(snapshot)).isEqualTo(300);
        assertThat(f.db.readTxn()).isSameAs(f.db.readTxn());
    }

    @Test
    void promise_A16_everyKindOfQuery() {
        f.insert(Memo.of("a", "x", "y").withSize(1));
        f.insert(Memo.of("ab", "y").withSize(2));
        f.insert(Memo.of("b", "xy").withSize(2));
        f.insert(Memo.of("a", "x", "y").withSize(3));
        ReadTxn txn = f.db.readTxn();
        assertThat(Fixture.names(f.memos.all(txn))).containsExactly("a", "ab", "b");
        assertThat(f.memos.all(txn).count()).isEqualTo(3);
        assertThat(Fixture.names(f.memos.list(txn, Memo.NAME.prefix("a")))).containsExactly("a", "ab");
        assertThat(Fixture.names(f.memos.list(txn, Memo.NAME.lowerBound("aa")))).containsExactly("ab", "b");
        assertThat(Fixture.names(f.memos.list(txn, Memo.NAME.range("a", "b")))).containsExactly("a", "ab");
        assertThat(Fixture.names(f.memos.list(txn, Memo.NAME.query("ab")))).containsExactly("ab");
        assertThat(Fixture.names(f.memos.list(txn, Memo.SIZE.query(2L)))).containsExactly("ab", "b");
        assertThat(Fixture.names(f.memos.list(txn, Memo.SIZE.lowerBound(3L)))).containsExactly("a");
        assertThat(Fixture.names(f.memos.byRevision(txn, 3))).containsExactly("b", "a");
        assertThat(f.memos.byRevision(txn, 0).count()).isEqualTo(3);
        Row<Memo> first = f.memos.get(txn, Memo.NAME.prefix("ab"));
        assertThat(first)
                .isNotNull()
                .isSameAs(f.memos.list(txn, Memo.SIZE.query(2L)).first());
        assertThat(f.memos.list(txn, Memo.NAME.query("c")).first()).isNull();
    }

    @Test
    void promise_A16_rowThatMatchesByManyKeysAppearsOnce() {
        f.insert(Memo.of("a", "x1", "x2", "x3"));
        f.insert(Memo.of("b", "x2"));
        ReadTxn txn = f.db.readTxn();
        assertThat(Fixture.names(f.memos.list(txn, Memo.TAG.prefix("x")))).containsExactly("a", "b");
        assertThat(Fixture.names(f.memos.list(txn, Memo.TAG.lowerBound("x2")))).containsExactly("a", "b");
        assertThat(Fixture.names(f.memos.list(txn, Memo.TAG.range("x3", "z")))).containsExactly("a");
    }

    @Test
    void promise_A16_rowsAreTheSameAgain_alsoWhileTheTransactionGoesOn() {
        f.insert("a", "c");
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.insert(txn, Memo.of("b"));
            Rows<Memo> rows = f.memos.all(txn);
            Rows<Memo> byRevision = f.memos.byRevision(txn, 0);
            var half = rows.iterator();
            half.next();
            f.memos.insert(txn, Memo.of("aa"));
            f.memos.delete(txn, Memo.of("c"));
            f.memos.insert(txn, Memo.of("b").withSize(4));
            assertThat(half.next().value()).isEqualTo(Memo.of("b"));
            assertThat(Fixture.names(rows)).containsExactly("a", "b", "c");
            assertThat(Fixture.names(byRevision)).containsExactly("a", "c", "b");
            assertThat(rows.count()).isEqualTo(3);
            txn.commit();
            assertThat(Fixture.names(rows)).containsExactly("a", "b", "c");
        }
        assertThat(f.names()).containsExactly("a", "aa", "b");
    }

    @Test
    void promise_A17_secondaryIndex_ordersByKeyThenPrimaryKey() {
        for (String name : List.of("c", "a", "d", "b")) {
            f.insert(Memo.of(name, name.equals("d") ? "one" : "two"));
        }
        assertThat(Fixture.names(f.memos.list(f.db.readTxn(), Memo.TAG.prefix(""))))
                .containsExactly("d", "a", "b", "c");
    }
}
