package dev.homeostat.reconciler.planted;

import dev.homeostat.statedb.planted.CountsWithMetrics;

/** Planted: the reconciler names the engine. */
public final class KnowsTheDatabase {
    CountsWithMetrics engine = new CountsWithMetrics();
}
