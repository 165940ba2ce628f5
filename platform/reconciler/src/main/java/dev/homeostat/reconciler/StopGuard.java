package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a stop in time also when the owner of the event loop is stuck in what others hung into a turn: a log that cannot be written, a listener to the metrics.
 * Halfway, what runs is interrupted; at the deadline whoever waits for the stop is told. Does nothing where turns go on.
 */
final class StopGuard {
    /** Turns look at the deadlines themselves, and go first. */
    private static final Duration GRACE = Duration.ofMillis(20);

    private final Scheduler scheduler;
    private final EventLoop loop;
    private final Core<?> core;
    private final AtomicBoolean set = new AtomicBoolean();

    StopGuard(Scheduler scheduler, EventLoop loop, Core<?> core) {
        this.scheduler = scheduler;
        this.loop = loop;
        this.core = core;
    }

    /** The stop begins; a second call does nothing. */
    void set(Duration deadline) {
        if (set.getAndSet(true)) {
            return;
        }
        Scheduler.Timer half = scheduler.schedule(deadline.dividedBy(2).plus(GRACE), this::interrupt);
        Scheduler.Timer end = scheduler.schedule(deadline.plus(GRACE), this::tell);
        var _ = core.stopping().stopped().whenComplete((_, _) -> {
            half.cancel();
            end.cancel();
        });
    }

    private void interrupt() {
        loop.look(() -> {
            core.interruptIfStuck();
            return null;
        });
    }

    private void tell() {
        interrupt();
        core.stopping().stopped().complete(null);
    }
}
