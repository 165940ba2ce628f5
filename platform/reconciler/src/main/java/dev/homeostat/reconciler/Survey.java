package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the target for all rows that are done, once, because somebody asked: in the order of their keys, at the refresh rate, behind all other work. A
 * row that changes meanwhile is not counted: it is looked after by an update. The rows are those of one snapshot, which is held until the survey is over.
 */
final class Survey<T> {
    private static final int LISTED = 100;

    /** So many rows at most are passed over in one turn. */
    private static final int PASSED_OVER = 1000;

    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final Outbox outbox;
    private final Supplier<Options> options;
    private final TurnSnapshot snapshot;
    private final RateLimit limit;
    private List<CompletableFuture<DriftReport>> asked = new ArrayList<>();
    private @Nullable Run<T> run;
    private boolean goOn;

    /** One survey. */
    private static final class Run<T> {
        final List<CompletableFuture<DriftReport>> reports;
        final Iterator<Row<T>> rows;

        /** Those that were given a place and did not begin. */
        final Deque<Key> again = new ArrayDeque<>();

        final List<DriftReport.Finding> findings = new ArrayList<>();
        boolean allStarted;
        int open;
        long inSync;
        long drifted;
        long failed;

        Run(List<CompletableFuture<DriftReport>> reports, Iterator<Row<T>> rows) {
            this.reports = reports;
            this.rows = rows;
        }

        boolean hasNext() {
            return !again.isEmpty() || rows.hasNext();
        }

        Key next() {
            Key first = again.poll();
            return first == null ? rows.next().key() : first;
        }
    }

    Survey(
            Setup<T> setup,
            Backlog<T> backlog,
            Records<T> records,
            Slots<T> slots,
            Journal<T> journal,
            Outbox outbox,
            Supplier<Options> options,
            TurnSnapshot snapshot) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.slots = slots;
        this.journal = journal;
        this.outbox = outbox;
        this.options = options;
        this.snapshot = snapshot;
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
        goOn = false;
        int passedOver = 0;
        for (Run<T> current = current();
                current != null && !current.allStarted && limit.hasToken(now);
                current = current()) {
            if (!current.hasNext()) {
                current.allStarted = true;
                finishIfOver(current);
            } else if (look(current, current.next())) {
                limit.take();
                return true;
            } else if (++passedOver == PASSED_OVER) {
                goOn = true;
                return false;
            }
        }
        return false;
    }

    /** When the next look may start. */
    long nextNanos(long now) {
        Run<T> current = run;
        if (current == null || current.allStarted) {
            return Wakeup.NEVER;
        }
        return goOn ? now + 1 : limit.nextTokenNanos(now);
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

    private @Nullable Run<T> current() {
        if (run == null && !asked.isEmpty()) {
            ReadTxn txn = setup.database().readTxn();
            run = new Run<>(asked, setup.table().all(txn).iterator());
            asked = new ArrayList<>();
        }
        return run;
    }

    /** Says whether it started: what is not done, or not any more, needs no look. */
    private boolean look(Run<T> current, Key key) {
        ReadTxn txn = snapshot.txn();
        Row<T> row = backlog.get(key) == null ? setup.row(txn, key) : null;
        StatusRecord<T> record = row == null ? null : records.get(txn, key);
        if (row == null || record == null || !isDone(row, record)) {
            return false;
        }
        Work<T> work = backlog.add(key);
        work.facts = record.facts();
        Attempt<T> attempt = Attempt.toSurvey(
                new Look(current),
                work,
                row,
                record.status().generation(),
                setup.table().revision(txn));
        current.open++;
        work.running = attempt;
        slots.start(attempt);
        return true;
    }

    private boolean isDone(Row<T> row, StatusRecord<T> record) {
        Status status = record.status();
        return !record.isDelete()
                && status.kind() == StatusKind.DONE
                && status.generation() == setup.store().generation(row);
    }

    private void observed(Run<T> current, Attempt<T> attempt, Observing.Found seen) {
        Work<T> work = attempt.work();
        current.open--;
        try {
            Row<T> row = setup.row(setup.database().readTxn(), work.key);
            if (row != null && setup.store().generation(row) == attempt.generation()) {
                journal.observed(attempt, work.key, seen);
                count(current, setup.text(work.key), seen);
            }
        } finally {
            finishIfOver(current);
        }
    }

    private void count(Run<T> current, String key, Observing.Found seen) {
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

    private void list(Run<T> current, DriftReport.Finding finding) {
        if (current.findings.size() < LISTED) {
            current.findings.add(finding);
        }
    }

    private void finishIfOver(Run<T> current) {
        if (run == current && current.allStarted && current.open == 0) {
            run = null;
            DriftReport report = new DriftReport(current.inSync, current.drifted, current.failed, current.findings);
            current.reports.forEach(future -> outbox.complete(future, report));
        }
    }

    /** A look for a report. */
    private final class Look extends Observing<T> {
        private final Run<T> of;

        Look(Run<T> of) {
            super(setup, backlog);
            this.of = of;
        }

        @Override
        void observed(Attempt<T> attempt, Found found) {
            Survey.this.observed(of, attempt, found);
        }

        /** The row has changed meanwhile. */
        @Override
        public void skipped(Attempt<T> attempt) {
            of.open--;
            endedLate(attempt);
            finishIfOver(of);
        }

        @Override
        public void takenBack(Attempt<T> attempt) {
            of.again.addFirst(attempt.key());
            of.allStarted = false;
            of.open--;
            endedLate(attempt);
        }
    }
}
