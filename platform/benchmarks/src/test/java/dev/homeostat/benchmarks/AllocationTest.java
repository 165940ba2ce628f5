package dev.homeostat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads allocate nothing for a row, whatever the compiler makes of them: none of this relies on its removing of objects. */
final class AllocationTest {
    private static final int ROWS = 10_000;

    /** What may be allocated for an iteration, however many its rows are: iterator, cursor and its stack. */
    private static final long ITERATION = 2048;

    private final Filled byId = Filled.with(Item.BY_ID, Item.range(ROWS));
    private final Filled byName = Filled.with(Item.BY_NAME, Item.range(ROWS));
    private final Filled tagged = Filled.with(Item.BY_ID_AND_TAG, withTags());

    private @Nullable Object sink;
    private long sum;

    @Test
    void meter_seesASmallObjectForEachRow() {
        long bytes = AllocatedBytes.of(() -> {
            for (int i = 0; i < ROWS; i++) {
                sink = new int[] {i};
            }
        });

        assertThat(bytes).isGreaterThanOrEqualTo(16L * ROWS);
        assertThat(sink).isNotNull();
    }

    @Test
    void newReadTxn_allocatesNothing() {
        assertThat(AllocatedBytes.of(() -> {
                    for (int i = 0; i < ROWS; i++) {
                        sink = byId.db().readTxn();
                    }
                }))
                .isZero();
    }

    @Test
    void get_byNumberWithAPrebuiltQuery_allocatesNothing() {
        assertThat(lookups(byId, queries(i -> Item.ID.query(i)))).isZero();
    }

    @Test
    void get_byTextWithAPrebuiltQuery_allocatesNothing() {
        assertThat(lookups(byName, queries(i -> Item.NAME.query("item-" + i)))).isZero();
    }

    @Test
    void get_ofARowThatDoesNotExist_allocatesNothing() {
        Query<Item>[] queries = queries(i -> Item.ID.query(ROWS + i));
        ReadTxn txn = byId.db().readTxn();

        assertThat(AllocatedBytes.of(() -> {
                    for (Query<Item> query : queries) {
                        sink = byId.table().get(txn, query);
                    }
                }))
                .isZero();
        assertThat(sink).isNull();
    }

    @Test
    void all_allocatesNothingForARow() {
        assertThat(iteration(byId.table().all(byId.db().readTxn()))).isLessThan(ITERATION);
        assertThat(iteration(byName.table().all(byName.db().readTxn()))).isLessThan(ITERATION);
    }

    @Test
    void list_ofARange_allocatesNothingForARow() {
        assertThat(iteration(byId.table().list(byId.db().readTxn(), Item.ID.lowerBound(0))))
                .isLessThan(ITERATION);
        assertThat(iteration(byName.table().list(byName.db().readTxn(), Item.NAME.lowerBound(""))))
                .isLessThan(ITERATION);
    }

    @Test
    void list_ofOneTag_allocatesNothingForARow() {
        assertThat(iteration(tagged.table().list(tagged.db().readTxn(), Item.TAG.query("all"))))
                .isLessThan(ITERATION);
    }

    @Test
    void list_byRevision_allocatesNothingForARow() {
        assertThat(iteration(byId.table().byRevision(byId.db().readTxn(), 1))).isLessThan(ITERATION);
    }

    private long lookups(Filled filled, Query<Item>[] queries) {
        ReadTxn txn = filled.db().readTxn();
        long bytes = AllocatedBytes.of(() -> {
            for (Query<Item> query : queries) {
                sink = filled.table().get(txn, query);
            }
        });
        assertThat(sink).as("the last row").isNotNull();
        return bytes;
    }

    private long iteration(Rows<Item> rows) {
        long bytes = AllocatedBytes.of(() -> {
            sum = 0;
            for (Row<Item> row : rows) {
                sum += row.revision();
            }
        });
        assertThat(sum).as("all revisions").isEqualTo(ROWS * (ROWS + 1L) / 2);
        return bytes;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Query<Item>[] queries(IntFunction<Query<Item>> query) {
        return IntStream.range(0, ROWS).mapToObj(query).toArray(Query[]::new);
    }

    private static Item[] withTags() {
        Set<String> tags = Set.of("all");
        return IntStream.range(0, ROWS).mapToObj(i -> new Item(i, tags)).toArray(Item[]::new);
    }
}
