package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One look at the target for one row. To slots, deadlines and keys it is an operation like any other, but it brings an {@link Observation}.
 *
 * @param <T> the type of the rows
 */
final class Observing<T> implements Attempt.Body<T>, Attempt.End<T> {
    /** Who wanted to know. Called by the owner of the event loop. */
    interface Viewer<T> {
        /** It ended, or was abandoned; its key is still taken. */
        void observed(Attempt<T> attempt, Found found);
    }

    /** What came of it: one of the two is there. */
    record Found(
            @Nullable Observation observation, @Nullable String error) {}

    private final Operations<T> operations;
    private final T row;
    private final Backlog<T> backlog;
    private final Viewer<T> viewer;

    /** Read only after an end in time, whose event hands it over. */
    private @Nullable Observation result;

    Observing(Operations<T> operations, T row, Backlog<T> backlog, Viewer<T> viewer) {
        this.operations = operations;
        this.row = row;
        this.backlog = backlog;
        this.viewer = viewer;
    }

    @Override
    public Outcome run(Attempt<T> attempt) throws Exception {
        result = operations.observe(attempt, row);
        return result != null ? Outcome.done() : Outcome.retry("observe returned null; it must return an Observation");
    }

    @Override
    public void ended(Attempt<T> attempt, Outcome outcome) {
        viewer.observed(
                attempt,
                outcome instanceof Outcome.Retry retry ? new Found(null, retry.reason()) : new Found(result, null));
        if (!attempt.isAbandoned()) {
            endedLate(attempt);
        }
    }

    @Override
    public void endedLate(Attempt<T> attempt) {
        Work<T> work = attempt.work();
        if (work.running == attempt) {
            backlog.opened(work);
        }
    }
}
