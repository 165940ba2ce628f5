package dev.homeostat.statedb.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.BitPrefix;
import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promise A27: what an index of prefixes answers. */
final class PrefixIndexTest {
    private final Database db =
            StateDatabase.builder().scheduler(new ManualScheduler()).build();
    private final RWTable<Net> nets = db.create(Net.BY_ID);
    private final RWTable<Net> keys = db.create(Net.BY_KEY);

    private void insert(Net... rows) {
        db.write(nets, txn -> {
            for (Net row : rows) {
                nets.insert(txn, row);
            }
            return true;
        });
    }

    private List<Long> ids(Query<Net> query) {
        return nets.list(db.readTxn(), query).values().map(Net::id).toList();
    }

    private static Query<Net> longest(String text) {
        return Net.NETS.query(IpPrefix.parse(text));
    }

    @Test
    void promise_A27_get_isTheLongestMatch() {
        insert(Net.of(0, "0.0.0.0/0"), Net.of(1, "10.0.0.0/8"), Net.of(2, "10.1.0.0/16"), Net.of(3, "10.1.2.3/32"));
        assertThat(ids(longest("10.1.2.3"))).containsExactly(3L);
        assertThat(ids(longest("10.1.2.4"))).containsExactly(2L);
        assertThat(ids(longest("10.1.0.0/17"))).containsExactly(2L);
        assertThat(ids(longest("10.1.0.0/16"))).containsExactly(2L);
        assertThat(ids(longest("10.0.0.0/15"))).containsExactly(1L);
        assertThat(ids(longest("11.0.0.1"))).containsExactly(0L);
        assertThat(ids(longest("0.0.0.0/0"))).containsExactly(0L);
        assertThat(nets.get(db.readTxn(), longest("10.255.0.1")))
                .extracting(row -> row.value().id())
                .isEqualTo(1L);
    }

