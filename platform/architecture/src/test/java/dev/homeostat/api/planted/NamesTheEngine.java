package dev.homeostat.api.planted;

import dev.homeostat.statedb.planted.CountsWithMetrics;

/** Planted: the API names the engine. */
public final class NamesTheEngine {
    CountsWithMetrics engine = new CountsWithMetrics();
}
