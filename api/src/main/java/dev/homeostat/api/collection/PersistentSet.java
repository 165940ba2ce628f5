package dev.homeostat.api.collection;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A set that never changes, in the natural order of its elements, for use inside rows.
 *
 * <pre>{@code
 * record Service(String name, PersistentSet<String> tags) {
 *     static final Index<Service, String> TAG = Index.multi("tag", Keys.STRING, Service::tags);
 *
 *     Service tagged(String tag) {
 *         return new Service(name, tags.with(tag));
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #with} and {@link #without} take O(log n) steps and make O(log n) small objects; the new set shares all the rest with the old one, which stays as
 * it was. {@link #union}, {@link #intersection} and {@link #difference} of a large and a small persistent set take little more than the small one's size. Each
 * gives {@code this} where nothing changes. Two versions of a set are compared by {@link #equals} in the time that their difference takes, not their size.
 *
 * <p>It is read as any {@link Set}, and equals every set with the same elements. The methods by which a set is changed throw
 * {@link UnsupportedOperationException}. There is no null in it: giving one, and asking for one, throws {@link NullPointerException}. Elements are told apart by
 * {@code compareTo}, which must agree with {@code equals}; asking for one of a type that cannot be compared with them throws {@link ClassCastException}.
 * Iteration, and with it {@link #toString}, is always in ascending order.
 *
 * <p>Immutable and safe for all threads, however it is passed on, as far as its elements are. The algorithms and their sources are told in {@code Node}.
 *
 * @param <E> the elements
 */
public final class PersistentSet<E extends Comparable<? super E>> implements FixedSet<E> {
    @SuppressWarnings({"rawtypes", "unchecked"}) // holds nothing
    private static final PersistentSet<?> EMPTY = new PersistentSet(null);

    /** The elements are the keys. The values are never looked at: the element again, or whatever is in the map that the keys are of. */
    private final @Nullable Node<E, Object> root;

    private PersistentSet(@Nullable Node<E, Object> root) {
        this.root = root;
    }

    /** The empty set. */
    @SuppressWarnings("unchecked") // holds nothing
    public static <E extends Comparable<? super E>> PersistentSet<E> of() {
        return (PersistentSet<E>) EMPTY;
    }

    /**
     * A set of these elements.
     *
     * @throws IllegalArgumentException if one is given twice
     */
    @SafeVarargs
    public static <E extends Comparable<? super E>> PersistentSet<E> of(E... elements) {
        Sorting<E, Object> sorting = new Sorting<>(Sorting.refusing());
        for (E element : elements) {
            add(sorting, element);
        }
        return rooted(sorting.tree());
    }

    /** The elements of a collection, repeated ones once; the collection itself if it is a persistent set. */
    @SuppressWarnings("unchecked") // what never changes may be seen as holding something more general
    public static <E extends Comparable<? super E>> PersistentSet<E> copyOf(Collection<? extends E> elements) {
        if (elements instanceof PersistentSet<?> same) {
            return (PersistentSet<E>) same;
        }
        Sorting<E, Object> sorting = once();
        elements.forEach(element -> add(sorting, element));
        return rooted(sorting.tree());
    }

    /** Collects the elements of a stream, repeated ones once. */
    public static <E extends Comparable<? super E>> Collector<E, ?, PersistentSet<E>> collector() {
        return Collector.of(
                PersistentSet::<E>once,
                PersistentSet::add,
                (earlier, later) -> {
                    earlier.addAll(later);
                    return earlier;
                },
                sorting -> rooted(sorting.tree()),
                Collector.Characteristics.UNORDERED);
    }

    private static <E extends Comparable<? super E>> Sorting<E, Object> once() {
        return new Sorting<>((element, earlier, later) -> earlier);
    }

    private static <E extends Comparable<? super E>> void add(Sorting<E, Object> sorting, E element) {
        sorting.add(requireNonNull(element, "element"), element);
    }

    /** The keys of a map, which is the same tree. */
    @SuppressWarnings("unchecked") // values are not looked at
    static <K extends Comparable<? super K>> PersistentSet<K> keys(PersistentMap<K, ?> map) {
        return rooted((Node<K, Object>) map.root());
    }

    private static <E extends Comparable<? super E>> PersistentSet<E> rooted(@Nullable Node<E, Object> root) {
        return root == null ? of() : new PersistentSet<>(root);
    }

    @SuppressWarnings("ReferenceEquality") // the same tree, not one with an equal entry
    private PersistentSet<E> changed(@Nullable Node<E, Object> now) {
        return now == root ? this : rooted(now);
    }

    /** This set with that element; {@code this} if it has it. */
    public PersistentSet<E> with(E element) {
        return contains(requireNonNull(element, "element")) ? this : rooted(Node.with(root, element, element));
    }

    /** This set without that element; {@code this} if it does not have it. */
    public PersistentSet<E> without(E element) {
        return changed(Node.without(root, requireNonNull(element, "element")));
    }

    /** What is in this set, or in the other, or in both. */
    public PersistentSet<E> union(Collection<? extends E> other) {
        return changed(Merge.union(root, PersistentSet.<E>copyOf(other).root, Merge.first()));
    }

    /** What is in both this set and the other. */
    public PersistentSet<E> intersection(Collection<? extends E> other) {
        return changed(Merge.intersection(root, PersistentSet.<E>copyOf(other).root));
    }

    /** What is in this set and not in the other. */
    public PersistentSet<E> difference(Collection<? extends E> other) {
        return changed(Merge.difference(root, PersistentSet.<E>copyOf(other).root));
    }

    /** The elements that are at least that one; shares them with this set. Takes O(log n) steps. */
    public PersistentSet<E> from(E lowest) {
        return changed(Split.from(root, requireNonNull(lowest, "lowest")));
    }

    /** The elements below that one; shares them with this set. Takes O(log n) steps. */
    public PersistentSet<E> before(E bound) {
        return changed(Split.before(root, requireNonNull(bound, "bound")));
    }

    /** The elements that are at least {@code lowest} and below {@code bound}; shares them with this set. Takes O(log n) steps. */
    public PersistentSet<E> range(E lowest, E bound) {
        return before(bound).from(lowest);
    }

    /**
     * The smallest element.
     *
     * @throws NoSuchElementException if the set is empty
     */
    public E first() {
        return Node.first(any()).key;
    }

    /**
     * The greatest element.
     *
     * @throws NoSuchElementException if the set is empty
     */
    public E last() {
        return Node.last(any()).key;
    }

    private Node<E, Object> any() {
        if (root == null) {
            throw new NoSuchElementException("the set is empty");
        }
        return root;
    }

    @Nullable
    Node<E, Object> root() {
        return root;
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
    @SuppressWarnings("unchecked") // an element of another type is refused by compareTo, as the class says
    public boolean contains(Object element) {
        return Node.find(root, (E) requireNonNull(element, "element")) != null;
    }

    @Override
    public boolean containsAll(Collection<?> elements) {
        return elements.stream().allMatch(this::contains);
    }

    @Override
    public Iterator<E> iterator() {
        return new Walk<>(root, Node::getKey);
    }

    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliterator(
                iterator(),
                size(),
                Spliterator.DISTINCT
                        | Spliterator.SORTED
                        | Spliterator.ORDERED
                        | Spliterator.IMMUTABLE
                        | Spliterator.NONNULL);
    }

    @Override
    public Object[] toArray() {
        return stream().toArray();
    }

    @Override
    public <T extends @Nullable Object> T[] toArray(T[] target) {
        return stream().toList().toArray(target);
    }

    /** {@inheritDoc} Looks only at what the two do not share, where both are persistent sets. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (other instanceof PersistentSet<?> set) {
            return Cursor.equal(root, set.root, false);
        }
        return other instanceof Set<?> set && set.size() == size() && isIn(set);
    }

    private boolean isIn(Set<?> other) {
        try {
            return other.containsAll(this);
        } catch (ClassCastException e) {
            return false; // its elements are of another type
        }
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (E element : this) {
            hash += element.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        forEach(element -> text.append(text.length() > 1 ? ", " : "").append(element));
        return text.append(']').toString();
    }
}
