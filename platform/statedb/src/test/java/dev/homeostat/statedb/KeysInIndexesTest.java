package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Pair;
import dev.homeostat.api.db.PairKey;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises A6 and A7 where they meet the database. */
final class KeysInIndexesTest {
    private record Tagged(long id, String tag) {}

    private record Link(String from, String to) {}

    private static final Index<Tagged, Long> ID = Index.uniqueLong("id", Tagged::id);
    private static final Index<Tagged, String> TAG = Index.nonUnique("tag", Keys.STRING, Tagged::tag);
    private static final PairKey<String, String> ENDS = Keys.pair(Keys.STRING, Keys.STRING);
    private static final Index<Link, Pair<String, String>> LINK =
            Index.unique("link", ENDS, link -> new Pair<>(link.from(), link.to()));

    private final Database db = StateDatabase.create();

    @Test
    void promise_A6_negativeNumbersComeFirst() {
        RWTable<Tagged> table = db.create(TableSpec.of("tagged", Tagged.class, ID));
        List<Long> numbers = List.of(Long.MIN_VALUE, -65L, -64L, -1L, 0L, 1L, 63L, 64L, 4096L, Long.MAX_VALUE);
        db.write(table, txn -> {
            for (long number : numbers.reversed()) {
                table.insert(txn, new Tagged(number, ""));
            }
            return true;
        });
        assertThat(table.all(db.readTxn()).values().map(Tagged::id)).containsExactlyElementsOf(numbers);
        assertThat(table.list(db.readTxn(), ID.lowerBound(-64L)).count()).isEqualTo(8);
        assertThat(table.list(db.readTxn(), ID.range(-64L, 64L)).values().map(Tagged::id))
                .containsExactly(-64L, -1L, 0L, 1L, 63L);
    }

    @Test
    void promise_A7_nonUniqueKeysWithAnyByte() {
        RWTable<Tagged> table =
                db.create(TableSpec.of("tagged", Tagged.class, ID).index(TAG));
        List<String> tags = new ArrayList<>();
        for (String start : List.of("", "a", "a\0", "a\0\0", "ab", "a\u00ff", "\0", "\0\u0001", "\u00ff")) {
            for (String end : List.of("", "\0", "\u0001", "\u007f", "\u00ff", "b")) {
                tags.add(start + end);
            }
        }
        db.write(table, txn -> {
            for (int i = 0; i < tags.size(); i++) {
                table.insert(txn, new Tagged(i, tags.get(i)));
            }
            return true;
        });
        ReadTxn txn = db.readTxn();
        for (String tag : tags) {
            assertThat(table.list(txn, TAG.query(tag)).values().map(Tagged::tag))
                    .isNotEmpty()
                    .containsOnly(tag);
            assertThat(table.list(txn, TAG.prefix(tag)).values().map(Tagged::tag))
                    .containsExactlyInAnyOrderElementsOf(
                            tags.stream().filter(other -> other.startsWith(tag)).toList());
        }
    }

    @Test
    void promise_A7_compositeKeysByTheirLeadingParts() {
        RWTable<Link> table = db.create(TableSpec.of("links", Link.class, LINK));
        db.write(table, txn -> {
            for (String from : List.of("", "a", "a\0", "ab")) {
                table.insert(txn, new Link(from, "x"));
                table.insert(txn, new Link(from, "xy"));
            }
            return true;
        });
        ReadTxn txn = db.readTxn();
        assertThat(table.list(txn, LINK.prefixKey(ENDS.leading("a"))).values())
                .containsExactly(new Link("a", "x"), new Link("a", "xy"));
        assertThat(table.list(txn, LINK.prefix(new Pair<>("a", "xy"))).values()).containsExactly(new Link("a", "xy"));
        Row<Link> row = table.get(txn, table.spec().lookup(table.spec().parseKey("ab/xy")));
        assertThat(row).isNotNull();
        assertThat(table.spec().formatKey(row.key())).isEqualTo("ab/xy");
    }
}
