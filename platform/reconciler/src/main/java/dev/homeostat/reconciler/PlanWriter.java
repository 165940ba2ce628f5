package dev.homeostat.reconciler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the plan into its table, at the end of each turn that changed it; what could not be written is tried again. */
final class PlanWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PlanWriter.class);
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();

    private final Setup<?> setup;
    private final EventLoop loop;
    private Plan.@Nullable Part part;
    private long notBefore;
    private @Nullable String problem;

    PlanWriter(Setup<?> setup, EventLoop loop, long now) {
        this.setup = setup;
        this.loop = loop;
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
            LOG.error("reconciler {}: the plan could not be written", setup.fullName(), e);
            loop.look(() -> {
                setup.plan().giveBack(todo);
                problem = "the plan cannot be written: " + Attempt.reason(e);
                notBefore = setup.scheduler().nanoTime() + AGAIN;
                return null;
            });
            loop.post(Event.Look.AT_THE_CLOCK);
        }
    }
}
