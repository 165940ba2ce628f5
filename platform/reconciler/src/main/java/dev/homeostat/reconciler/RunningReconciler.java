package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A reconciler, seen by the one who started it: can also be stopped. Safe for all threads. */
public interface RunningReconciler<T> extends Reconciler<T> {

    /**
     * Stops it. No operation starts any more, and those that run are told to give up ({@code isCancelled}); after half of the stop deadline they are
     * interrupted, and at its end left to themselves. The statuses of what ended in time are committed. Waits and prunes that are open end. A second call
     * gives the same stage.
     *
     * @return completes when it has stopped, at the latest at the stop deadline, whatever the operations do
     */
    CompletionStage<Void> stop();

    /** Whether {@link #stop} was called, or the table was removed. */
    boolean isStopped();

    /**
     * What it leaves to one that is started in its place, see {@link Reconcilers#start(String, Table, dev.homeostat.api.reconcile.Operations,
     * dev.homeostat.api.reconcile.Options, Remembered)}. To be asked for after the stop has ended, and before it is {@linkplain Reconcilers#forget forgotten}.
     *
     * @throws IllegalStateException if the stop has not ended
     */
    Remembered<T> remembered();

    /** The table that holds the statuses, for who lists tables; empty where they are in the rows and nothing was
     * remembered yet that has no place there: an undone delete, or a fact. */
    Optional<Table<?>> statusTable();

    /** What the next prune waits for, one clause, such as {@code waits for initializer "manifests"} or {@code next at 2026-01-01T00:00:00Z}. */
    String pruneState();

    /** The number of rows and undone deletes that are blocked on another row; they count as failing too. */
    long blocked();

    /**
     * What fails, by equal errors. It is kept with every failure: to ask costs the same however many rows fail.
     *
     * @param most how many groups are listed; not negative
     */
    FailureGroups failureGroups(int most);

    /** What its last attempt came to and since when it fails; empty where the row, or the undone delete, does not fail. */
    Optional<ReconcilerHealth.Failing> failing(Key key);
}