    @Test
    void promise_A27_addressesOfBothFamilies_neverMatchOneAnother() {
        insert(Net.of(4, "0.0.0.0/0"), Net.of(5, "4.0.0.0/6"));
        assertThat(ids(longest("::1"))).isEmpty();
        assertThat(ids(longest("400::"))).isEmpty();
        insert(Net.of(6, "::/0"), Net.of(7, "2001:db8::/33"));
        assertThat(ids(longest("::1"))).containsExactly(6L);
        assertThat(ids(longest("2001:db8:7fff::1"))).containsExactly(7L);
        assertThat(ids(longest("2001:db8:8000::1"))).containsExactly(6L);
        assertThat(ids(longest("1.2.3.4"))).containsExactly(4L);
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("0.0.0.0/0")))).containsExactly(4L, 5L);
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("::/0")))).containsExactly(6L, 7L);
    }

    @Test
    void promise_A27_prefix_isWhatItContains_lowerBoundAndRangeGoOn() {
        insert(
                Net.of(1, "10.0.0.0/8"),
                Net.of(2, "10.128.0.0/9"),
                Net.of(3, "10.130.0.0/16"),
                Net.of(4, "10.0.0.0/16"),
                Net.of(5, "11.0.0.0/8"),
                Net.of(6, "::/1"));
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("10.0.0.0/8")))).containsExactly(1L, 4L, 2L, 3L);
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("10.128.0.0/10")))).containsExactly(3L);
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("10.0.0.0/7")))).containsExactly(1L, 4L, 2L, 3L, 5L);
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("10.130.0.0/17")))).isEmpty();
        assertThat(ids(Net.NETS.lowerBound(IpPrefix.parse("10.0.0.0/9")))).containsExactly(4L, 2L, 3L, 5L, 6L);
        assertThat(ids(Net.NETS.range(IpPrefix.parse("10.0.0.0/16"), IpPrefix.parse("11.0.0.0/8"))))
                .containsExactly(4L, 2L, 3L);
        assertThat(ids(Net.NETS.exact(IpPrefix.parse("10.0.0.0/16")))).containsExactly(4L);
        assertThat(ids(Net.NETS.exact(IpPrefix.parse("10.0.0.0/15")))).isEmpty();
    }

    @Test
    void promise_A27_nonUnique_givesTheFirstRow_andListsAll() {
        insert(Net.of(3, "10.0.0.0/8"), Net.of(1, "10.0.0.0/8"), Net.of(2, "10.0.0.0/8"), Net.of(9, "0.0.0.0/0"));
        assertThat(ids(longest("10.1.1.1"))).containsExactly(1L, 2L, 3L);
        assertThat(nets.get(db.readTxn(), longest("10.1.1.1")))
                .extracting(row -> row.value().id())
                .isEqualTo(1L);
        db.write(nets, txn -> nets.delete(txn, Net.of(1)));
        assertThat(ids(longest("10.1.1.1"))).containsExactly(2L, 3L);
        insert(Net.of(2), Net.of(3, "12.0.0.0/8"));
        assertThat(ids(longest("10.1.1.1"))).containsExactly(9L);
    }

    @Test
    void promise_A27_rowWithSeveralPrefixes_appearsOnce() {
        insert(Net.of(1, "10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8", "::/0"), Net.of(2, "10.0.0.0/12"));
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("0.0.0.0/0")))).containsExactly(1L, 2L);
        assertThat(ids(Net.NETS.prefix(IpPrefix.parse("10.0.0.0/9")))).containsExactly(2L, 1L);
        assertThat(ids(Net.NETS.lowerBound(IpPrefix.parse("10.0.0.0/10")))).containsExactly(2L, 1L);
        assertThat(ids(longest("10.1.1.1"))).containsExactly(1L);
    }

    @Test
    void promise_A27_unique_refusesTheSamePrefix_notOneInside() {
        insert(Net.of(1).owning("10.0.0.0/8"));
        insert(Net.of(2).owning("10.0.0.0/9"));
        assertThatThrownBy(() -> insert(Net.of(3).owning("10.0.0.0/9")))
                .isInstanceOf(UniqueViolationException.class)
                .hasMessageContaining("own")
                .hasMessageContaining("10.0.0.0/9")
                .hasMessageContaining("2")
                .hasMessageContaining("3");
        assertThat(nets.count(db.readTxn())).isEqualTo(2);
        assertThat(ids(Net.OWN.query(IpPrefix.parse("10.1.1.1")))).containsExactly(2L);
    }

    @Test
    void promise_A27_delete_takesTheExactPrefix_neverTheLongestMatch() {
        insert(Net.of(1).owning("10.0.0.0/8"));
        assertThatThrownBy(() -> db.write(nets, txn -> nets.delete(txn, Net.OWN.query(IpPrefix.parse("10.0.0.0/8")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by-id")
                .hasMessageContaining("LONGEST")
                .hasMessageContaining("own")
                .hasMessageContaining("exact(");
        assertThat((Object) db.write(nets, txn -> nets.delete(txn, Net.OWN.exact(IpPrefix.parse("10.0.0.0/9")))))
                .isNull();
        assertThat((Object) db.write(nets, txn -> nets.delete(txn, Net.OWN.exact(IpPrefix.parse("10.0.0.0/8")))))
                .isNotNull();
        assertThat(nets.count(db.readTxn())).isZero();
    }

    @Test
    void promise_A27_asPrimaryIndex_rowsAreFoundByTheirKeys() {
        Net outer = Net.of(1).at("c0/2");
        Net inner = Net.of(2).at("c8/5");
        List<Change<Net>> changes = new ArrayList<>();
        try (ChangeIterator<Net> iterator = keys.changes()) {
            db.write(keys, txn -> keys.insert(txn, inner));
            db.write(keys, txn -> keys.insert(txn, outer));
            ReadTxn txn = db.readTxn();
            assertThat(keys.all(txn).values()).containsExactly(outer, inner);
            for (Row<Net> row : keys.all(txn)) {
                Key key = Net.BY_KEY.parseKey(Net.BY_KEY.formatKey(row.key()));
                assertThat(key).isEqualTo(row.key());
                assertThat((Object) keys.get(txn, Net.BY_KEY.lookup(key))).isSameAs(row);
            }
            assertThat(Net.BY_KEY.lookup(Net.BY_KEY.parseKey("c0/3")).isLookup())
                    .isTrue();
            assertThat((Object) keys.get(txn, Net.BY_KEY.lookup(Net.BY_KEY.parseKey("c0/3"))))
                    .isNull();
            iterator.next(txn).forEach(changes::add);
            db.write(keys, write -> keys.delete(write, inner));
            assertThat((Object) db.write(keys, write -> keys.insert(write, outer.at("c0/2"))))
                    .isNotNull();
            iterator.next(db.readTxn()).forEach(changes::add);
        }
        assertThat(changes).hasSize(4);
        assertThat(changes.get(2)).isInstanceOf(Change.Delete.class);
        assertThat(keys.list(db.readTxn(), Net.KEY.query(BitPrefix.parse("c8"))).values())
                .containsExactly(outer.at("c0/2"));
    }

    @Test
    void promise_A27_noBitsAndAllBits_alsoBeyondEightBytes() {
        byte[] zeros = new byte[20];
        List<BitPrefix> inOrder = List.of(
                BitPrefix.of(zeros, 0),
                BitPrefix.of(zeros, 63),
                BitPrefix.of(zeros, 64),
                BitPrefix.of(zeros, 65),
                BitPrefix.of(zeros));
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            Net net = new Net(i, inOrder.get(i), null, List.of(), 0);
            db.write(keys, txn -> keys.insert(txn, net));
        }
        ReadTxn txn = db.readTxn();
        assertThat(keys.all(txn).values().map(Net::key)).isEqualTo(inOrder);
        assertThat(found(txn, BitPrefix.of(zeros, 62))).isEqualTo(BitPrefix.of(zeros, 0));
        assertThat(found(txn, BitPrefix.parse("0000000000000000"))).isEqualTo(BitPrefix.of(zeros, 64));
        assertThat(found(txn, BitPrefix.parse("000000000000000080"))).isEqualTo(BitPrefix.of(zeros, 64));
        assertThat(found(txn, BitPrefix.parse("000000000000000070"))).isEqualTo(BitPrefix.of(zeros, 65));
        assertThat(found(txn, BitPrefix.of(new byte[21]))).isEqualTo(BitPrefix.of(zeros));
        assertThat(found(txn, BitPrefix.parse("ff"))).isEqualTo(BitPrefix.of(zeros, 0));
        assertThat(keys.list(txn, Net.KEY.prefix(BitPrefix.of(zeros, 64))).count())
                .isEqualTo(3);
    }

    private BitPrefix found(ReadTxn txn, BitPrefix key) {
        return keys.list(txn, Net.KEY.query(key))
                .values()
                .findFirst()
                .orElseThrow()
                .key();
    }

    @Test
    void promise_A27_thousandsOfPrefixesInsideOneAnother_needNoDeepStack() {
        byte[] ones = new byte[700];
        Arrays.fill(ones, (byte) 0xff);
        List<Integer> lengths =
                new ArrayList<>(IntStream.range(0, ones.length * 8).boxed().toList());
        Collections.shuffle(lengths, new Random(27));
        db.write(keys, txn -> {
            lengths.forEach(bits -> keys.insert(txn, new Net(bits, BitPrefix.of(ones, bits), null, List.of(), 0)));
            return true;
        });
        assertThat(keys.all(db.readTxn()).values().map(net -> net.key().length()))
                .isSorted()
                .hasSize(lengths.size());
        assertThat(found(db.readTxn(), BitPrefix.of(ones, 5000)).length()).isEqualTo(5000);
        assertThat(keys.list(db.readTxn(), Net.KEY.prefix(BitPrefix.of(ones, 600)))
                        .count())
                .isEqualTo(lengths.size() - 600);
        db.write(keys, txn -> {
            lengths.stream()
                    .filter(bits -> bits % 10 != 0)
                    .forEach(bits -> keys.delete(txn, Net.KEY.exact(BitPrefix.of(ones, bits))));
            return true;
        });
        assertThat(keys.count(db.readTxn())).isEqualTo(lengths.size() / 10);
        assertThat(found(db.readTxn(), BitPrefix.of(ones, 5009)).length()).isEqualTo(5000);
        db.remove(keys);
    }

    @Test
    void promise_A27_uniqueWithSeveralPrefixesARow_refusesEachOfThem() {
        PrefixIndex<Net, IpPrefix> owned = Index.uniqueMultiPrefix("owned", Keys.IP_PREFIX, Net::nets);
        RWTable<Net> owners =
                db.create(TableSpec.of("owners", Net.class, Net.ID).index(owned));
        db.write(owners, txn -> owners.insert(txn, Net.of(1, "10.0.0.0/8", "::/0")));
        db.write(owners, txn -> owners.insert(txn, Net.of(2, "10.0.0.0/9")));
        assertThatThrownBy(() -> db.write(owners, txn -> owners.insert(txn, Net.of(3, "11.0.0.0/8", "::/0"))))
                .isInstanceOf(UniqueViolationException.class)
                .hasMessageContaining("owned")
                .hasMessageContaining("/0");
        assertThat(owners.list(db.readTxn(), owned.query(IpPrefix.parse("11.0.0.1"))))
                .isEmpty();
        assertThat(owners.list(db.readTxn(), owned.query(IpPrefix.parse("10.200.0.1")))
                        .values())
                .extracting(Net::id)
                .containsExactly(1L);
    }

    @Test
    void promise_A27_keyThatIsNoPrefix_isRefused() {
        for (Key key : List.of(Key.of(), Key.of((byte) 0xff), Key.of((byte) 1, (byte) 0))) {
            assertThatThrownBy(() -> Net.OWN.queryKey(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("own")
                    .hasMessageContaining(key.toString());
            assertThatThrownBy(() -> Net.OWN.prefixKey(key)).isInstanceOf(IllegalArgumentException.class);
        }
        Key strange = Key.of((byte) 1, (byte) 0xfe);
        assertThat(ids(Net.OWN.queryKey(strange))).isEmpty();
    }
}
