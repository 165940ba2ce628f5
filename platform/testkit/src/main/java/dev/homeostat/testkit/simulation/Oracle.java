package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches a simulation for one kind of mistake. Complains at once, so that the last line of the trace is where it was seen. */
abstract class Oracle {
    final World<?> world;

    Oracle(World<?> world) {
        this.world = world;
    }

    /** An operation is about to begin. */
    void began(Call call) {}

    /** An entry is about to be shown to the operations once more, in a half of its batch. */
    void halved(Call call) {}

    /** An operation has ended, or will never be heard of. */
    void ended(Call call) {}

    /** Somebody has a held prune run. */
    void confirmed(Life<?> life) {}

    /** Somebody is about to want that row checked, or all that are done, where it is null. */
    void refreshed(Life<?> life, @Nullable Key key) {}

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
