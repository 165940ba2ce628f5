package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running reconciler: moves a target toward one table, and can be asked what it did and why. Safe for all threads.
 *
 * <p>After it was stopped it can still be asked: statuses are those that it left, and counts what they were; but it has let go of its work, so {@link #health},
 * {@link #failures} and the attempts of {@link #explain} tell nothing of failures any more. {@link #retry} and {@link #refresh} throw an
 * {@link IllegalStateException}; what {@link #prune}, {@link #confirmPrune} and {@link #observe} return completes exceptionally with one; waits end at once, as they
 * say; new options change nothing.
 *
 * <p>No method waits for an operation or for the target; what takes its time gives a stage, which is completed on a thread of the reconciler's: hand long work over.
 *
 * @param <T> the type of the rows
 */
public interface Reconciler<T> {
    /** The name, unique among the reconcilers of its table. */
    String name();

    /** {@code table/name}: how people call it. */
    default String fullName() {
        return table().name() + "/" + name();
    }

    /** The table with the desired state. */
    Table<T> table();

    /** The options in force. */
    Options options();

    /**
     * Replaces the options; takes effect at once, and loses no queued work.
     *
     * @throws IllegalStateException if the reconciler was stopped
     */
    void options(Options options);

    /**
     * What this reconciler has to say about a row of that snapshot; {@link StatusKind#PENDING} for one that it has not come to. Null when there is neither
     * a row nor an undone delete of that key.
     */
    @Nullable
    Status status(ReadTxn txn, Key key);

    /**
     * The keys of the rows, and of the undone deletes, whose {@link #status} in that snapshot is of that kind; each once, looked for as they are asked for. Rows
     * that were pending in an older snapshot and have been worked on since may be left out. Where statuses are in the rows and the table has the slot's
     * {@linkplain StatusSlot#statusIndex() index}, and beside the rows for all kinds but done, it takes time in proportion to what is found.
     */
    default Stream<Key> withStatus(ReadTxn txn, StatusKind kind) {
        return Stream.concat(table().all(txn).stream().map(Row::key), undoneDeletes().stream())
                .distinct()
                .filter(key -> {
                    Status status = status(txn, key);
                    return status != null && status.kind() == kind;
                });
    }

    /**
     * The keys of the undone deletes as of now: rows that the table does not have any more and the target may still have. Ordered by key; {@link #status}
     * says how far each is. This default knows only those that {@link #health} lists.
     */
    default List<Key> undoneDeletes() {
        return health().failures().stream()
                .filter(ReconcilerHealth.Failing::delete)
                .map(failing -> table().spec().parseKey(failing.key()))
                .sorted()
                .toList();
    }

    /** How it goes, as of now. */
    ReconcilerHealth health();

    /**
     * All rows and undone deletes whose last attempt failed, in the order in which they began to fail: permanent failures, blocked ones and those that are retried. They are
     * looked up piece by piece as the stream is read, so the first ones cost little, however many there are; what stops failing meanwhile may be left out.
     * This default knows only those that {@link #health} lists.
     */
    default Stream<ReconcilerHealth.Failing> failures() {
        return health().failures().stream();
    }

    /** Counts of what it did since its start. */
    ReconcilerStats stats();

    /** Why the row is as it is; empty when neither the table nor this reconciler knows the key. */
    Optional<Explanation> explain(Key key);

    /** Prunes as soon as the table is initialized and nothing else prunes; completes with what came of it, or exceptionally when the prune failed. */
    CompletionStage<PruneReport> prune();

    /**
     * Runs the removals of the held prune of that number, as far as they are still undesired.
     *
     * @throws IllegalArgumentException if no prune of that number is held; the message names the one that is
     */
    CompletionStage<PruneReport> confirmPrune(long number);

    /** The prune that the guard holds, if any. */
    Optional<HeldPrune> heldPrune();

    /**
     * Attempts the row now, whatever its backoff, also after a permanent failure or when it is done. Where something else runs on its key the attempt comes when
     * that ended; where an attempt runs already, another one comes if that fails.
     *
     * @return false when neither the table nor this reconciler knows the key
     * @throws IllegalStateException if it was stopped
     */
    boolean retry(Key key);

    /**
     * Checks and repairs all rows that are done now, oldest first and at the {@linkplain Options#refreshRate() refresh rate}, whatever their age and also when
     * nothing is refreshed by age. Changes and retries come first. In mode {@link Mode#PLAN} they are looked at instead, and planned as far as they differ; all of
     * them where the operations cannot {@linkplain Operations#observe observe}.
     *
     * @throws IllegalStateException if it was stopped
     */
    void refresh();

    /**
     * Checks and repairs that row, if it is done, as soon as a slot is free; one that is not done is attempted anyway, when its time comes. In mode
     * {@link Mode#PLAN} it is looked at and planned, as with {@link #refresh()}.
     *
     * @return false when the table does not have the row
     * @throws IllegalStateException if it was stopped
     */
    boolean refresh(Key key);

    /**
     * What it would do, as a table that follows the rows: an entry goes when the target turns out to be as desired, or the row goes. Filled in mode
     * {@link Mode#PLAN}, kept as it is in a pause, and emptied when the mode becomes {@link Mode#APPLY} and all of it is done. Refreshes that somebody asks
     * for are planned where they would change something; permanent failures, rows that are paused and refreshes by age are not planned. {@link #retry} looks again at a row that is.
     *
     * @return empty as long as there was never anything to plan
     */
    Optional<Table<PlannedChange>> plan();

    /**
     * Looks at the target for each row that is done now, in any mode, at the {@linkplain Options#refreshRate() refresh rate} and behind all other work, and
     * changes nothing. What drifted can be repaired with {@link #refresh(Key)}.
     *
     * @return completes with what was found; exceptionally, with an {@link UnsupportedOperationException}, when the operations cannot
     *     {@linkplain Operations#observe observe}
     */
    CompletionStage<DriftReport> observe();

    /**
     * Lets nothing start on that key any more: no update, delete, retry, refresh or removal. What runs ends as it would have; whatever waits, or comes
     * meanwhile, is kept and goes on at {@link #resume}. The other keys go on as ever. It need not be the key of a row that is there. A reconciler that
     * is started again under the same name, in the same process, finds its keys paused as they were.
     *
     * @return false when it was paused already
     */
    boolean pause(Key key);

    /**
     * Ends the pause of that key: what was kept goes on at once.
     *
     * @return false when it was not paused
     */
    boolean resume(Key key);

    /** The keys that are paused, ordered by key. */
    List<Key> pausedKeys();

    /**
     * Waits for all rows and undone deletes that are there now: until each was done at its present generation or a later one, was superseded, or ended in
     * a permanent failure. A blocked one that waits for what no reconciler will do, at the end of its chain a permanent failure, a missing row or a cycle, is waited for
     * no longer than the others. Ends at once while the reconciler or one of those rows is paused, and when the reconciler only plans or stops; the result says so.
     *
     * @return the caller's own; one that is completed or cancelled in another way, as by {@code toCompletableFuture().orTimeout(…)}, leaves nothing behind
     */
    CompletionStage<WaitResult> waitForReconciliation();

    /**
     * Waits until every change up to that table revision has been attempted at least once. A revision that is still to come means all that is there now.
     *
     * @param revision at least 0
     * @return the caller's own, as with {@link #waitForReconciliation}; fails with an {@link IllegalStateException} where that one ends early
     * @throws IllegalArgumentException if the revision is negative
     */
    CompletionStage<ReconciledUpTo> waitUntilReconciled(long revision);
}
