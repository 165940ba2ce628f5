package dev.homeostat.host.jmx;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is asked for anew when it is older than a moment: a client that reads thirty attributes of a bean one after the other asks once, and sees what goes
 * together. Safe for all threads.
 */
final class Moment<T> {
    private static final long NANOS = Duration.ofMillis(200).toNanos();

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private volatile @Nullable Seen<T> seen;

    Moment(Supplier<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** What was seen, and when. */
    private record Seen<T>(T value, long nanos) {}

    T get() {
        long now = nanoTime.getAsLong();
        Seen<T> last = seen;
        if (last != null && now - last.nanos() < NANOS) {
            return last.value();
        }
        T value = source.get();
        seen = new Seen<>(value, now);
        return value;
    }
}
