package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a table should be: rows by primary key in a {@link TreeMap}, and nothing clever. A copy that was given away is not changed any more. */
final class ModelTable {
    record Version(Item item, long revision) {}

    /** A change that somebody who follows should see; the item of a delete is the last one that was stored. */
    record Seen(boolean delete, Key key, long revision) {}

    private final Shape shape;
    private final Map<Key, Version> rows;
    /** The keys without a row, and the revisions at which they lost it. */
    private final Map<Key, Long> deletes;

    private final SortedSet<String> pending;
    private final Set<String> known;
    private long revision;
    private int conditionsVersion;

    ModelTable(Shape shape, long revision, Collection<String> initializers) {
        this(shape, new TreeMap<>(), new TreeMap<>(), new TreeSet<>(initializers), new TreeSet<>(initializers));
        this.revision = revision;
    }

    private ModelTable(
            Shape shape, Map<Key, Version> rows, Map<Key, Long> deletes, SortedSet<String> pending, Set<String> known) {
        this.shape = shape;
        this.rows = rows;
        this.deletes = deletes;
        this.pending = pending;
        this.known = known;
    }

    ModelTable copy() {
        ModelTable copy = new ModelTable(
                shape, new TreeMap<>(rows), new TreeMap<>(deletes), new TreeSet<>(pending), new TreeSet<>(known));
        copy.revision = revision;
        copy.conditionsVersion = conditionsVersion;
        return copy;
    }

    Shape shape() {
        return shape;
    }

    long revision() {
        return revision;
    }

    Collection<Version> rows() {
        return rows.values();
    }

    Map<Key, Version> byKey() {
        return rows;
    }

    SortedSet<String> pending() {
        return pending;
    }

    boolean knows(String initializer) {
        return known.contains(initializer);
    }

    /** Goes up with every change to the initializers. */
    int conditionsVersion() {
        return conditionsVersion;
    }

    Key primaryKey(Item item) {
        return keys(shape.primary(), item).getFirst();
    }

    @Nullable
    Version find(Item item) {
        return rows.get(primaryKey(item));
    }

    /** Whether another row has one of the item's unique keys. */
    boolean violates(Item item) {
        Key own = primaryKey(item);
        for (Index<Item, ?> index : shape.indexes().subList(1, shape.indexes().size())) {
            if (index.isUnique()) {
                List<Key> keys = keys(index, item);
                for (Map.Entry<Key, Version> other : rows.entrySet()) {
                    if (!other.getKey().equals(own)
                            && keys(index, other.getValue().item()).stream().anyMatch(keys::contains)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    void put(Item item) {
        Key key = primaryKey(item);
        rows.put(key, new Version(item, ++revision));
        deletes.remove(key);
    }

    void remove(Item item) {
        Key key = primaryKey(item);
        rows.remove(key);
        deletes.put(key, ++revision);
    }

    void clear() {
        for (Version version : List.copyOf(rows.values())) {
            remove(version.item());
        }
    }

    void addInitializer(String name) {
        known.add(name);
        pending.add(name);
        conditionsVersion++;
    }

    void complete(String name) {
        if (pending.remove(name)) {
            conditionsVersion++;
        }
    }

    List<Version> byRevision(long from) {
        return rows.values().stream()
                .filter(version -> version.revision() >= from)
                .sorted(Comparator.comparingLong(Version::revision))
                .toList();
    }

    /** What an iterator that consumed up to a position, and was opened at a start, has not seen. */
    List<Seen> changes(long position, long start) {
        List<Seen> changes = new ArrayList<>();
        rows.forEach((key, version) -> {
            if (version.revision() > position) {
                changes.add(new Seen(false, key, version.revision()));
            }
        });
        deletes.forEach((key, deleted) -> {
            if (deleted > Math.max(position, start)) {
                changes.add(new Seen(true, key, deleted));
            }
        });
        changes.sort(Comparator.comparingLong(Seen::revision));
        return changes;
    }

    /** The number of deletes above a revision: what a graveyard must still hold. */
    long deletesAbove(long watermark) {
        return deletes.values().stream().filter(deleted -> deleted > watermark).count();
    }

    /** The rows that match, in (key, primary key) order, each once at its smallest key. */
    List<Version> list(Query<Item> query) {
        TreeMap<Key, List<Version>> hits = new TreeMap<>();
        for (Version version : rows.values()) {
            for (Key key : keys(query.index(), version.item())) {
                if (matches(query, key)) {
                    hits.computeIfAbsent(key, k -> new ArrayList<>()).add(version);
                    break;
                }
            }
        }
        return hits.values().stream().flatMap(List::stream).toList();
    }

    /** The keys of an item, in order. */
    static <K> List<Key> keys(Index<Item, K> index, Item item) {
        List<Key> keys = new ArrayList<>(2);
        for (K key : index.keys(item)) {
            keys.add(index.keyType().encode(key));
        }
        if (keys.size() > 1) {
            keys.sort(null);
        }
        return keys;
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
                        && Arrays.equals(key.bytes(), 0, from.length(), from.bytes(), 0, from.length());
            case LONGEST -> throw new AssertionError(query.index() + " has no prefixes");
            case RANGE -> key.compareTo(from) >= 0 && (query.to() == null || key.compareTo(query.to()) < 0);
        };
    }
}
