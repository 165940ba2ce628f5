package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.HeldPrune;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prune that the guard holds, with its removals, until somebody confirms it or a later prune takes its place. Touched by the owner of the event loop only. */
final class HeldList {
    private final ReconcilerRegistry registry;
    private @Nullable HeldPrune held;
    private List<PlannedRemoval> removals = List.of();

    /** Nothing is held; the registry gives the numbers. */
    HeldList(ReconcilerRegistry registry) {
        this.registry = registry;
    }

    @Nullable
    HeldPrune held() {
        return held;
    }

    /** Holds these, instead of whatever was held before. */
    HeldPrune hold(List<PlannedRemoval> found, String reason, Instant at) {
        List<String> names = found.stream().map(PlannedRemoval::name).sorted().toList();
        HeldPrune now = new HeldPrune(registry.nextHeldPrune(), reason, names, at);
        held = now;
        removals = found;
        return now;
    }

    /**
     * The removals of the prune of that number, which is held no more.
     *
     * @throws IllegalArgumentException if none of that number is held
     */
    List<PlannedRemoval> confirm(long number) {
        HeldPrune known = held;
        if (known == null || known.number() != number) {
            throw unknown(number, known);
        }
        List<PlannedRemoval> confirmed = removals;
        clear();
        return confirmed;
    }

    void clear() {
        held = null;
        forgetRemovals();
    }

    /** Nobody will confirm it any more. The functions that remove belong to a plugin, which may be unloaded. */
    void forgetRemovals() {
        removals = List.of();
    }

    /** What to say when no prune of that number is held, but that one or none. */
    static IllegalArgumentException unknown(long number, @Nullable HeldPrune known) {
        return new IllegalArgumentException("no prune " + number + " is held; "
                + (known == null
                        ? "none is"
                        : "the one that is has number " + known.number() + ", look at its list first"));
    }
}
