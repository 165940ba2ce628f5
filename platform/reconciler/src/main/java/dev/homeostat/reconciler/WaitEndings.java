package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells those who wait: that all is settled, or that there is no use in waiting. Touched by the owner of the event loop only. */
final class WaitEndings<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Waits waits;
    private final Outbox outbox;
    private final Tellings tellings;

    WaitEndings(Setup<T> setup, Backlog<T> backlog, Records<T> records, Waits waits, Outbox outbox, Tellings tellings) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.waits = waits;
        this.outbox = outbox;
        this.tellings = tellings;
    }

    /**
     * Ends the waits that can end now.
     *
     * @param lookedAt every row that was there at this revision was taken in
     * @return whether there were any
     */
    boolean end(long lookedAt) {
        List<Wait> satisfied = waits.takeSatisfied(lookedAt);
        for (Wait wait : satisfied) {
            switch (wait) {
                case Wait.ForReconciliation all ->
                    tellWhenCommitted(all, all.future(), Findings.waitResult(setup, backlog, all));
                case Wait.ForAttempts attempts ->
                    tellWhenCommitted(attempts, attempts.future(), Findings.reconciledUpTo(backlog, lookedAt));
            }
        }
        List<Wait> halted = waits.takePaused();
        halted.forEach(wait -> giveUp(wait, pausedRow(wait)));
        return !satisfied.isEmpty() || !halted.isEmpty();
    }

    /** That row is paused: a wait for it will end, also when the row is still to be taken in. */
    void paused(Wait wait, Key key) {
        if (backlog.get(key) != null) {
            return;
        }
        ReadTxn txn = setup.database().readTxn();
        Row<T> row = setup.row(txn, key);
        if (row != null && setup.store().generation(row) <= wait.revision && !isDone(txn, row)) {
            wait.pausedInTable = key;
        }
    }

    private boolean isDone(ReadTxn txn, Row<T> row) {
        StatusRecord<T> record = records.get(txn, row.key());
        Status status = record == null || record.isDelete() ? null : record.status();
        return status != null
                && status.generation() == setup.store().generation(row)
                && (status.kind() == StatusKind.DONE || status.kind() == StatusKind.REFRESHING);
    }

    /** Ends all waits for that reason; says whether there were any. */
    boolean endAll(String reason) {
        List<Wait> all = waits.takeAll();
        all.forEach(wait -> giveUp(wait, reason));
        return !all.isEmpty();
    }

    private void giveUp(Wait wait, String reason) {
        switch (wait) {
            case Wait.ForReconciliation all -> outbox.complete(all.future(), new WaitResult(false, List.of(), reason));
            case Wait.ForAttempts attempts -> outbox.fail(attempts.future(), new IllegalStateException(reason));
        }
    }

    private <R> void tellWhenCommitted(Wait wait, CompletableFuture<R> future, R result) {
        tellings.add(() -> outbox.complete(future, result), reason -> giveUp(wait, reason));
    }

    private String pausedRow(Wait wait) {
        if (wait.pausedInTable != null) {
            return isPaused(wait.pausedInTable);
        }
        for (Key key : setup.paused().all()) {
            Work<T> work = backlog.get(key);
            if (work != null && wait.covers(work)) {
                return isPaused(key);
            }
        }
        return "a row of " + setup.fullName() + " was paused";
    }

    private String isPaused(Key key) {
        return "row " + setup.text(key) + " of " + setup.fullName() + " is paused; resume it";
    }

    /** Why nobody need wait in that mode, or null. */
    static @Nullable String halted(Setup<?> setup, Options options) {
        return switch (options.mode()) {
            case APPLY -> null;
            case PLAN -> setup.fullName() + " only plans; set its mode to apply";
            case PAUSED -> setup.fullName() + " is paused; resume it";
        };
    }
}
