package dev.homeostat.reconciler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes the plan into its table, at the end of each turn that changed it; what could not be written is tried again. */
final class PlanWriter {
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();

    private final Setup<?> setup;
    private final EventLoop loop;
    private final FailureLog<?> log;
    private Plan.@Nullable Part part;
    private long notBefore;
    private @Nullable String problem;

    PlanWriter(Setup<?> setup, EventLoop loop, FailureLog<?> log, long now) {
        this.setup = setup;
        this.loop = loop;
        this.log = log;
        this.notBefore = now;
    }

    /** Why the plan could not be written, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** In the first half of a turn. */
    void decide(long now, Wakeup wakeup) {
        if (setup.plan().isUnwritten()) {
            if (notBefore - now <= 0) {
                part = setup.plan().take();
            } else {
                wakeup.at(notBefore);
            }
        }
    }

    /** In the second half, without the lock. */
    void act() {
        Plan.Part todo = part;
        if (todo == null) {
            return;
        }
        part = null;
        try {
            setup.plan().write(todo);
            if (problem != null) {
                loop.look(() -> problem = null);
            }
        } catch (RuntimeException | Error e) {
            loop.look(() -> {
                long now = setup.scheduler().nanoTime();
                log.broke("the plan could not be written", e, now);
                setup.plan().giveBack(todo);
                problem = "the plan cannot be written: " + Reason.of(e);
                notBefore = now + AGAIN;
                return null;
            });
            loop.post(Event.Look.AT_THE_CLOCK);
        }
    }
}
