package dev.homeostat.statedb.planted;

import com.codahale.metrics.Counter;

/** Planted: the database names a metrics library. */
public final class CountsWithMetrics {
    Counter counter = new Counter();
}
