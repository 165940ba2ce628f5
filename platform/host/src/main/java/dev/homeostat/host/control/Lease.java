package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bounds the time that an answer in parts may take, because it holds a snapshot, and with it rows and the classes of plugins: beyond the time it ends with an
 * error, and a client that does not even read is cut off. The time begins with the first part. It ends early when a plugin stops, whose classes
 * would not be collected as long. Used by one thread, and recalled by any.
 */
final class Lease implements Items, AutoCloseable {
    private static final Duration TIME = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration RECALL = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Items items;
    private final Runnable cutOff;
    private final Leases leases;
    private Scheduler.@Nullable Timer timer;
    private long begin;
    private volatile boolean recalled;

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
        if (timer == null) {
            begin = scheduler.nanoTime();
            timer = scheduler.schedule(TIME.plus(GRACE), cutOff);
            leases.begun(this);
        } else if (recalled) {
            throw new ControlException(
                    Code.EXPIRED,
                    "a plugin stopped meanwhile, and the answer's snapshot was let go with its rows",
                    "ask again");
        } else if (scheduler.nanoTime() - begin > TIME.toNanos()) {
            throw new ControlException(
                    Code.EXPIRED,
                    "the answer took longer than " + TIME.toSeconds() + " s, and its snapshot was let go",
                    "read faster, or ask for less at once");
        }
        items.item(item);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
            leases.ended(this);
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
