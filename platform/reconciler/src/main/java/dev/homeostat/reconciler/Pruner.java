package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prunes: decides when, has the plugin search, asks the guard, and hands what is to be removed to {@link Removals}.
 *
 * <p>Never before the table is initialized, and one at a time: a search that passed its deadline counts until it ends.
 */
final class Pruner<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final FailureLog<T> log;
    private final Outbox outbox;
    private final Supplier<Options> options;
    private final EventLoop loop;
    private final List<CompletableFuture<PruneReport>> asked = new ArrayList<>();
    private final List<Event.Confirm> confirmed = new ArrayList<>();
    private boolean initialized;
    private Watch.@Nullable Registration watching;
    private @Nullable Attempt<T> search;
    private @Nullable PruneRun run;
    private boolean ended;
    private long endedNanos;
    private final PruneTrouble trouble = new PruneTrouble();
    private final HeldList heldList;

    /** Whether something was planned that is to be done at last: the next search is due at once. */
    private boolean soon;

    /** Whether a plan has begun, and nobody has looked yet for what a prune would remove: in mode PLAN a search is due at once. */
    private boolean planWantsSearch;

    /** When a search has ended and found something, every delete up to then must be known. */
    private final CatchUp<T> catchUp;

    Pruner(
            Setup<T> setup,
            Backlog<T> backlog,
            Slots<T> slots,
            Journal<T> journal,
            FailureLog<T> log,
            Outbox outbox,
            Supplier<Options> options,
            EventLoop loop,
            CatchUp<T> catchUp) {
        this.setup = setup;
        this.backlog = backlog;
        this.slots = slots;
        this.journal = journal;
        this.log = log;
        this.outbox = outbox;
        this.options = options;
        this.loop = loop;
        this.catchUp = catchUp;
        this.heldList = new HeldList(setup.registry());
    }

    void ask(CompletableFuture<PruneReport> report) {
        asked.add(report);
    }

    void confirm(Event.Confirm confirm) {
        confirmed.add(confirm);
    }

    @Nullable
    HeldPrune held() {
        return heldList.held();
    }

    /**
     * Why the last prune that ended did not succeed, since when they fail, and when the next one is due; or what failed of the one that runs, which may be for long
     * in a pause. Null when nothing did.
     */
    @Nullable
    String problem() {
        PruneRun running = run;
        if (running != null && !running.failures().isEmpty()) {
            return "prune: " + failed(running)
                    + (options.get().mode() == Mode.PAUSED ? ", and the others wait in the pause" : ", and it goes on");
        }
        String text = trouble.text();
        return text == null
                ? null
                : text + ", the next one "
                        + next(setup.scheduler().instant(), setup.scheduler().nanoTime());
    }

    /** The prune whose removals are to be run, or null. */
    @Nullable
    PruneRun run() {
        return searches() ? null : run;
    }

    /** Begins a prune if one is wanted and may be; says whether it did. */
    boolean start(long now) {
        lookAtInitializers();
        if (!initialized || run != null || search != null) {
            return false;
        }
        if (!confirmed.isEmpty() && !plans()) {
            startConfirmed(confirmed.removeFirst(), now);
            return true;
        }
        if (asked.isEmpty() && !isDue(now)) {
            return false;
        }
        startSearch(now);
        return true;
    }

    /** When the next prune is due. */
    long nextNanos() {
        Duration interval = options.get().pruneInterval();
        if (interval == null || !initialized || run != null || !ended) {
            return Wakeup.NEVER;
        }
        return endedNanos + Nanos.of(interval);
    }

    String state(Instant instant, long now) {
        Set<String> pending = setup.table().pendingInitializers(setup.database().readTxn());
        if (!pending.isEmpty()) {
            return "waits for initializer "
                    + String.join(
                            ", ",
                            pending.stream().map(name -> "\"" + name + "\"").toList());
        }
        if (run != null) {
            return "runs";
        }
        if (planWantsSearch && plans()) {
            return "is due";
        }
        if (options.get().pruneInterval() == null && !soon) {
            return "on demand only";
        }
        long next = nextNanos();
        return next == Wakeup.NEVER ? "is due" : "next at " + Nanos.shown(instant.plusNanos(next - now));
    }

    private String next(Instant instant, long now) {
        if (run != null) {
            return "runs";
        }
        if (options.get().pruneInterval() == null && !soon) {
            return "waits until somebody asks for it";
        }
        long next = nextNanos();
        return next == Wakeup.NEVER ? "is due" : "is due at " + Nanos.shown(instant.plusNanos(next - now));
    }

    /** The last removal ended, or there was none. */
    void finish(PruneRun finished) {
        List<WaitResult.Failure> failed = finished.failures();
        if (finished.planned != null && failed.isEmpty()) {
            endPlanned(finished);
            return;
        }
        if (failed.isEmpty()) {
            trouble.ended();
            heldList.clear();
        } else {
            failed(failed(finished), false);
        }
        end(
                finished,
                failed.isEmpty() ? ReconcilerMetrics.PruneResult.DONE : ReconcilerMetrics.PruneResult.FAILED,
                null);
    }

    void stop(String reason) {
        List<CompletableFuture<PruneReport>> open = new ArrayList<>(asked);
        confirmed.forEach(confirm -> open.add(confirm.report()));
        if (run != null) {
            open.addAll(run.reports);
            record(run, "stopped");
        }
        open.forEach(report -> outbox.fail(report, new IllegalStateException("no prune: " + reason)));
        asked.clear();
        confirmed.clear();
        run = null;
        catchUp.stop();
        heldList.forgetRemovals();
        if (watching != null) {
            watching.close();
        }
    }

    private boolean isDue(long now) {
        long next = nextNanos();
        return soon
                || (planWantsSearch && plans())
                || (options.get().pruneInterval() != null && (!ended || (next != Wakeup.NEVER && next - now <= 0)));
    }

    private void lookAtInitializers() {
        if (initialized || watching != null) {
            return;
        }
        ReadTxn txn = setup.database().readTxn();
        initialized = setup.table().initialized(txn);
        if (!initialized) {
            watching = setup.table().initializedWatch(txn).onClose(() -> loop.post(Event.Look.AT_THE_INITIALIZERS));
        }
    }

    void initializersChanged() {
        watching = null;
    }

    private void startSearch(long now) {
        ReadTxn txn = setup.database().readTxn();
        PruneRun begun = new PruneRun(now, asked);
        begun.wasSoon = soon;
        begun.onlyPlans = plans();
        Cause cause = asked.isEmpty() ? Cause.PRUNE : Cause.MANUAL;
        asked.clear();
        run = begun;
        soon = false;
        planWantsSearch = false;
        Attempt<T> attempt =
                Attempt.ofPrune(new Search(), null, txn, setup.table().revision(txn), trouble.inSequence() + 1, cause);
        search = attempt;
        slots.startAlone(attempt);
    }

    private void startConfirmed(Event.Confirm confirm, long now) {
        try {
            List<PlannedRemoval> removals = heldList.confirm(confirm.number());
            PruneRun begun = new PruneRun(now, List.of(confirm.report()));
            begun.plan(removals);
            run = begun;
        } catch (IllegalArgumentException e) {
            outbox.fail(confirm.report(), e);
        }
    }

    /** Whether a search is under way, or what it found cannot be judged yet. */
    private boolean searches() {
        return search != null || catchUp.isUnderWay();
    }

    private void judge(PruneRun current, List<PlannedRemoval> removals) {
        try {
            guard(current, removals);
        } catch (RuntimeException | Error e) { // one that has nothing to remove would pass for a success
            if (current.equals(run)) {
                fail(current, "what it found could not be judged: " + Reason.of(e));
            }
            throw e;
        }
    }

    private void guard(PruneRun current, List<PlannedRemoval> removals) {
        ReadTxn txn = setup.database().readTxn();
        List<PlannedRemoval> counted = new ArrayList<>();
        for (PlannedRemoval removal : removals) {
            Work<T> work = removal.key() == null ? null : backlog.get(removal.key());
            boolean desired = removal.key() != null && setup.row(txn, removal.key()) != null;
            if (desired || (work != null && work.isUndoneDelete())) {
                current.spared(removal);
            } else {
                counted.add(removal);
            }
        }
        long rows = setup.table().count(txn);
        boolean hadRows = setup.table().revision(txn) > 0; // which never goes back to 0 as long as the process lives
        String tooMuch = PruneGuard.reason(options.get(), counted.size(), rows, hadRows);
        String elsewhere = counted.isEmpty() ? null : setup.registry().holdsPrunes(setup.table(), txn);
        String reason = elsewhere == null ? tooMuch : tooMuch == null ? elsewhere : elsewhere + "; and " + tooMuch;
        if (plans()) {
            plan(current, counted, reason);
            trouble.planned();
            endPlanned(current);
        } else if (reason == null) {
            current.plan(counted);
            if (current.isOver()) {
                finish(current);
            }
        } else {
            hold(current, counted, reason);
        }
    }

    private void hold(PruneRun current, List<PlannedRemoval> removals, String reason) {
        HeldPrune now = heldList.hold(removals, reason, setup.scheduler().instant());
        log.pruneHeld(now.number(), reason, setup.scheduler().nanoTime());
        end(current, ReconcilerMetrics.PruneResult.HELD, now);
    }

    /**
     * The mode became PLAN: removals that have not begun are planned, and what runs ends. Where nothing runs, what a prune would remove is searched for at once, and
     * not in an hour: or the plan would say that nothing is to be done.
     */
    void planBegins() {
        planWantsSearch = run == null && options.get().pruneInterval() != null;
        PruneRun current = run();
        List<PlannedRemoval> rest = current == null ? List.of() : current.takeRest();
        if (current != null && !rest.isEmpty()) {
            plan(current, rest, null);
            if (current.isOver()) {
                finish(current); // a removal may have failed already
            }
        }
    }

    /** The mode became APPLY: what is planned is searched for again, unless a search is under way, and removed as far as it is still there. */
    void planEnds() {
        planWantsSearch = false;
        soon |= !(run != null && searches()) && !setup.plan().removals().isEmpty();
    }

    private boolean plans() {
        return options.get().mode() == Mode.PLAN;
    }

    private void plan(PruneRun current, List<PlannedRemoval> removals, @Nullable String held) {
        long revision = setup.table().revision(setup.database().readTxn());
        Instant now = setup.scheduler().instant();
        setup.plan()
                .removals(removals.stream()
                        .map(removal -> new PlannedChange(
                                "prune", removal.name(), Cause.PRUNE, revision, now, null, null, held))
                        .toList());
        current.planned = new PruneReport.Planned(
                removals.stream().map(PlannedRemoval::name).sorted().toList(), held);
    }

    private void endPlanned(PruneRun current) {
        end(current, ReconcilerMetrics.PruneResult.PLANNED, null);
    }

    private void fail(PruneRun current, String reason) {
        failed(reason, current.onlyPlans && plans());
        current.reports.forEach(report ->
                outbox.fail(report, new IllegalStateException("prune of " + setup.fullName() + " failed: " + reason)));
        current.reports.clear();
        end(current, ReconcilerMetrics.PruneResult.FAILED, null);
    }

    private void end(PruneRun over, ReconcilerMetrics.PruneResult result, @Nullable HeldPrune heldNow) {
        run = null;
        long now = setup.scheduler().nanoTime();
        ended = true;
        endedNanos = now;
        journal.pruneEnded(now - over.startedNanos, result, over.removals());
        record(over, result.name().toLowerCase(Locale.ROOT));
        PruneReport report = over.report(heldNow);
        over.reports.forEach(future -> outbox.complete(future, report));
    }

    private void record(PruneRun over, String result) {
        if (over.event != null) {
            over.event.ended(setup.fullName(), result, over);
        }
    }

    private static String failed(PruneRun prune) {
        WaitResult.Failure first = prune.failures().getFirst();
        return prune.failures().size() + " removal(s) failed, such as " + first.key() + ": " + first.reason();
    }

    private void failed(String reason, boolean onlyPlanned) {
        trouble.failed(reason, onlyPlanned, setup.scheduler().instant());
        log.pruneFailed(reason, setup.scheduler().nanoTime());
    }

    /** The plugin's search for what is not desired. */
    private final class Search implements Task<T> {
        private final PruneListing listing = new PruneListing();

        @Override
        public boolean isWanted(Attempt<T> attempt, ReadTxn newest) {
            return true;
        }

        @Override
        public Outcome run(Attempt<T> attempt) throws Exception {
            listing.begin(attempt);
            setup.operations().prune(listing, setup.table().all(attempt.txn()));
            return Outcome.done();
        }

        @Override
        public String text(Attempt<T> attempt) {
            return "";
        }

        @Override
        public void ended(Attempt<T> attempt, Outcome outcome) {
            if (!attempt.isAbandoned()) {
                search = null;
            }
            PruneRun current = run;
            if (current == null) {
                return;
            }
            List<PlannedRemoval> removals = listing.close();
            if (outcome instanceof Outcome.Retry retry) {
                journal.pruneSearchFailed();
                fail(current, retry.reason());
            } else if (removals.isEmpty() && !plans()) {
                finish(current);
            } else {
                catchUp.begin(() -> judge(current, removals));
            }
        }

        @Override
        public void endedLate(Attempt<T> attempt) {
            search = null;
        }

        @Override
        public void skipped(Attempt<T> attempt) {
            takenBack(attempt);
        }

        /** Otherwise it would be one that found nothing, and a success. */
        @Override
        public void brokeOff(Attempt<T> attempt, Throwable fault) {
            PruneRun current = run;
            if (current != null && !searches()) {
                fail(current, "what was to follow from its search broke: " + Reason.of(fault));
            }
        }

        /** It is wanted as before: whoever asked waits on, and it begins again when it may. */
        @Override
        public void takenBack(Attempt<T> attempt) {
            PruneRun current = run;
            search = null;
            run = null;
            if (current != null) {
                asked.addAll(0, current.reports);
                soon |= current.wasSoon;
                planWantsSearch |= current.onlyPlans;
            }
        }
    }
}
