package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bounds the time that an answer in parts may take, because it holds a snapshot, and with it rows and the classes of plugins: beyond the time it ends with an
 * error, and a client that does not even read is cut off. The time begins with the first part. Used by one thread.
 */
final class Lease implements Items, AutoCloseable {
    private static final Duration TIME = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Items items;
    private final Runnable cutOff;
    private Scheduler.@Nullable Timer timer;
    private long begin;

    /**
     * A lease that has not begun.
     *
     * @param cutOff ends a write that blocks
     */
    Lease(Scheduler scheduler, Items items, Runnable cutOff) {
        this.scheduler = scheduler;
        this.items = items;
        this.cutOff = cutOff;
    }

    @Override
    public void item(ObjectNode item) throws ControlException, IOException {
        if (timer == null) {
            begin = scheduler.nanoTime();
            timer = scheduler.schedule(TIME.plus(GRACE), cutOff);
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
        }
    }
}
