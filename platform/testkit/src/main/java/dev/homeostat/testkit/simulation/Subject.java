package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.StatusSlot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated: rows, the operations on them, and a target to look at. Rows have numbers, from 0; versions of one row desire different things.
 *
 * @param <T> the type of the rows
 */
public interface Subject<T> {
    /** The table that the rows are in. */
    TableSpec<T> spec();

    /** The row of that number, as of that version; equal for equal arguments. */
    T row(int number, long version);

    /** The primary key of a row. */
    Key key(T row);

    /** The operations of that reconciler, on its target. Called at each of its starts; the target is the same one, as it was left. */
    Operations<T> operations(String reconciler, RWTable<T> table);

    /** Where that reconciler keeps its statuses in the rows; null when it keeps them beside. */
    default @Nullable StatusSlot<T> slot(String reconciler) {
        return null;
    }

    /** What is in that reconciler's target, to be compared. */
    Object look(String reconciler);

    /** What should be in the target when these rows, number to version, are desired and no others. */
    Object expected(String reconciler, Map<Integer, Long> desired);

    /** Changes something in that reconciler's target behind its back; says what. */
    String drift(String reconciler, int number, long something);
}
