package dev.homeostat.host.control;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Keys of an index whose text begins so, in bounded work however many rows there are.
 *
 * <p>Keys of text are a prefix query. The whole numbers that begin with the digits {@code 12} are 12, 120 to 129, 1200 to 1299 and so on: a query of a range each. Of any other type, whose order is not that of
 * its text, the first rows of the table are looked at, and a key beyond them is not found.
 */
final class KeyNames<T> {
    private static final int MOST_ROWS = 2_000;
    private static final int MOST_DIGITS = 20;

    private final Table<T> table;
    private final List<? extends Reconciler<?>> reconcilers;

    KeyNames(Table<T> table, List<? extends Reconciler<?>> reconcilers) {
        this.table = table;
        this.reconcilers = reconcilers;
    }

    /** At most that many, sorted as the index has them where it can. */
    <K> List<String> of(ReadTxn txn, Index<T, K> index, String begun, int most) {
        Stream<String> found = index.keyType().equals(Keys.STRING)
                ? texts(table.list(txn, index.prefixKey(Keys.STRING.encode(begun))).stream(), index, begun)
                : begun.matches("-?[0-9]{1," + MOST_DIGITS + "}")
                        ? Stream.concat(numbers(txn, index, begun), some(txn, index, begun))
                        : some(txn, index, begun);
        Stream<String> deletes = index.equals(table.spec().primary()) ? undoneDeletes(begun) : Stream.empty();
        return Stream.concat(found, deletes).distinct().limit(most).toList();
    }

    private <K> Stream<String> some(ReadTxn txn, Index<T, K> index, String begun) {
        return texts(table.all(txn).stream(), index, begun);
    }

    private <K> Stream<String> numbers(ReadTxn txn, Index<T, K> index, String begun) {
        List<Query<T>> ranges = new ArrayList<>();
        String lowest = begun;
        for (int i = 0; i < MOST_DIGITS; i++) {
            try {
                ranges.add(index.lowerBound(index.keyType().parse(lowest)));
            } catch (IllegalArgumentException e) { // beyond what the type has, or no number to it
                break;
            }
            lowest += begun.startsWith("-") ? "9" : "0";
        }
        return ranges.stream()
                .flatMap(range -> table.list(txn, range).stream()
                        .limit(MOST_ROWS)
                        .takeWhile(row ->
                                texts(Stream.of(row), index, begun).findAny().isPresent()))
                .flatMap(row -> texts(Stream.of(row), index, begun));
    }

    private <K> Stream<String> texts(Stream<Row<T>> rows, Index<T, K> index, String begun) {
        return rows.limit(MOST_ROWS)
                .flatMap(row -> StreamSupport.stream(index.keys(row.value()).spliterator(), false))
                .filter(Objects::nonNull)
                .map(key -> index.keyType().format(key))
                .filter(text -> text.startsWith(begun));
    }

    private Stream<String> undoneDeletes(String begun) {
        return reconcilers.stream()
                .flatMap(reconciler -> reconciler.undoneDeletes().stream())
                .limit(MOST_ROWS)
                .map((Key key) -> table.spec().formatKey(key))
                .filter(text -> text.startsWith(begun));
    }
}
