package dev.homeostat.api.collection;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/** The half of {@link Set} that a set which never changes does not have: each method says what to call instead. */
interface FixedSet<E> extends Set<E> {
    /**
     * Not supported: {@code with(element)} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean add(E element) {
        throw unchanging("add", "with(element)");
    }

    /**
     * Not supported: {@code union(elements)} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean addAll(Collection<? extends E> elements) {
        throw unchanging("addAll", "union(elements)");
    }

    /**
     * Not supported: {@code without(element)} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean remove(Object element) {
        throw unchanging("remove", "without(element)");
    }

    /**
     * Not supported: {@code difference(elements)} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean removeAll(Collection<?> elements) {
        throw unchanging("removeAll", "difference(elements)");
    }

    /**
     * Not supported: {@code intersection(elements)} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean retainAll(Collection<?> elements) {
        throw unchanging("retainAll", "intersection(elements)");
    }

    /**
     * Not supported: {@code PersistentSet.collector()} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean removeIf(Predicate<? super E> condition) {
        throw unchanging("removeIf", "PersistentSet.collector()");
    }

    /**
     * Not supported: {@code PersistentSet.of()} gives a new set.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default void clear() {
        throw unchanging("clear", "PersistentSet.of()");
    }

    private static UnsupportedOperationException unchanging(String method, String instead) {
        return new UnsupportedOperationException(
                method + ": a PersistentSet never changes; " + instead + " gives a new one");
    }
}
