package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a table should be: rows by primary key in a {@link TreeMap}, and nothing clever. */
final class ModelTable {
    record Version(Item item, long revision) {}

    private final Function<Item, Key> primary;
    private final Map<Key, Version> rows;
    private long revision;

    ModelTable(Function<Item, Key> primary) {
        this(primary, new TreeMap<>(), 0);
    }

    private ModelTable(Function<Item, Key> primary, Map<Key, Version> rows, long revision) {
        this.primary = primary;
        this.rows = rows;
        this.revision = revision;
    }

    ModelTable copy() {
        return new ModelTable(primary, new TreeMap<>(rows), revision);
    }

    long revision() {
        return revision;
    }

    Map<Key, Version> rows() {
        return rows;
    }

    Key primaryKey(Item item) {
        return primary.apply(item);
    }

    @Nullable
    Version find(Item item) {
        return rows.get(primaryKey(item));
    }

    boolean violates(Item item) {
        Key alias = item.alias();
        return alias != null
                && rows.values().stream()
                        .map(Version::item)
                        .anyMatch(other -> Objects.equals(other.alias(), alias)
                                && !primaryKey(other).equals(primaryKey(item)));
    }

    void put(Item item) {
        rows.put(primaryKey(item), new Version(item, ++revision));
    }

    void remove(Item item) {
        rows.remove(primaryKey(item));
        revision++;
    }

    void clear() {
        revision += rows.size();
        rows.clear();
    }

    List<Version> byRevision(long from) {
        return rows.values().stream()
                .filter(version -> version.revision() >= from)
                .sorted(Comparator.comparingLong(Version::revision))
                .toList();
    }

    /** The rows that match, in (key, primary key) order, each once at its smallest key. */
    List<Version> list(Query<Item> query) {
        TreeMap<Key, List<Version>> hits = new TreeMap<>();
        for (Version version : rows.values()) {
            keys(query, version.item()).stream()
                    .filter(key -> matches(query, key))
                    .min(Comparator.naturalOrder())
                    .ifPresent(key ->
                            hits.computeIfAbsent(key, k -> new ArrayList<>()).add(version));
        }
        return hits.values().stream().flatMap(List::stream).toList();
    }

    private static List<Key> keys(Query<Item> query, Item item) {
        List<Key> keys = new ArrayList<>();
        collect(query.index(), item, keys);
        return keys;
    }

    private static <K> void collect(Index<Item, K> index, Item item, List<Key> to) {
        for (K key : index.keys(item)) {
            to.add(index.keyType().encode(key));
        }
    }

    private static boolean matches(Query<Item> query, Key key) {
        if (query.isLong()) {
            long number = Keys.LONG.decode(key);
            return number >= query.longFrom() && number <= query.longTo();
        }
        Key from = Objects.requireNonNull(query.from());
        return switch (query.kind()) {
            case EXACT -> key.equals(from);
            case PREFIX ->
                key.length() >= from.length()
                        && Key.of(Arrays.copyOf(key.bytes(), from.length())).equals(from);
            case LONGEST -> throw new AssertionError(query.index() + " has no prefixes");
            case RANGE -> key.compareTo(from) >= 0 && (query.to() == null || key.compareTo(query.to()) < 0);
        };
    }
}
