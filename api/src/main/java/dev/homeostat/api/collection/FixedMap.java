package dev.homeostat.api.collection;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The half of {@link Map} that a map which never changes does not have: each method says what to call instead. */
interface FixedMap<K, V> extends Map<K, V> {
    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V put(K key, V value) {
        throw unchanging("put", "with(key, value)");
    }

    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V putIfAbsent(K key, V value) {
        throw unchanging("putIfAbsent", "with(key, value)");
    }

    /**
     * Not supported: {@code withAll(entries)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default void putAll(Map<? extends K, ? extends V> entries) {
        throw unchanging("putAll", "withAll(entries)");
    }

    /**
     * Not supported: {@code without(key)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V remove(Object key) {
        throw unchanging("remove", "without(key)");
    }

    /**
     * Not supported: {@code without(key)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean remove(Object key, Object value) {
        throw unchanging("remove", "without(key)");
    }

    /**
     * Not supported: {@code PersistentMap.of()} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default void clear() {
        throw unchanging("clear", "PersistentMap.of()");
    }

    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default boolean replace(K key, V old, V value) {
        throw unchanging("replace", "with(key, value)");
    }

    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V replace(K key, V value) {
        throw unchanging("replace", "with(key, value)");
    }

    /**
     * Not supported: {@code PersistentMap.collector(…)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        throw unchanging("replaceAll", "PersistentMap.collector(…)");
    }

    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        throw unchanging("computeIfAbsent", "with(key, value)");
    }

    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        throw unchanging("computeIfPresent", "with(key, value)");
    }

    /**
     * Not supported: {@code with(key, value)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        throw unchanging("compute", "with(key, value)");
    }

    /**
     * Not supported: {@code withMerged(key, value, function)} gives a new map.
     *
     * @throws UnsupportedOperationException always
     */
    @Deprecated
    @Override
    default @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        throw unchanging("merge", "withMerged(key, value, function)");
    }

    private static UnsupportedOperationException unchanging(String method, String instead) {
        return new UnsupportedOperationException(
                method + ": a PersistentMap never changes; " + instead + " gives a new one");
    }
}
