package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.Carried;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A job or a source: runs until it returns, and again, after a growing delay, when it throws. The delay begins at a second, doubles to a minute, and begins
 * anew after a run of more than a minute.
 */
final class SupervisedWork implements Contribution {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final String plugin;
    private final String thing;
    private final Scheduler scheduler;
    private final HealthBoard health;
    private final PluginThread around;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Body body;
    // Guarded by this:
    private boolean stopping;
    private @Nullable Thread running;
    private Scheduler.@Nullable Timer waiting;
    private Duration delay = FIRST_DELAY;

    /**
     * @param thing what a person calls it: {@code job "tidy"}
     * @param body what it does; given up when it ends
     */
    SupervisedWork(String plugin, String thing, HostServices services, PluginThread around, Body body) {
        this.plugin = plugin;
        this.thing = thing;
        this.scheduler = services.scheduler();
        this.health = services.health();
        this.around = around;
        this.body = body;
    }

    @Override
    public Kind kind() {
        return Kind.WORK;
    }

    @Override
    public String thing() {
        return thing;
    }

    @Override
    public void start(Carried carried) {
        health.set(plugin, thing, true, "runs");
        scheduler.execute(this::attempt);
    }

    private void attempt() {
        Body work = begin();
        if (work == null) {
            return;
        }
        long began = scheduler.nanoTime();
        @Nullable Throwable failure = null;
        try {
            around.call(null, () -> {
                work.run();
                return true;
            });
        } catch (Throwable e) { // plugin code may throw anything
            failure = Thrown.safe(e);
        }
        finish(failure, Duration.ofNanos(scheduler.nanoTime() - began));
    }

    private synchronized @Nullable Body begin() {
        if (stopping) {
            ended.countDown();
            return null;
        }
        running = Thread.currentThread();
        running.setName(plugin + ": " + thing);
        return body;
    }

    private synchronized void finish(@Nullable Throwable failure, Duration took) {
        running = null;
        if (failure == null || stopping) {
            if (!stopping) {
                health.set(plugin, thing, true, "has ended");
            }
            body = null;
            ended.countDown();
            return;
        }
        if (took.compareTo(LONGEST_DELAY) > 0) {
            delay = FIRST_DELAY;
        }
        health.set(
                plugin,
                thing,
                false,
                "failed: " + Reasons.of(failure) + "; starts again at "
                        + scheduler.instant().plus(delay).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        waiting = scheduler.schedule(delay, this::attempt);
        delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay.multipliedBy(2);
    }

    @Override
    public void stop(Deadline deadline, Carried carried) throws Exception {
        interrupt();
        boolean over = ended.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        body = null;
        health.remove(plugin, thing);
        if (!over) {
            throw new IllegalStateException("it was interrupted and goes on regardless");
        }
    }

    private synchronized void interrupt() {
        stopping = true;
        if (running != null) {
            running.interrupt();
        } else if (waiting == null || waiting.cancel()) {
            ended.countDown();
        }
    }

    /** What it does. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }
}
