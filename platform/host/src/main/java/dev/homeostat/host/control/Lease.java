package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bounds the time that an answer in parts may take, because it holds a snapshot, and with it rows and the classes of plugins. A client that reads renews it with
 * each part, up to a bound beyond which the answer ends with an error; one that does not read is cut off much sooner. The time begins with the first part, and again
 * after each rest, in which nothing is held. It ends early when a plugin stops, whose classes would not be collected as long. Used by one thread, and recalled by any.
 */
final class Lease implements Items, AutoCloseable {
    /** How long a client may read nothing. */
    static final Duration IDLE = Duration.ofMinutes(1);

    /** How long an answer may hold one snapshot: a dump of millions of rows over a slow line, and not much more. */
    static final Duration MOST = Duration.ofMinutes(10);

    private static final Duration RECALL = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Items items;
    private final Runnable cutOff;
    private final Leases leases;
    private @Nullable Span span;

    /**
     * A lease that has not begun.
     *
     * @param cutOff ends a write that blocks
     */
    Lease(Scheduler scheduler, Leases leases, Items items, Runnable cutOff) {
        this.scheduler = scheduler;
        this.leases = leases;
        this.items = items;
        this.cutOff = cutOff;
    }

    @Override
    public void item(ObjectNode item) throws ControlException, IOException {
        hold();
        items.item(item);
    }

    @Override
    public void hold() throws ControlException {
        if (span == null) {
            span = new Span();
            leases.begun(span);
        } else if (span.recalled) {
            throw new ControlException(
                    Code.EXPIRED,
                    "a plugin stopped meanwhile, and the answer's snapshot was let go with its rows",
                    "ask again");
        } else if (span.isOver()) {
            throw new ControlException(
                    Code.EXPIRED,
                    "the answer took longer than " + MOST.toMinutes() + " minutes, and its snapshot was let go",
                    "read faster, or ask for less at once");
        } else {
            span.renew();
        }
    }

    @Override
    public void beat() throws IOException {
        items.beat();
    }

    @Override
    public boolean isOver() {
        return span != null && (span.recalled || span.isOver());
    }

    @Override
    public void rest() throws IOException {
        items.rest(); // under the same time: a client that does not read is cut off
        close();
    }

    @Override
    public void close() {
        if (span != null) {
            leases.ended(span);
            span.timer.cancel();
            span = null;
        }
    }

    /** The time from a first part to a rest. */
    final class Span {
        private final long begin = scheduler.nanoTime();
        private volatile long renewed = begin;
        private volatile boolean recalled;
        private volatile Scheduler.Timer timer = scheduler.schedule(IDLE, this::look);

        private boolean isOver() {
            return scheduler.nanoTime() - begin > MOST.toNanos();
        }

        private void renew() {
            renewed = scheduler.nanoTime();
        }

        private void look() {
            long idle = scheduler.nanoTime() - renewed;
            if (!leases.isOpen(this)) {
                return;
            }
            if (idle >= IDLE.toNanos()) {
                cutOff.run();
            } else {
                timer = scheduler.schedule(IDLE.minusNanos(idle), this::look);
            }
        }

        /** Has it end now: with an error, and if the client does not read that either, by cutting it off. Any thread. */
        void recall() {
            recalled = true;
            scheduler.schedule(RECALL, () -> {
                if (leases.isOpen(this)) {
                    cutOff.run();
                }
            });
        }
    }
}
