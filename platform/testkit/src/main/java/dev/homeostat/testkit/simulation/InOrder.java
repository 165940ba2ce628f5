package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * With concurrency 1, changes are come to in the order of their revisions; in batches deletes come first: an update may come after a delete with a later revision,
 * a delete never after an update with a later one.
 *
 * <p>Deletes that an earlier life left undone come before all changes, in the order of their revisions. Three changes are not looked at: one whose key was paused since; one whose key was closed by an operation that
 * passed its deadline and still ran, for it could not begin; and one of a row that another reconciler has lifted past others by writing its status into it. With another mode than APPLY
 * a life may hold changes back, and is not looked at.
 */
final class InOrder extends Oracle {
    private final Map<Life<?>, Long> latest = new HashMap<>();
    private final Map<Life<?>, Long> latestUpdates = new HashMap<>();
    private final Map<Life<?>, Long> latestResumed = new HashMap<>();

    InOrder(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        Key key = call.key;
        if (call.cause != Cause.CHANGE || !call.isOnARow() || key == null) {
            return;
        }
        boolean resumed = call.kind == Call.Kind.DELETE && call.generation <= call.life.startedRevision;
        if (resumed) {
            compare(call, key, latestResumed);
            return;
        }
        boolean mayBeLater = call.batch != null && call.kind == Call.Kind.UPDATE;
        compare(call, key, mayBeLater ? latestUpdates : latest);
        latest.merge(call.life, call.generation, Math::max);
        latestUpdates.merge(call.life, call.kind == Call.Kind.UPDATE ? call.generation : 0, Math::max);
    }

    private void compare(Call call, Key key, Map<Life<?>, Long> before) {
        long latestBefore = before.getOrDefault(call.life, 0L);
        if (call.generation < latestBefore
                && isSerial(call.life)
                && !wasClosed(call, key)
                && !wasLifted(call, key)
                && !wasPaused(call, key)) {
            complain(() -> call + " comes after the change with revision " + latestBefore + ", and concurrency is 1");
        }
        before.merge(call.life, call.generation, Math::max);
    }

    private static boolean isSerial(Life<?> life) {
        return life.allOptions().stream()
                .allMatch(options -> options.concurrency() == 1 && options.mode() == Mode.APPLY);
    }

    private boolean wasPaused(Call call, Key key) {
        Books.Change change = world.books().after(call.life.boot, key, call.generation - 1);
        return change != null && call.life.wasPausedSince(key, change.nanos());
    }

    /** Whether an operation on its key was given up, and ended after the change. */
    private boolean wasClosed(Call call, Key key) {
        Books.Change change = world.books().after(call.life.boot, key, call.generation - 1);
        List<Call> all = world.books().of(call.life.name, key);
        return change != null
                && all.stream()
                        .anyMatch(other -> other.life == call.life
                                && other.isAbandoned(now())
                                && (other.isRunning() || other.endedNanos >= change.nanos()));
    }

    /** Whether another reconciler of this table has worked on that very change, and writes its statuses into the rows. */
    private boolean wasLifted(Call call, Key key) {
        return world.scenario().reconcilers().stream()
                .filter(name -> !name.equals(call.life.name) && writesIntoRows(name))
                .anyMatch(name -> world.books().of(name, key).stream()
                        .anyMatch(other -> other.life.boot == call.life.boot && other.generation == call.generation));
    }

    private boolean writesIntoRows(String reconciler) {
        return world.scenario().side() != Side.BESIDE
                && !world.scenario().beside().contains(reconciler);
    }
}
