package dev.homeostat.testkit.simulation;

import java.util.function.Supplier;

/** Watches a simulation for one kind of mistake. Complains at once, so that the last line of the trace is where it was seen. */
abstract class Oracle {
    final World<?> world;

    Oracle(World<?> world) {
        this.world = world;
    }

    /** An operation is about to begin. */
    void began(Call call) {}

    /** An operation has ended, or will never be heard of. */
    void ended(Call call) {}

    /** Somebody has a held prune run. */
    void confirmed(Life<?> life) {}

    /** Somebody begins to wait for that reconciler. */
    void waited(Life<?> life) {}

    /** Nothing can happen at this instant: whoever has something to do now has done it. */
    void idle() {}

    /** All faults are over, and everybody had time. */
    void settled() {}

    final void complain(Supplier<String> what) {
        world.complain(getClass().getSimpleName(), what.get());
    }

    final long now() {
        return world.clock().nanoTime();
    }

    static String millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3 + " ms";
    }
}
