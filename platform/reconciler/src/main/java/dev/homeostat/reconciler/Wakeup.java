package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a reconciler: posts an event when something is due. Set anew in each turn, it leaves a timer alone that goes off early enough; one that
 * goes off too early costs a turn that finds nothing.
 */
final class Wakeup {
    /** The time of what has none. */
    static final long NEVER = Long.MAX_VALUE;

    private final Scheduler scheduler;
    private final EventLoop loop;
    private Scheduler.@Nullable Timer timer;
    private long timerNanos;
    private long timerNumber;

    /** The latest timer that went off, perhaps before its time. */
    private volatile long wentOff;

    private boolean wanted;
    private long wantedNanos;

    Wakeup(Scheduler scheduler, EventLoop loop) {
        this.scheduler = scheduler;
        this.loop = loop;
    }

    /** Begins a turn: nothing is wanted yet. */
    void begin() {
        wanted = false;
    }

    /** Wants a turn at that time. */
    void at(long nanos) {
        if (nanos != NEVER && (!wanted || nanos - wantedNanos < 0)) {
            wanted = true;
            wantedNanos = nanos;
        }
    }

    /** The same, unless it is due: then it waits for something else than the time. */
    void atLater(long nanos, long now) {
        if (nanos - now > 0) {
            at(nanos);
        }
    }

    /** When that is due, or {@link #NEVER}. */
    static long timeOf(@Nullable Due first) {
        return first == null ? NEVER : first.dueNanos;
    }

    /** Ends a turn: sets the timer to the earliest time that was wanted. */
    void arm(long now) {
        if (timer != null && (timerNanos - now <= 0 || wentOff == timerNumber)) {
            timer = null;
        }
        if (!wanted || (timer != null && timerNanos - wantedNanos <= 0)) {
            return;
        }
        cancel();
        timerNanos = wantedNanos;
        long number = ++timerNumber;
        timer = scheduler.schedule(Duration.ofNanos(Math.max(0, wantedNanos - now)), () -> {
            wentOff = number;
            loop.post(Event.Look.AT_THE_CLOCK);
        });
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
