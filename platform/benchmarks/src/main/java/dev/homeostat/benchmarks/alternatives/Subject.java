package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.Item;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** A map of rows by their ids. Used by one writing thread; readers see it as of the last {@link #put}, where the kind of map allows readers beside it. */
interface Subject {
    /** Puts these rows, from and below these places, and publishes them as one step, where the kind of map knows such steps. */
    void put(Item[] items, int from, int to);

    /** The row of that id. */
    @Nullable
    Item get(long id);

    /** Hands over all rows. */
    void forEach(Blackhole sink);

    /** A state that later writes do not change: a copy where there is no other way. */
    Object snapshot();
}
