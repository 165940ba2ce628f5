package dev.homeostat.reconciler;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What happens in one turn of a reconciler: events are taken in, operations started while slots are free, statuses gathered and committed, and the timer
 * set to what comes next.
 *
 * <p>Who is next is said by {@link NextStart}, what starts together by {@link SlotFilling}, when statuses are committed by {@link StatusCommits}, and how all
 * this ends by {@link Shutdown}.
 */
final class Core<T> implements EventLoop.Machine {
    /** After a fault the next turn comes by then. */
    private static final long AFTER_A_FAULT = Duration.ofSeconds(1).toNanos();

    private final Setup<T> setup;
    private final EventLoop loop;
    private final Outbox outbox;
    private final Wakeup wakeup;
    private final Waits waits;
    private final WaitEndings<T> endings;
    private final Blockers<T> blockers;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final TurnTime time;
    private final TurnSnapshot snapshot;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final FailureLog<T> log;
    private final Intake<T> intake;
    private final Failures<T> failures;
    private final NewWorks<T> works;
    private final Requests<T> requests;
    private final RowOperations<T> rows;
    private final Refresher<T> refresher;
    private final MoreTurns moreTurns;
    private final CatchUp<T> catchUp;
    private final Pruner<T> pruner;
    private final Planner<T> planner;
    private final Survey<T> survey;
    private final PlanWriter planWriter;
    private final Arrivals<T> arrivals;
    private final ModeInForce mode;
    private final NextStart<T> nextStart;
    private final SlotFilling<T> filling;
    private final StatusCommits<T> commits;
    private final Shutdown<T> shutdown;
    private final Faults faults = new Faults();
    private final RoundLimit rounds = new RoundLimit();
    private final Stopping stopping = new Stopping();
    private final NotComeTo<T> notComeTo;
    private volatile Options options;

    /**
     * One that takes in these changes.
     *
     * @param changes of the table, of which nothing was taken yet
     * @param goesOn whether it takes over from one that ran right before
     */
    Core(
            Setup<T> setup,
            ChangeIterator<T> changes,
            EventLoop loop,
            Options options,
            RandomGenerator random,
            ReconcilerMetrics metrics,
            boolean goesOn) {
        this.setup = setup;
        this.loop = loop;
        this.options = options;
        this.outbox = new Outbox(setup.scheduler(), loop);
        this.wakeup = new Wakeup(setup.scheduler(), loop);
        this.waits = new Waits(setup.paused());
        this.blockers = new Blockers<>(setup, loop, waits);
        this.backlog = new Backlog<>(waits, blockers, setup::text);
        this.records = new Records<>(setup.store());
        Tellings tellings = new Tellings();
        this.endings = new WaitEndings<>(setup, backlog, records, waits, outbox, tellings);
        this.time = new TurnTime(setup.scheduler());
        this.snapshot = new TurnSnapshot(setup.database());
        this.slots = new Slots<>(setup, outbox, time, this::options, rounds);
        this.journal = new Journal<>(setup, new SafeMetrics(metrics, setup.fullName()), outbox);
        this.log = new FailureLog<>(setup, outbox);
        this.intake = new Intake<>(setup.table(), changes, loop);
        this.notComeTo = new NotComeTo<>(setup, intake);
        this.planner = new Planner<>(setup, backlog, records, slots, journal, this::options);
        this.failures = new Failures<>(setup, backlog, records, journal, log, new Backoff(random), this::options);
        this.works = new NewWorks<>(setup, backlog, records, slots, time, goesOn);
        this.requests = new Requests<>(setup, backlog, records, works, planner);
        this.rows = new RowOperations<>(
                setup,
                backlog,
                records,
                slots,
                journal,
                log,
                failures,
                new Facts<>(records, snapshot),
                this::options,
                planner,
                time,
                snapshot,
                stopping);
        long now = time.nanos();
        this.refresher = new Refresher<>(setup, works, rows, this::options, outbox, log, now);
        this.moreTurns = new MoreTurns(setup.scheduler(), loop, outbox);
        this.arrivals = new Arrivals<>(setup, backlog, intake, works, rows, snapshot, moreTurns);
        this.catchUp = new CatchUp<>(setup, arrivals, moreTurns);
        this.pruner = new Pruner<>(setup, backlog, slots, journal, log, outbox, this::options, loop, catchUp);
        this.survey = new Survey<>(setup, backlog, records, slots, journal, outbox, this::options, snapshot);
        this.planWriter = new PlanWriter(setup, loop, log, now);
        this.mode = new ModeInForce(this::options, pruner, planner);
        Removals<T> removals = new Removals<>(setup, backlog, slots, journal, pruner);
        RoundTrace trace = new RoundTrace(setup.fullName());
        this.commits = new StatusCommits<>(
                setup,
                records,
                trace,
                log,
                new Refusals<>(setup, backlog, log, failures, planner, stopping),
                slots,
                time,
                wakeup,
                this::options,
                tellings,
                stopping,
                this::statusesWritten,
                this::broke);
        this.nextStart = new NextStart<>(
                backlog,
                slots,
                rows,
                arrivals,
                removals,
                refresher,
                survey,
                rounds,
                trace,
                commits,
                mode,
                this::options);
        this.filling =
                new SlotFilling<>(slots, snapshot, nextStart, arrivals, pruner, removals, wakeup, mode, this::options);
        this.shutdown = new Shutdown<>(
                setup,
                this::options,
                stopping,
                slots,
                arrivals,
                backlog,
                journal,
                log,
                commits,
                wakeup,
                outbox,
                this::refuse);
        works.resume(now);
    }

