package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;

/** A moment by which something is to be over. Immutable. */
public final class Deadline {
    private final Scheduler clock;
    private final long end;

    private Deadline(Scheduler clock, long end) {
        this.clock = clock;
        this.end = end;
    }

    /** That much later than now. */
    public static Deadline in(Duration time, Scheduler clock) {
        return new Deadline(clock, clock.nanoTime() + time.toNanos());
    }

    /** The time that is left; zero when there is none. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - clock.nanoTime()));
    }

    /** That much after this. */
    public Deadline plus(Duration time) {
        return new Deadline(clock, end + time.toNanos());
    }

    /** The earlier one of this, and that much later than now. */
    public Deadline atMost(Duration time) {
        return new Deadline(clock, Math.min(end - clock.nanoTime(), time.toNanos()) + clock.nanoTime());
    }
}
