package dev.homeostat.reconciler;

import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Blocker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A row of any table that something here waits for, itself or at the end of a chain. Touched by the owner of the event loop only, but for {@link #asked}; a
 * struct on purpose, whose fields are changed in {@link Blockers}.
 */
final class BlockingRow<T> {
    final Blocker name;

    /** What is blocked on it here. */
    final Set<Work<T>> works = new LinkedHashSet<>();

    /** Rows that are blocked on it, and that somebody here waits for. */
    final Set<BlockingRow<T>> dependents = new LinkedHashSet<>();

    /** What it is itself blocked on, for whichever reconcilers. */
    Set<BlockingRow<T>> next = Set.of();

    /** Open on what {@link #sight} shows. */
    List<Watch.Registration> watches = List.of();

    /** What the last look showed. */
    Sight sight = Sight.NOTHING;

    /** Whether nothing that the reconcilers do by themselves will move it: its chain ends in a permanent failure, a missing row or a cycle. */
    boolean stuck;

    /** Whether an event that asks for a look is on its way; set by the thread that closes a watch. */
    final AtomicBoolean asked = new AtomicBoolean();

    BlockingRow(Blocker name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name + (stuck ? " stuck" : "");
    }
}
