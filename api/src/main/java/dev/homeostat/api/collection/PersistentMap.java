package dev.homeostat.api.collection;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes, in the natural order of its keys, for use inside rows.
 *
 * <pre>{@code
 * record Service(String name, PersistentMap<String, Integer> ports) {
 *     Service withPort(String port, int number) {
 *         return new Service(name, ports.with(port, number));
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #with}, {@link #without} and {@link #withMerged} take O(log n) steps and make O(log n) small objects; the new map shares all the rest with the old
 * one, which stays as it was. Each gives {@code this} where nothing changes. Two versions of a map are compared by {@link #equals} in the time that their
 * difference takes, not their size.
 *
 * <p>It is read as any {@link Map}, and equals every map with the same entries. The methods by which a map is changed throw
 * {@link UnsupportedOperationException}. There are no null keys or values: giving one, and asking for one, throws {@link NullPointerException}. Keys are told
 * apart by {@code compareTo}, which must agree with {@code equals} (as it does for strings, numbers but {@link java.math.BigDecimal}, enums, paths, instants,
 * UUIDs); asking for a key of a type that cannot be compared with them throws {@link ClassCastException}. Iteration, and with it {@link #toString}, is always in
 * ascending order. An entry that iteration gives keeps the map's other entries in memory: keep its key and its value instead.
 *
 * <p>Immutable and safe for all threads, however it is passed on, as far as keys and values are. The algorithms and their sources are told in {@code Node}.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class PersistentMap<K extends Comparable<? super K>, V> implements FixedMap<K, V> {
    @SuppressWarnings({"rawtypes", "unchecked"}) // holds nothing
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap(null);

    private final @Nullable Node<K, V> root;

    private PersistentMap(@Nullable Node<K, V> root) {
        this.root = root;
    }

    /** The empty map. */
    @SuppressWarnings("unchecked") // holds nothing
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> of() {
        return (PersistentMap<K, V>) EMPTY;
    }

    /** A map of one entry. */
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> of(K key, V value) {
        return PersistentMap.<K, V>of().with(key, value);
    }

    /**
     * A map of two entries.
     *
     * @throws IllegalArgumentException if a key is given twice
     */
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> of(K key1, V value1, K key2, V value2) {
        return of(key1, value1).added(key2, value2);
    }

    /**
     * A map of three entries.
     *
     * @throws IllegalArgumentException if a key is given twice
     */
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> of(
            K key1, V value1, K key2, V value2, K key3, V value3) {
        return of(key1, value1).added(key2, value2).added(key3, value3);
    }

    /**
     * A map of these entries.
     *
     * @throws IllegalArgumentException if a key is given twice
     */
    @SafeVarargs
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> ofEntries(
            Map.Entry<? extends K, ? extends V>... entries) {
        Sorting<K, V> sorting = new Sorting<>(Sorting.refusing());
        for (Map.Entry<? extends K, ? extends V> entry : entries) {
            add(sorting, requireNonNull(entry, "entry").getKey(), entry.getValue());
        }
        return rooted(sorting.tree());
    }

    /** The entries of a map; the map itself if it is a persistent one. */
    @SuppressWarnings("unchecked") // what never changes may be seen as holding something more general
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> copyOf(
            Map<? extends K, ? extends V> entries) {
        if (entries instanceof PersistentMap<?, ?> same) {
            return (PersistentMap<K, V>) same;
        }
        Sorting<K, V> sorting = new Sorting<>((key, earlier, later) -> later);
        entries.forEach((key, value) -> add(sorting, key, value));
        return rooted(sorting.tree());
    }

    /**
     * Collects the elements of a stream into a map.
     *
     * @return a collector that throws {@link IllegalStateException} where two elements have the same key
     */
    public static <T, K extends Comparable<? super K>, V> Collector<T, ?, PersistentMap<K, V>> collector(
            Function<? super T, ? extends K> key, Function<? super T, ? extends V> value) {
        return collecting(key, value, (same, earlier, later) -> {
            throw new IllegalStateException(
                    same + " is the key of both " + earlier + " and " + later + ": give a function that merges them");
        });
    }

    /** Collects the elements of a stream into a map, making one value of those of equal keys. */
    public static <T, K extends Comparable<? super K>, V> Collector<T, ?, PersistentMap<K, V>> collector(
            Function<? super T, ? extends K> key, Function<? super T, ? extends V> value, BinaryOperator<V> merge) {
        requireNonNull(merge, "merge");
        return collecting(
                key, value, (same, earlier, later) -> requireNonNull(merge.apply(earlier, later), "merged value"));
    }

    private static <T, K extends Comparable<? super K>, V> Collector<T, ?, PersistentMap<K, V>> collecting(
            Function<? super T, ? extends K> key,
            Function<? super T, ? extends V> value,
            Sorting.Clash<Object, V> clash) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        return Collector.of(
                () -> new Sorting<K, V>(clash),
                (sorting, element) -> add(sorting, key.apply(element), value.apply(element)),
                (earlier, later) -> {
                    earlier.addAll(later);
                    return earlier;
                },
                sorting -> rooted(sorting.tree()));
    }

    private static <K extends Comparable<? super K>, V> void add(Sorting<K, V> sorting, K key, V value) {
        sorting.add(requireNonNull(key, "key"), requireNonNull(value, "value"));
    }

    private static <K extends Comparable<? super K>, V> PersistentMap<K, V> rooted(@Nullable Node<K, V> root) {
        return root == null ? of() : new PersistentMap<>(root);
    }

    @SuppressWarnings("ReferenceEquality") // the same tree, not one with an equal entry
    private PersistentMap<K, V> changed(@Nullable Node<K, V> now) {
        return now == root ? this : rooted(now);
    }

    private PersistentMap<K, V> added(K key, V value) {
        if (containsKey(key)) {
            throw new IllegalArgumentException(key + " is given twice");
        }
        return with(key, value);
    }

    /** This map with that value for that key; {@code this} if it has an equal one. */
    public PersistentMap<K, V> with(K key, V value) {
        return changed(Node.with(root, requireNonNull(key, "key"), requireNonNull(value, "value")));
    }

    /**
     * This map with a value made of the key's own and the given one, or with the given one where the key has none: {@code counts.withMerged(word, 1,
     * Integer::sum)}.
     */
    public PersistentMap<K, V> withMerged(K key, V value, BinaryOperator<V> merge) {
        requireNonNull(value, "value");
        requireNonNull(merge, "merge");
        V own = get(requireNonNull(key, "key"));
        return with(key, own == null ? value : requireNonNull(merge.apply(own, value), "merged value"));
    }

    /** This map with all those entries, which win over its own. Quick where that is a persistent map that shares much with this one. */
    public PersistentMap<K, V> withAll(Map<? extends K, ? extends V> entries) {
        return withAll(entries, Merge.second());
    }

    /** This map with all those entries; where both have a key, with what the function makes of this map's value and the other one. */
    public PersistentMap<K, V> withAll(Map<? extends K, ? extends V> entries, BinaryOperator<V> merge) {
        requireNonNull(merge, "merge");
        return changed(Merge.union(root, PersistentMap.<K, V>copyOf(entries).root, merge));
    }

    /** This map without that key; {@code this} if it does not have it. */
    public PersistentMap<K, V> without(K key) {
        return changed(Node.without(root, requireNonNull(key, "key")));
    }

    /** This map without all those keys. Quick where they are the keys of a persistent map that shares much with this one. */
    public PersistentMap<K, V> withoutAll(Collection<? extends K> keys) {
        return changed(Merge.difference(root, PersistentSet.<K>copyOf(keys).root()));
    }

    /** The entries whose keys are at least that one; shares them with this map. Takes O(log n) steps. */
    public PersistentMap<K, V> from(K lowest) {
        return changed(Split.from(root, requireNonNull(lowest, "lowest")));
    }

    /** The entries whose keys are below that one; shares them with this map. Takes O(log n) steps. */
    public PersistentMap<K, V> before(K bound) {
        return changed(Split.before(root, requireNonNull(bound, "bound")));
    }

    /** The entries whose keys are at least {@code lowest} and below {@code bound}; shares them with this map. Takes O(log n) steps. */
    public PersistentMap<K, V> range(K lowest, K bound) {
        return before(bound).from(lowest);
    }

    /**
     * The smallest key.
     *
     * @throws NoSuchElementException if the map is empty
     */
    public K firstKey() {
        return Node.first(any()).key;
    }

    /**
     * The greatest key.
     *
     * @throws NoSuchElementException if the map is empty
     */
    public K lastKey() {
        return Node.last(any()).key;
    }

    private Node<K, V> any() {
        if (root == null) {
            throw new NoSuchElementException("the map is empty");
        }
        return root;
    }

    @Nullable
    Node<K, V> root() {
        return root;
    }

    <T> Iterator<T> walk(Function<? super Node<K, V>, ? extends T> view) {
        return new Walk<>(root, view);
    }

    @Override
    public int size() {
        return Node.size(root);
    }

    @Override
    public boolean isEmpty() {
        return root == null;
    }

    @Override
    public @Nullable V get(Object key) {
        Node<K, V> node = find(key);
        return node == null ? null : node.value;
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) != null;
    }

    @SuppressWarnings("unchecked") // a key of another type is refused by compareTo, as the class says
    private @Nullable Node<K, V> find(Object key) {
        return Node.find(root, (K) requireNonNull(key, "key"));
    }

    @Override
    public boolean containsValue(Object value) {
        return values().contains(requireNonNull(value, "value"));
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        requireNonNull(action, "action");
        Cursor<K, V> cursor = new Cursor<>(root);
        for (Node<K, V> node = cursor.next(); node != null; node = cursor.next()) {
            action.accept(node.key, node.value);
        }
    }

    /** {@inheritDoc} Takes no time: it is the map's own tree, seen as a set, and keeps the values in memory too. */
    @Override
    public PersistentSet<K> keySet() {
        return PersistentSet.keys(this);
    }

    @Override
    public Collection<V> values() {
        return new Values<>(this);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries<>(this);
    }

    /** {@inheritDoc} Looks only at what the two do not share, where both are persistent maps. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof PersistentMap<?, ?> map && Cursor.equal(root, map.root, true))
                || (other instanceof Map<?, ?> map
                        && !(other instanceof PersistentMap)
                        && map.size() == size()
                        && hasAllOf(map));
    }

    private boolean hasAllOf(Map<?, ?> other) {
        try {
            return entrySet().stream().allMatch(entry -> entry.getValue().equals(other.get(entry.getKey())));
        } catch (ClassCastException e) {
            return false; // its keys are of another type
        }
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<K, V> entry : entrySet()) {
            hash += entry.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((key, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(key)
                .append('=')
                .append(value));
        return text.append('}').toString();
    }
}
