package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One look at the target for one row. To slots, deadlines and keys it is an operation like any other, but it brings an {@link Observation}.
 *
 * @param <T> the type of the rows
 */
abstract class Observing<T> implements Task<T> {
    /** What came of it: one of the two is there. */
    record Found(
            @Nullable Observation observation, @Nullable String error) {}

    private final Setup<T> setup;
    private final Backlog<T> backlog;

    /** Read only after an end in time, which hands it over. */
    private @Nullable Observation result;

    Observing(Setup<T> setup, Backlog<T> backlog) {
        this.setup = setup;
        this.backlog = backlog;
    }

    /** Who wanted to know is told. It ended, or was abandoned; its key is still taken. Called by the owner of the event loop. */
    abstract void observed(Attempt<T> attempt, Found found);

    @Override
    public final boolean isWanted(Attempt<T> attempt, ReadTxn newest) {
        if (setup.table().revision(newest) == attempt.wantedAt()) {
            return true;
        }
        Row<T> row = setup.row(newest, attempt.key());
        if (row == null) {
            return false;
        }
        attempt.isAbout(row);
        return setup.store().generation(row) == attempt.generation();
    }

    @Override
    public final Outcome run(Attempt<T> attempt) throws Exception {
        result = setup.operations().observe(attempt, attempt.row().value());
        return result != null ? Outcome.done() : Outcome.retry("observe returned null; it must return an Observation");
    }

    @Override
    public final String text(Attempt<T> attempt) {
        return setup.text(attempt.key());
    }

    @Override
    public final void ended(Attempt<T> attempt, Outcome outcome) {
        try {
            observed(
                    attempt,
                    outcome instanceof Outcome.Retry retry ? new Found(null, retry.reason()) : new Found(result, null));
        } finally {
            if (!attempt.isAbandoned()) {
                endedLate(attempt);
            }
        }
    }

    @Override
    public final void brokeOff(Attempt<T> attempt, Throwable fault) {
        backlog.restore(attempt.work(), attempt.isRunning(), setup.scheduler().nanoTime());
    }

    @Override
    public final void endedLate(Attempt<T> attempt) {
        Work<T> work = attempt.workOrNull();
        if (work != null && work.running == attempt) {
            backlog.opened(work);
        }
    }
}
