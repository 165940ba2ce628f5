package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import java.util.function.LongSupplier;

/** A counter that shows what somebody else counts. Safe for all threads. */
final class KeptCounter extends Counter {
    private final LongSupplier value;

    KeptCounter(LongSupplier value) {
        this.value = value;
    }

    @Override
    public long getCount() {
        return value.getAsLong();
    }
}