    Options options() {
        return options;
    }

    /** In force at once; what depends on them is looked at in the next turn. */
    Options replaceOptions(Options newOptions) {
        slots.takeBackAll(); // nothing starts that they forbid
        options = newOptions;
        return newOptions;
    }

    Backlog<T> backlog() {
        return backlog;
    }

    Blockers<T> blockers() {
        return blockers;
    }

    /** The reconciler as the others of its registry see it. */
    Peer peer() {
        return new OnePeer<>(setup, loop, blockers);
    }

    /** When the next round may begin, if operations wait for that; else null. */
    @Nullable
    Instant nextRound() {
        long left = rounds.nextRoundNanos() - setup.scheduler().nanoTime();
        return nextStart.waitsForRound() ? setup.scheduler().instant().plusNanos(Math.max(0, left)) : null;
    }

    int waiting() {
        return waits.all().size();
    }

    Records<T> records() {
        return records;
    }

    Slots<T> slots() {
        return slots;
    }

    Journal<T> journal() {
        return journal;
    }

    Pruner<T> pruner() {
        return pruner;
    }

    Intake<T> intake() {
        return intake;
    }

    /** What has changed and was not come to. */
    NotComeTo.Counted notComeTo() {
        return notComeTo.count();
    }

    Refresher<T> refresher() {
        return refresher;
    }

    Stopping stopping() {
        return stopping;
    }

    /** What is wrong with the reconciler itself, or null. */
    @Nullable
    String problem() {
        String internal = faults.problem();
        return internal != null ? internal : commits.problem() != null ? commits.problem() : planWriter.problem();
    }

    @Override
    public void take(Event event) {
        long now = time.read();
        snapshot.renew();
        mode.look();
        switch (event) {
            case Event.Ended ended -> slots.ended(own(ended.flight()));
            case Event.Committed committed -> commits.ended(committed.commit());
            case Event.WalksPrepared walks -> {
                if (!stopping.isOver()) {
                    refresher.prepared(walks.preparation(), now);
                }
            }
            case Event.Look look -> lookAgain(look, now);
            case Event.RetryNow retry -> requests.retryNow(retry.key(), now);
            case Event.Refresh refresh -> refresh(refresh.key(), now);
            case Event.Observe observe -> survey.ask(observe.report());
            case Event.Paused paused -> planner.paused(paused.key());
            case Event.Resumed resumed -> requests.resumed(resumed.key());
            case Event.BlockerChanged changed -> wake(blockers.lookAgain(changed.row()), now);
            case Event.PeersChanged changed -> wake(blockers.lookAgain(changed.table()), now);
            case Event.Waiting waiting -> startWait(waiting.waiter());
            case Event.WaitsNoMore gone -> waits.remove(gone.waiter());
            case Event.PruneNow prune -> pruner.ask(prune.report());
            case Event.Confirm confirm -> pruner.confirm(confirm);
            case Event.Stop _ -> {
                if (stopping.begin(now)) {
                    planner.stopping();
                    slots.cancelAll(false);
                }
            }
        }
        slots.tellFault();
    }

    private void startWait(Wait wait) {
        waits.add(wait, backlog.all());
        setup.paused().forEach(key -> endings.paused(wait, key));
    }

    /** Nothing starts on that key, from now on or no more; says whether that is news. Called under the loop's lock. */
    boolean pause(Key key, boolean pause) {
        if (pause && setup.paused().contains(key)) {
            return false; // before anything is taken back for it
        }
        if (pause) {
            slots.takeBackAll();
        }
        Work<T> work = backlog.get(key);
        if (work != null) {
            waits.before(work);
        }
        boolean changed = pause ? setup.paused().add(key) : setup.paused().remove(key);
        if (work != null) {
            waits.after(work);
        } else if (pause) {
            waits.all().forEach(wait -> endings.paused(wait, key));
        }
        return changed;
    }

