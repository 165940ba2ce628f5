package dev.homeostat.host.metrics;

import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A timer that also knows the sum of all its times, from which means over any span can be had. Safe for all threads. */
final class SummedTimer extends Timer {
    private final LongAdder nanos = new LongAdder();

    SummedTimer() {
        super(LockFreeExponentiallyDecayingReservoir.builder().build());
    }

    @Override
    public void update(long duration, TimeUnit unit) {
        add(unit.toNanos(duration));
        super.update(duration, unit);
    }

    @Override
    public void update(Duration duration) {
        add(duration.toNanos());
        super.update(duration);
    }

    /** As Dropwizard's own: times below zero are none. */
    private void add(long more) {
        if (more >= 0) {
            nanos.add(more);
        }
    }

    /** All times together, in seconds. */
    double sumSeconds() {
        return nanos.sum() / 1e9;
    }
}
