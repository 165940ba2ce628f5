package dev.homeostat.statedb.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise A27, and A18 for it: when the watches of an index of prefixes close. */
final class PrefixWatchesTest {
    private final Database db =
            StateDatabase.builder().scheduler(new ManualScheduler()).build();
    private final RWTable<Net> nets = db.create(Net.BY_ID);

    private void insert(Net... rows) {
        db.write(nets, txn -> {
            for (Net row : rows) {
                nets.insert(txn, row);
            }
            return true;
        });
    }

    private void delete(long id) {
        db.write(nets, txn -> nets.delete(txn, Net.of(id)));
    }

    private Watch watch(Query<Net> query) {
        return nets.watch(db.readTxn(), query);
    }

    private static Query<Net> longest(String text) {
        return Net.NETS.query(IpPrefix.parse(text));
    }

    @Test
    void promise_A27_longest_closesWhenALongerMatchComes() {
        insert(Net.of(0, "0.0.0.0/0"), Net.of(1, "10.0.0.0/8"), Net.of(2, "10.1.2.3/32"), Net.of(3, "10.1.2.128/25"));
        for (String longer : List.of("10.0.0.0/9", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.0/25", "10.1.2.4/32")) {
            Watch watch = watch(longest("10.1.2.4"));
            insert(Net.of(9, longer));
            assertThat(watch.isClosed()).as(longer).isTrue();
            delete(9);
        }
    }

    @Test
    void promise_A27_longest_closesWhenTheMatchGoesOrIsReplaced() {
        insert(Net.of(1, "10.0.0.0/8"), Net.of(2, "10.0.0.0/8"), Net.of(3, "10.1.0.0/16"));
        List<Runnable> writes = List.of(
                () -> insert(Net.of(2, "10.0.0.0/8")),
                () -> insert(Net.of(4, "10.0.0.0/8")),
                () -> insert(Net.of(1, "11.0.0.0/8")),
                () -> delete(2),
                () -> delete(4));
        for (Runnable write : writes) {
            Watch watch = watch(longest("10.2.0.1"));
            write.run();
            assertThat(watch.isClosed()).isTrue();
        }
        assertThat(nets.list(db.readTxn(), longest("10.2.0.1"))).isEmpty();
    }

    @Test
    void promise_A27_longest_closesWhenNothingMatchedYet() {
        Watch empty = watch(longest("10.2.0.1"));
        insert(Net.of(1, "10.2.0.0/24"));
        assertThat(empty.isClosed()).isTrue();
        insert(Net.of(2, "10.3.0.0/24"));
        for (String first : List.of("0.0.0.0/0", "10.0.0.0/8", "10.2.1.0/24", "10.2.1.1/32")) {
            Watch watch = watch(longest("10.2.1.1"));
            insert(Net.of(9, first));
            assertThat(watch.isClosed()).as(first).isTrue();
            delete(9);
        }
    }

    @Test
    void promise_A27_longest_staysOpenForWhatIsOutsideItsMatch() {
        insert(Net.of(0, "0.0.0.0/0"), Net.of(1, "10.0.0.0/8"), Net.of(2, "10.0.0.0/16"), Net.of(3, "10.1.0.0/16"));
        Watch watch = watch(longest("10.0.1.1"));
        insert(Net.of(4, "11.0.0.0/8"), Net.of(5, "10.1.1.0/24"), Net.of(6, "10.128.0.0/9"), Net.of(7, "::/0"));
        delete(5);
        insert(Net.of(1, "10.0.0.0/8"));
        delete(0);
        assertThat(watch.isClosed()).isFalse();
        delete(2);
        assertThat(watch.isClosed()).isTrue();
    }

    @Test
    void promise_A27_prefix_closesForAllThatItContains_alsoInsideACompressedEdge() {
        insert(Net.of(1, "10.1.2.3/32"), Net.of(2, "10.1.2.2/32"), Net.of(3, "192.168.0.0/16"));
        for (String prefix : List.of("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/17")) {
            for (String net : List.of("10.1.0.0/17", "10.1.2.2/31", "10.1.96.0/20", "10.1.2.3/32")) {
                Watch watch = watch(Net.NETS.prefix(IpPrefix.parse(prefix)));
                insert(Net.of(9, net));
                assertThat(watch.isClosed()).as(prefix + " and " + net).isTrue();
                Watch again = watch(Net.NETS.prefix(IpPrefix.parse(prefix)));
                delete(9);
                assertThat(again.isClosed()).as(prefix + " without " + net).isTrue();
            }
        }
        Watch watch = watch(Net.NETS.prefix(IpPrefix.parse("10.1.0.0/17")));
        insert(Net.of(4, "192.169.0.0/16"), Net.of(5, "::1/128"), Net.of(6, "172.16.0.0/12"));
        assertThat(watch.isClosed()).isFalse();
    }

    @Test
    void promise_A27_exact_closesForItsPrefixAlone() {
        insert(Net.of(1, "10.0.0.0/8"), Net.of(2, "10.0.0.0/16"));
        Watch outer = watch(Net.NETS.exact(IpPrefix.parse("10.0.0.0/8")));
        Watch absent = watch(Net.NETS.exact(IpPrefix.parse("10.0.0.0/9")));
        insert(Net.of(3, "10.0.0.0/17"), Net.of(4, "11.0.0.0/8"), Net.of(5, "0.0.0.0/0"));
        assertThat(outer.isClosed()).isFalse();
        insert(Net.of(6, "10.0.0.0/9"));
        assertThat(absent.isClosed()).isTrue();
        assertThat(outer.isClosed()).isFalse();
        insert(Net.of(7, "10.0.0.0/8"));
        assertThat(outer.isClosed()).isTrue();
    }

    @Test
    void promise_A27_removedTableClosesAll_andALateWatchComesClosed() {
        insert(Net.of(1, "10.0.0.0/8"), Net.of(2, "10.0.0.0/16"));
        ReadTxn old = db.readTxn();
        List<Watch> watches = List.of(
                watch(longest("10.0.0.1")),
                watch(longest("11.0.0.1")),
                watch(Net.NETS.prefix(IpPrefix.parse("10.0.0.0/8"))));
        insert(Net.of(2, "10.0.0.0/17"));
        assertThat(nets.watch(old, longest("10.0.0.1")).isClosed()).isTrue();
        Watch kept = watch(Net.NETS.exact(IpPrefix.parse("10.0.0.0/8")));
        db.remove(nets);
        assertThat(watches).allMatch(Watch::isClosed);
        assertThat(kept.isClosed()).isTrue();
    }

    @Test
    void promise_A27_fromAWriteTransaction_seesItsWrites_andEndsWithTheAbort() {
        insert(Net.of(1, "10.0.0.0/8"));
        Watch watch;
        try (WriteTxn txn = db.writeTxn(nets)) {
            nets.insert(txn, Net.of(2, "10.0.0.0/16"));
            assertThat(nets.get(txn, longest("10.0.0.1")))
                    .extracting(row -> row.value().id())
                    .isEqualTo(2L);
            watch = nets.watch(txn, longest("10.0.0.1"));
            nets.insert(txn, Net.of(3, "10.0.0.0/24"));
            assertThat(nets.get(txn, longest("10.0.0.1")))
                    .extracting(row -> row.value().id())
                    .isEqualTo(3L);
            assertThat(watch.isClosed()).isFalse();
        }
        assertThat(watch.isClosed()).isTrue();
        assertThat(nets.get(db.readTxn(), longest("10.0.0.1")))
                .extracting(row -> row.value().id())
                .isEqualTo(1L);
    }
}
