package dev.homeostat.api.db;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a function of one key, or null, a function of keys; known by its class, so that the engine can tell. */
record SingleKey<T, K>(Function<? super T, ? extends @Nullable K> key) implements Function<T, Iterable<K>> {
    @Override
    public Iterable<K> apply(T row) {
        K only = key.apply(row);
        return only == null ? List.of() : List.of(only);
    }
}
