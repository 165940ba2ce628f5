package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time of a turn: read once, the same for everything that the turn decides. Touched by the owner of the event loop only. */
final class TurnTime {
    private final Scheduler scheduler;
    private long nanos;
    private @Nullable Instant instant;

    TurnTime(Scheduler scheduler) {
        this.scheduler = scheduler;
        read();
    }

    /** It is later now; gives the monotonic clock's time. */
    long read() {
        instant = null;
        nanos = scheduler.nanoTime();
        return nanos;
    }

    /** The monotonic clock's time. */
    long nanos() {
        return nanos;
    }

    /** The wall clock's time. */
    Instant instant() {
        Instant read = instant;
        if (read == null) {
            read = scheduler.instant();
            instant = read;
        }
        return read;
    }
}