    private void wake(List<Work<T>> woken, long now) {
        woken.forEach(work -> backlog.wake(work, now));
    }

    private void refresh(@Nullable Key key, long now) {
        if (key == null) {
            refresher.demandAll(now);
        } else {
            requests.refreshNow(key, now);
        }
    }

    /** Called under the lock by whoever looks: settles what has ended, so that what is seen is true now; what follows from it is left to a turn. */
    void settleEnded() {
        time.read();
        snapshot.renew();
        boolean any = true;
        try {
            any = slots.settleAll();
            slots.tellFault();
        } catch (RuntimeException | Error e) {
            broke(e);
        } finally {
            snapshot.renew();
        }
        if (any) {
            loop.post(Event.Look.AT_THE_CLOCK);
        }
    }

    /** Called under the lock, by whoever sees that the owner did not even begin the stop: the stop begins, and what runs is interrupted. */
    void interruptIfStuck() {
        if (stopping.begin(time.read())) {
            planner.stopping();
            slots.interruptAll();
        }
    }

    private void lookAgain(Event.Look look, long now) {
        switch (look) {
            case AT_THE_INITIALIZERS -> pruner.initializersChanged();
            case AT_THE_OPTIONS -> {
                rounds.renew();
                refresher.optionsChanged(now);
                survey.optionsChanged();
                failures.optionsChanged(now);
            }
            case AT_THE_TABLE -> slots.takeBackRefreshes();
            case AT_MORE_CHANGES -> moreTurns.came();
            case AT_THE_CLOCK -> {}
        }
    }

    @Override
    public void decide() {
        try {
            decideByOneSnapshot();
        } finally {
            snapshot.renew(); // one that is held while nothing happens would keep all rows of the database
        }
    }

    private void decideByOneSnapshot() {
        long now = time.read();
        snapshot.renew();
        wakeup.begin();
        arrivals.begin();
        if (stopping.isOver()) {
            shutdown.commitTheRest(now);
            return;
        }
        mode.look();
        slots.expire(now);
        if (stopping.hasBegun()) {
            shutdown.goOn(now);
        } else {
            catchUp.goOn();
            filling.fill(now);
        }
        journal.failingNow(
                backlog.failing().size()); // before anybody hears that it stopped: metrics of it are gone then
        blockers.judge();
        finishWaits(now);
        if (stopping.isOver()) {
            shutdown.commitTheRest(now);
        } else {
            commits.decide(now);
        }
        planWriter.decide(now, wakeup);
        log.decide(now, wakeup);
        faults.turnWentWell(now, wakeup);
        wakeup.arm(now);
        slots.tellFault();
    }

    @Override
    public @Nullable Errand act(boolean keepOne) {
        Errand kept = outbox.runStarts(keepOne);
        Errand commit = commits.takeDecided();
        if (kept == null && keepOne) {
            kept = commit;
        } else if (commit != null) {
            loop.launch(commit);
        }
        try {
            planWriter.act();
        } catch (RuntimeException | Error e) { // must not take the flight away
            loop.look(() -> {
                broke(e);
                return null;
            });
        }
        outbox.runAfterwards();
        return kept;
    }

    @Override
    public void broke(Throwable fault) {
        if (fault instanceof TableRemovedException) {
            stopping.because("the table was removed");
            stopping.begin(setup.scheduler().nanoTime());
            shutdown.finish(fault.getMessage() == null ? "the table was removed" : fault.getMessage());
            shutdown.tell();
        } else {
            long now = setup.scheduler().nanoTime();
            faults.happened(fault, setup.scheduler().instant(), now);
            log.broke("an event could not be handled", fault, now);
            goOn(now);
        }
    }

    /** A turn that broke off has not set the timer. */
    private void goOn(long now) {
        if (shutdown.isLate(now)) {
            shutdown.finish(stopping.reason());
            shutdown.tell();
        } else {
            wakeup.at(now + AFTER_A_FAULT);
            wakeup.arm(now);
        }
    }

    private void finishWaits(long now) {
        if (waits.isEmpty()) {
            return;
        }
        String halted = WaitEndings.halted(setup, options);
        if (halted == null && !stopping.hasBegun()) {
            arrivals.lookAhead(now);
        }
        boolean ended =
                halted == null ? endings.end(intake.lookedAt(setup.store().liftsRows())) : endings.endAll(halted);
        if (ended) {
            commits.atOnce();
        }
    }

    private void refuse(String reason) {
        endings.endAll(reason);
        pruner.stop(reason);
        survey.stop(reason);
    }

    private void statusesWritten() {
        shutdown.tellIfOver();
    }

    @SuppressWarnings("unchecked") // only its own flights come back to it
    private Flight<T> own(Flight<?> flight) {
        return (Flight<T>) flight;
    }
}
