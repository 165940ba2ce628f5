package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a prune found, one removal after the other, each rechecked against the newest snapshot.
 *
 * <p>A removal of a row key takes that key while it runs, as an operation does, so that a row that appears meanwhile is updated after it and never undone
 * by it. A removal without a key runs while no other operation does; between two of these others get their turn.
 */
final class Removals<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final Pruner<T> pruner;

    Removals(Setup<T> setup, Backlog<T> backlog, Slots<T> slots, Journal<T> journal, Pruner<T> pruner) {
        this.setup = setup;
        this.backlog = backlog;
        this.slots = slots;
        this.journal = journal;
        this.pruner = pruner;
    }

    /** Starts the next removal of a row key; says whether there was one. */
    boolean startKeyed() {
        PruneRun run = pruner.run();
        if (run == null) {
            return false;
        }
        for (int left = run.keyed.size(); left > 0; left--) {
            PlannedRemoval removal = run.keyed.remove();
            try {
                Key key = removal.key();
                if (key != null && startOrSettle(run, removal, key)) {
                    return true;
                }
            } catch (RuntimeException | Error e) { // a list that has lost one would pass for done
                run.keyed.addFirst(removal);
                throw e;
            }
        }
        finishIfOver(run);
        return false;
    }

    /** Whether only removals without a key are left, so that the next one wants to be alone. */
    boolean wantsToBeAlone() {
        PruneRun run = pruner.run();
        return run != null && !run.aloneRuns && run.keyed.isEmpty() && run.running == 0 && !run.keyless.isEmpty();
    }

    /** Whether a removal without a key runs: nothing else may start. */
    boolean isAlone() {
        PruneRun run = pruner.run();
        return run != null && run.aloneRuns;
    }

    /** Starts the next removal without a key, while nothing else runs; says whether it did. */
    boolean startAlone() {
        PruneRun run = pruner.run();
        if (run == null) {
            return false;
        }
        if (!slots.abandoned().isEmpty()) {
            run.keyless.forEach(removal -> run.failed(
                    removal, "an operation that passed its deadline still runs, and this one must run alone"));
            run.keyless.clear();
            finishIfOver(run);
            return false;
        }
        launch(run, run.keyless.element(), null);
        run.keyless.remove();
        run.aloneRuns = true;
        return true;
    }

    /** Says whether it started; when not, it was settled or put back. */
    private boolean startOrSettle(PruneRun run, PlannedRemoval removal, Key key) {
        Work<T> work = backlog.get(key);
        boolean leftToDelete = work != null && work.isUndoneDelete();
        if (leftToDelete
                || setup.paused().contains(key)
                || isDesired(key, setup.database().readTxn())) {
            run.spared(removal);
            return false;
        }
        if (work == null) {
            launch(run, removal, key);
            return true;
        }
        if (work.running != null && !work.running.isAbandoned()) {
            run.keyed.add(removal);
        } else if (work.running != null) {
            run.failed(removal, "an operation on its key passed its deadline and still runs");
        } else {
            run.spared(removal); // a row that was there a moment ago: its delete comes
        }
        return false;
    }

    private void launch(PruneRun run, PlannedRemoval removal, @Nullable Key key) {
        long revision = setup.table().revision(setup.database().readTxn());
        Work<T> work = key == null ? null : backlog.add(key);
        Attempt<T> attempt = Attempt.ofPrune(new Running(run, removal), work, null, revision, 1, Cause.PRUNE);
        run.running++;
        if (work == null) {
            slots.startAlone(attempt);
        } else {
            work.running = attempt;
            slots.start(attempt);
        }
    }

    /** Looked at when it is decided, and once more right before it runs: since then a row may have come. */
    private boolean isDesired(Key key, ReadTxn txn) {
        return setup.row(txn, key) != null;
    }

    private void finishIfOver(PruneRun run) {
        if (run.isOver() && pruner.run() == run) {
            pruner.finish(run);
        }
    }

    /** One removal. */
    private final class Running implements Task<T> {
        private final PruneRun run;
        private final PlannedRemoval removal;

        Running(PruneRun run, PlannedRemoval removal) {
            this.run = run;
            this.removal = removal;
        }

        @Override
        public boolean isWanted(Attempt<T> attempt, ReadTxn newest) {
            Key key = removal.key();
            return key != null
                    ? !isDesired(key, newest)
                    : requireNonNull(removal.stillUndesired(), "stillUndesired").test(newest);
        }

        @Override
        public Outcome run(Attempt<T> attempt) throws Exception {
            removal.action().run(attempt);
            return Outcome.done();
        }

        @Override
        public String text(Attempt<T> attempt) {
            return removal.name();
        }

        @Override
        public void ended(Attempt<T> attempt, Outcome outcome) {
            String error = outcome instanceof Outcome.Retry retry ? retry.reason() : null;
            try {
                note(attempt, error);
            } finally {
                if (error != null) {
                    run.failed(removal, error);
                } else {
                    run.removed(removal);
                }
                over(attempt);
            }
        }

        private void note(Attempt<T> attempt, @Nullable String error) {
            Key key = removal.key();
            if (key == null) {
                journal.keylessRemovalEnded(attempt, error == null, error);
            } else {
                journal.ended(attempt, key, OperationKind.REMOVAL, error == null ? "done" : "failed", error);
            }
        }

        @Override
        public void skipped(Attempt<T> attempt) {
            if (removal.key() == null) {
                journal.keylessRemovalEnded(attempt, false, null);
            }
            run.spared(removal);
            over(attempt);
        }

        @Override
        public void takenBack(Attempt<T> attempt) {
            (removal.key() == null ? run.keyless : run.keyed).addFirst(removal);
            over(attempt);
        }

        @Override
        public void endedLate(Attempt<T> attempt) {
            Work<T> work = attempt.workOrNull();
            if (work != null && work.running == attempt) {
                backlog.opened(work);
            }
        }

        private void over(Attempt<T> attempt) {
            run.running--;
            run.aloneRuns = false;
            if (!attempt.isAbandoned()) {
                endedLate(attempt);
            }
            finishIfOver(run);
        }
    }
}
