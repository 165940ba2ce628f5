package dev.homeostat.host.fake;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.PrefixKey;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.db.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table without versions: every snapshot sees the newest rows. Queries try every row. */
public final class FakeTable<T> implements Table<T> {
    private final TableSpec<T> spec;
    private final ConcurrentSkipListMap<Key, Row<T>> rows = new ConcurrentSkipListMap<>();
    private final List<Change.Delete<T>> graves = new ArrayList<>();
    private final Set<String> pending = new TreeSet<>();
    private long revision;

    public FakeTable(TableSpec<T> spec, String... pendingInitializers) {
        this.spec = spec;
        pending.addAll(Arrays.asList(pendingInitializers));
    }

    public FakeTable<T> with(T value) {
        Key key = keys(spec.primary(), value).iterator().next();
        rows.put(key, new FakeRow<>(value, ++revision, key));
        return this;
    }

    public void delete(Key key) {
        Row<T> row = requireNonNull(rows.remove(key));
        graves.add(new Change.Delete<>(row, ++revision));
    }

    public @Nullable Row<T> row(Key key) {
        return rows.get(key);
    }

    private static <T, K> Collection<Key> keys(Index<T, K> index, T value) {
        Set<Key> keys = new TreeSet<>();
        index.keys(value).forEach(key -> keys.add(index.keyType().encode(key)));
        return keys;
    }

    private Predicate<T> matching(Query<T> query) {
        if (query.index() instanceof PrefixIndex<T, ?> prefixes) {
            return matching(query, prefixes);
        }
        return value -> matches(query, value);
    }

    private <K> Predicate<T> matching(Query<T> query, PrefixIndex<T, K> index) {
        PrefixKey<K> type = index.keyType();
        Key from = requireNonNull(query.from());
        return switch (query.kind()) {
            case EXACT, RANGE -> value -> matches(query, value);
            case PREFIX ->
                value ->
                        keys(index, value).stream().anyMatch(key -> type.contains(type.decode(from), type.decode(key)));
            case LONGEST -> {
                Key longest = rows.values().stream()
                        .flatMap(row -> keys(index, row.value()).stream())
                        .filter(key -> type.contains(type.decode(key), type.decode(from)))
                        .max(Comparator.naturalOrder())
                        .orElse(null);
                yield value -> longest != null && keys(index, value).contains(longest);
            }
        };
    }

    private static <T> boolean matches(Query<T> query, T value) {
        Collection<Key> keys = keys(query.index(), value);
        if (query.isLong()) {
            return keys.stream()
                    .map(Keys.LONG::decode)
                    .anyMatch(number -> query.longFrom() <= number && number <= query.longTo());
        }
        Key from = requireNonNull(query.from());
        Key to = query.to();
        return keys.stream().anyMatch(key -> switch (query.kind()) {
            case EXACT -> key.equals(from);
            case LONGEST -> throw new IllegalArgumentException(query.index() + " has no prefixes");
            case PREFIX ->
                Arrays.equals(key.bytes(), 0, Math.min(key.length(), from.length()), from.bytes(), 0, from.length());
            case RANGE -> key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
        });
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public TableSpec<T> spec() {
        return spec;
    }

    @Override
    public @Nullable Row<T> get(ReadTxn txn, Query<T> query) {
        return list(txn, query).first();
    }

    @Override
    public Rows<T> list(ReadTxn txn, Query<T> query) {
        Predicate<T> matching = matching(query);
        return new FakeRows<>(
                rows.values().stream().filter(row -> matching.test(row.value())).toList());
    }

    @Override
    public Rows<T> all(ReadTxn txn) {
        return new FakeRows<>(rows.values());
    }

    @Override
    public Rows<T> byRevision(ReadTxn txn, long fromRevision) {
        TreeMap<Long, Row<T>> sorted = new TreeMap<>();
        rows.values().forEach(row -> sorted.put(row.revision(), row));
        return new FakeRows<>(sorted.tailMap(fromRevision).values());
    }

    @Override
    public Watch watch(ReadTxn txn, Query<T> query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long revision(ReadTxn txn) {
        return revision;
    }

    @Override
    public long count(ReadTxn txn) {
        return rows.size();
    }

    @Override
    public ChangeIterator<T> changes() {
        List<Change<T>> all = new ArrayList<>(graves);
        rows.values().forEach(row -> all.add(new Change.Update<>(row)));
        all.sort(Comparator.comparingLong(Change::revision));
        return new FakeChanges<>(all.iterator(), revision);
    }

    @Override
    public boolean initialized(ReadTxn txn) {
        return pending.isEmpty();
    }

    @Override
    public Set<String> pendingInitializers(ReadTxn txn) {
        return pending;
    }

    @Override
    public Watch initializedWatch(ReadTxn txn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TableStats stats() {
        return new TableStats(rows.size(), revision, 0, revision, 1);
    }

    /** What there is now, once; nothing follows. */
    private record FakeChanges<T>(Iterator<Change<T>> all, long revision) implements ChangeIterator<T>, Changes<T> {
        @Override
        public Changes<T> next(ReadTxn txn) {
            return this;
        }

        @Override
        public Iterator<Change<T>> iterator() {
            return all;
        }

        @Override
        public long deletesAhead(ReadTxn txn) {
            return 0;
        }

        @Override
        public Watch watch() {
            return NEVER;
        }

        @Override
        public void close() {}
    }

    private static final Watch NEVER = new Watch() {
        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public void await() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean await(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration onClose(Runnable listener) {
            return () -> {};
        }

        @Override
        public CompletionStage<Void> closed() {
            throw new UnsupportedOperationException();
        }
    };

    private record FakeRow<T>(T value, long revision, Key key) implements Row<T> {}

    private record FakeRows<T>(Collection<Row<T>> rows) implements Rows<T> {
        @Override
        public Iterator<Row<T>> iterator() {
            return rows.iterator();
        }

        @Override
        public long count() {
            return rows.size();
        }

        @Override
        public Watch watch() {
            throw new UnsupportedOperationException();
        }
    }
}
