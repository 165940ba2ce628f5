package dev.homeostat.testkit.simulation;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * With concurrency 1, changes are come to in the order of their revisions. Not looked at any more in a life in which an operation was abandoned, so that its key
 * was closed, or that was paused or planned, so that what was held comes later than its revision.
 * In batches deletes come first: an update may come after a delete with a later revision, a delete never after an update with a later one.
 * Nor where several reconcilers write statuses into the rows, and lift each other's rows past changes that nobody has come to.
 */
final class InOrder extends Oracle {
    private final Map<Life<?>, Long> latest = new HashMap<>();
    private final Map<Life<?>, Long> latestUpdates = new HashMap<>();
    private final Set<Life<?>> excused = new HashSet<>();

    InOrder(World<?> world) {
        super(world);
    }

    @Override
    void ended(Call call) {
        if (call.isAbandoned(now())) {
            excused.add(call.life);
        }
    }

    @Override
    void began(Call call) {
        boolean resumed = call.kind == Call.Kind.DELETE && call.generation <= call.life.startedRevision;
        if (call.cause != Cause.CHANGE || !call.isOnARow() || resumed) {
            return;
        }
        boolean mayBeLater = call.batch != null && call.kind == Call.Kind.UPDATE;
        long before = (mayBeLater ? latestUpdates : latest).getOrDefault(call.life, 0L);
        boolean lifted = world.scenario().side() != Side.BESIDE
                && world.scenario().reconcilers().size() > 1;
        boolean one = !lifted
                && call.life.allOptions().stream()
                        .allMatch(options -> options.concurrency() == 1 && options.mode() == Mode.APPLY);
        boolean closed = world.books().running(call.life).stream().anyMatch(other -> other.isAbandoned(now()));
        if (closed) {
            excused.add(call.life);
        }
        if (one && !excused.contains(call.life) && call.generation < before) {
            complain(() -> call + " comes after the change with revision " + before + ", and concurrency is 1");
        }
        latest.merge(call.life, call.generation, Math::max);
        if (call.kind == Call.Kind.UPDATE) {
            latestUpdates.merge(call.life, call.generation, Math::max);
        }
    }
}
