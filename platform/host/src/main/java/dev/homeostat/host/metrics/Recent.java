package dev.homeostat.host.metrics;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made for whoever asks, and given again for a moment to who asks next: the metrics of one thing come from one look at it, and agree with one another.
 * Safe for all threads.
 */
final class Recent<V> implements Supplier<V> {
    private static final long MOMENT_NANOS = 50_000_000;

    private final LongSupplier nanoTime;
    private final Supplier<V> source;
    private volatile @Nullable Made<V> made;

    private record Made<V>(V value, long at) {}

    Recent(LongSupplier nanoTime, Supplier<V> source) {
        this.nanoTime = nanoTime;
        this.source = source;
    }

    @Override
    public V get() {
        Made<V> current = made;
        long now = nanoTime.getAsLong();
        if (current == null || now - current.at >= MOMENT_NANOS) {
            current = new Made<>(source.get(), now);
            made = current;
        }
        return current.value;
    }
}
