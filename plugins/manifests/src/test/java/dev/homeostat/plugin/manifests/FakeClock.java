package dev.homeostat.plugin.manifests;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;

/** Time that stands still until it is told to go on; runs nothing. */
final class FakeClock implements Scheduler {
    private final Instant origin;
    private long nanos;

    FakeClock(Instant origin) {
        this.origin = origin;
    }

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void execute(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
