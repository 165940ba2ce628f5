package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the target for all rows that are done, once, because somebody asked: in the order in which they were done, at the refresh rate, behind all other
 * work. A row that changes meanwhile is not counted: it is looked after by an update.
 */
final class Survey<T> {
    private static final int LISTED = 100;

    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final Outbox outbox;
    private final Supplier<Options> options;
    private final RateLimit limit;
    private List<CompletableFuture<DriftReport>> asked = new ArrayList<>();
    private @Nullable Run run;
    private @Nullable StatusRecord<T> found;

    /** One survey. */
    private static final class Run {
        final List<CompletableFuture<DriftReport>> reports;
        final long upTo;
        final List<DriftReport.Finding> findings = new ArrayList<>();
        long position;
        boolean allStarted;
        int open;
        long inSync;
        long drifted;
        long failed;

        Run(List<CompletableFuture<DriftReport>> reports, long upTo) {
            this.reports = reports;
            this.upTo = upTo;
        }
    }

    Survey(
            Setup<T> setup,
            Backlog<T> backlog,
            Slots<T> slots,
            Journal<T> journal,
            Outbox outbox,
            Supplier<Options> options) {
        this.setup = setup;
        this.backlog = backlog;
        this.slots = slots;
        this.journal = journal;
        this.outbox = outbox;
        this.options = options;
        this.limit = new RateLimit(options.get().refreshRate());
    }

    /** Who asks while one is under way gets the next. */
    void ask(CompletableFuture<DriftReport> report) {
        asked.add(report);
    }

    void optionsChanged() {
        limit.rate(options.get().refreshRate());
    }

    /** Starts the next look, if one is wanted and due; says whether it did. */
    boolean start(long now) {
        for (Run current = current();
                current != null && !current.allStarted && limit.hasToken(now);
                current = current()) {
            ReadTxn txn = setup.database().readTxn();
            StatusRecord<T> record = next(current, txn);
            if (record == null) {
                current.allStarted = true;
                finishIfOver(current);
            } else if (look(current, record, txn, now)) {
                limit.take();
                return true;
            }
        }
        return false;
    }

    /** When the next look may start. */
    long nextNanos(long now) {
        Run current = run;
        return current == null || current.allStarted ? Wakeup.NEVER : limit.nextTokenNanos(now);
    }

    void stop(String reason) {
        List<CompletableFuture<DriftReport>> open = new ArrayList<>(asked);
        if (run != null) {
            open.addAll(run.reports);
        }
        asked.clear();
        run = null;
        open.forEach(report -> outbox.fail(report, new IllegalStateException("no report: " + reason)));
    }

    private @Nullable Run current() {
        if (run == null && !asked.isEmpty()) {
            run = new Run(asked, setup.store().newest(setup.database().readTxn()));
            asked = new ArrayList<>();
        }
        return run;
    }

    private @Nullable StatusRecord<T> next(Run current, ReadTxn txn) {
        found = null;
        setup.store().walk(txn, current.position, (record, at) -> {
            if (at > current.upTo) {
                return false;
            }
            current.position = at;
            found = record.isDelete() || record.status().kind() != StatusKind.DONE ? null : record;
            return found == null;
        });
        return found;
    }

    /** Says whether it started: what is not done any more needs no look. */
    private boolean look(Run current, StatusRecord<T> record, ReadTxn txn, long now) {
        Row<T> row = backlog.get(record.key()) == null ? setup.row(txn, record.key()) : null;
        if (row == null || setup.store().generation(row) != record.status().generation()) {
            return false;
        }
        Work<T> work = backlog.add(record.key());
        Attempt.Brief<T> brief = new Attempt.Brief<>(
                setup.fullName(),
                OperationKind.OBSERVE.toString(),
                work,
                txn,
                record.status().generation(),
                1,
                Cause.MANUAL,
                record.facts());
        Observing<T> look = new Observing<>(
                setup.operations(), row.value(), backlog, (attempt, seen) -> observed(current, attempt, seen));
        current.open++;
        work.running = slots.start(brief, look, look, options.get(), now);
        return true;
    }

    private void observed(Run current, Attempt<T> attempt, Observing.Found seen) {
        Work<T> work = attempt.work();
        current.open--;
        Row<T> row = setup.row(setup.database().readTxn(), work.key);
        if (row != null && setup.store().generation(row) == attempt.generation()) {
            journal.observed(attempt, work.key, seen);
            count(current, setup.text(work.key), seen);
        }
        finishIfOver(current);
    }

    private void count(Run current, String key, Observing.Found seen) {
        switch (seen.observation()) {
            case Observation.Unsupported _ -> {
                String text = setup.fullName() + ": its operations do not observe, so nobody can tell of drift";
                current.reports.forEach(report -> outbox.fail(report, new UnsupportedOperationException(text)));
                current.reports.clear();
                current.allStarted = true;
            }
            case Observation.InSync _ -> current.inSync++;
            case Observation.Drift drift -> {
                current.drifted++;
                list(current, new DriftReport.Finding(key, drift.what(), null));
            }
            case null -> {
                current.failed++;
                list(current, new DriftReport.Finding(key, null, seen.error()));
            }
        }
    }

    private void list(Run current, DriftReport.Finding finding) {
        if (current.findings.size() < LISTED) {
            current.findings.add(finding);
        }
    }

    private void finishIfOver(Run current) {
        if (run == current && current.allStarted && current.open == 0) {
            run = null;
            DriftReport report = new DriftReport(current.inSync, current.drifted, current.failed, current.findings);
            current.reports.forEach(future -> outbox.complete(future, report));
        }
    }
}
