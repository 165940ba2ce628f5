package dev.homeostat.reconciler;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in one turn of a reconciler: events are taken in, operations started while slots are free, statuses gathered and committed, and the timer
 * set to what comes next.
 *
 * <h2>Who is next</h2>
 *
 * Three queues feed the free slots in turn, so that none starves another: changes (in revision order, from the table itself; before them those whose key
 * was closed), retries whose time has come, and removals of a prune. Refreshes come when these are empty, and leave one slot free for what comes then, if
 * there is more than one; or, once in a while, when these never are. Observations that somebody asked for come after refreshes. The
 * search of a prune that is due goes before all of them: there is one an hour.
 *
 * <h2>What starts together</h2>
 *
 * A turn fills each free slot with a slice or a batch, from the queues in the order above ({@link Slots}), and decides on one snapshot ({@link TurnSnapshot}).
 * What was given a place and is taken back before it began goes to the head of the queue that it came from, and counts in its round no more.
 *
 * <h2>When statuses are committed</h2>
 *
 * At the latest {@link #LONGEST_UNWRITTEN} after the oldest result, so that an operation that takes long holds back nobody's status; at once when nothing
 * runs any more, or a round's worth has come together. Whoever waits is told after the commit.
 */
final class Core<T> implements EventLoop.Machine {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final long LONGEST_UNWRITTEN = Duration.ofMillis(1).toNanos();
    private static final long COMMIT_AGAIN = Duration.ofSeconds(1).toNanos();
    private static final int QUEUES = 3;

    /** So many rows and deletes that wait in a pause are known one by one; the others stay in the table, where deletes cannot be counted. */
    private static final int KNOWN_IN_A_PAUSE = 10_000;

    private static final int STARTS_BEFORE_A_REFRESH = 16;

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
    private final Intake<T> intake;
    private final RowOperations<T> rows;
    private final Refresher<T> refresher;
    private final Pruner<T> pruner;
    private final Removals<T> removals;
    private final Planner<T> planner;
    private final Survey<T> survey;
    private final PlanWriter planWriter;
    private final RoundLimit rounds = new RoundLimit();
    private final Stopping stopping = new Stopping();
    private volatile Options options;
    private Mode mode = Mode.APPLY;
    private int nextQueue;
    private int startsSinceRefresh;
    private int othersBeforeAlone;
    private boolean waitsForRound;

    /** The last that was taken in for the sake of those who wait. */
    private @Nullable Work<T> ahead;

    private @Nullable Map<Key, @Nullable StatusRecord<T>> toCommit;
    private boolean commitNow;
    private long commitNotBefore;
    private @Nullable String problem;
    private @Nullable String commitProblem;

    Core(Setup<T> setup, EventLoop loop, Options options, RandomGenerator random, ReconcilerMetrics metrics) {
        this.setup = setup;
        this.loop = loop;
        this.options = options;
        this.outbox = new Outbox(setup.scheduler(), loop);
        this.wakeup = new Wakeup(setup.scheduler(), loop);
        this.waits = new Waits(setup.paused());
        this.blockers = new Blockers<>(setup, loop, waits);
        this.backlog = new Backlog<>(waits, blockers);
        this.records = new Records<>(setup.store());
        this.endings = new WaitEndings<>(setup, backlog, records, waits, outbox);
        this.time = new TurnTime(setup.scheduler());
        this.snapshot = new TurnSnapshot(setup.database());
        this.slots = new Slots<>(setup, outbox, time, this::options, rounds);
        this.journal = new Journal<>(setup, new SafeMetrics(metrics, setup.fullName()), outbox);
        this.intake = new Intake<>(setup.table(), loop);
        this.planner = new Planner<>(setup, backlog, slots, journal, this::options);
        this.rows = new RowOperations<>(
                setup, backlog, records, slots, journal, new Backoff(random), this::options, planner, time, snapshot);
        long now = time.nanos();
        this.refresher = new Refresher<>(setup, rows, this::options, now);
        this.pruner = new Pruner<>(setup, backlog, slots, journal, outbox, this::options, loop, this::takeInAllChanges);
        this.removals = new Removals<>(setup, backlog, slots, journal, pruner);
        this.survey = new Survey<>(setup, backlog, records, slots, journal, outbox, this::options, snapshot);
        this.planWriter = new PlanWriter(setup, loop, now);
        this.commitNotBefore = now;
        rows.resume(now);
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
        return waitsForRound ? setup.scheduler().instant().plusNanos(Math.max(0, left)) : null;
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

    Refresher<T> refresher() {
        return refresher;
    }

    Stopping stopping() {
        return stopping;
    }

    /** What is wrong with the reconciler itself, or null. */
    @Nullable
    String problem() {
        return problem != null ? problem : commitProblem != null ? commitProblem : planWriter.problem();
    }

    @Override
    public void take(Event event) {
        long now = time.read();
        snapshot.renew();
        lookAtMode();
        switch (event) {
            case Event.Ended ended -> slots.ended(own(ended.flight()));
            case Event.Look look -> lookAgain(look, now);
            case Event.RetryNow retry -> rows.retryNow(retry.key(), now);
            case Event.Refresh refresh -> refresh(refresh.key(), now);
            case Event.Observe observe -> survey.ask(observe.report());
            case Event.Paused paused -> planner.paused(paused.key());
            case Event.Resumed resumed -> rows.resumed(resumed.key());
            case Event.BlockerChanged changed -> wake(blockers.lookAgain(changed.row()), now);
            case Event.PeersChanged changed -> wake(blockers.lookAgain(changed.table()), now);
            case Event.Waiting waiting -> startWait(waiting.waiter());
            case Event.WaitsNoMore gone -> waits.remove(gone.waiter());
            case Event.PruneNow prune -> pruner.ask(prune.report());
            case Event.Confirm confirm -> pruner.confirm(confirm);
            case Event.Stop _ -> {
                if (stopping.begin(now)) {
                    rows.stopping();
                    planner.stopping();
                    slots.cancelAll(false);
                }
            }
        }
    }

    private void startWait(Wait wait) {
        waits.add(wait, backlog.all());
        setup.paused().forEach(key -> endings.paused(wait, key));
    }

    /** Nothing starts on that key, from now on or no more; says whether that is news. Called under the loop's lock. */
    boolean pause(Key key, boolean pause) {
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

    /** Called before anything else is decided: whatever was planned is known to be a plan. */
    private void lookAtMode() {
        if (mode == options.mode()) {
            return;
        }
        mode = options.mode();
        switch (mode) {
            case APPLY -> {
                pruner.planEnds();
                planner.end();
            }
            case PLAN -> {
                pruner.planBegins();
                planner.begin();
            }
            case PAUSED -> {}
        }
    }

    private void refresh(@Nullable Key key, long now) {
        if (key == null) {
            refresher.demandAll(now);
        } else {
            rows.refreshNow(key, now);
        }
    }

    /** Called under the lock by whoever looks: settles what has ended, so that what is seen is true now; what follows from it is left to a turn. */
    void settleEnded() {
        time.read();
        snapshot.renew();
        boolean any = true;
        try {
            any = slots.settleAll();
        } catch (RuntimeException | Error e) {
            broke(e);
        }
        if (any) {
            loop.post(Event.Look.AT_THE_CLOCK);
        }
    }

    private void lookAgain(Event.Look look, long now) {
        switch (look) {
            case AT_THE_INITIALIZERS -> pruner.initializersChanged();
            case AT_THE_OPTIONS -> {
                rounds.renew();
                refresher.optionsChanged(now);
                survey.optionsChanged();
                rows.optionsChanged(now);
            }
            case AT_THE_TABLE -> slots.takeBackRefreshes();
            case AT_THE_CLOCK -> {}
        }
    }

    @Override
    public void decide() {
        long now = time.read();
        snapshot.renew();
        wakeup.begin();
        if (stopping.isOver()) {
            refuseWhatIsAsked();
            commitTheRest(now);
            return;
        }
        lookAtMode();
        slots.expire(now);
        if (stopping.hasBegun()) {
            stopSlowly(now);
        } else {
            fillSlots(now);
        }
        blockers.judge();
        finishWaits(now);
        decideCommit(now);
        planWriter.decide(now, wakeup);
        journal.failingNow(backlog.failing().size());
        wakeup.arm(now);
    }

    @Override
    public @Nullable Flight<?> act(boolean keepOne) {
        Flight<?> kept = outbox.runStarts(keepOne);
        Map<Key, @Nullable StatusRecord<T>> changes = toCommit;
        toCommit = null;
        if (changes != null) {
            commit(changes);
        }
        planWriter.act();
        outbox.runAfterwards();
        return kept;
    }

    @Override
    public void broke(Throwable fault) {
        if (fault instanceof TableRemovedException) {
            stopping.because("the table was removed");
            stopping.begin(setup.scheduler().nanoTime());
            rows.stopping();
            finishStop(fault.getMessage() == null ? "the table was removed" : fault.getMessage());
            tellStopped();
        } else {
            problem =
                    "internal error at " + setup.scheduler().instant() + ", please report it: " + Attempt.reason(fault);
            outbox.afterwards(() -> LOG.error("reconciler {}: an event could not be handled", setup.fullName(), fault));
            goOn(setup.scheduler().nanoTime());
        }
    }

    /** A turn that broke off has not set the timer. */
    private void goOn(long now) {
        if (stopping.hasBegun() && now - stopDeadlineNanos() >= 0) {
            finishStop(stopping.reason());
            tellStopped();
        } else {
            wakeup.at(now + COMMIT_AGAIN);
            wakeup.arm(now);
        }
    }

    private void fillSlots(long now) {
        waitsForRound = false;
        snapshot.renew();
        try {
            do {
                while (slots.hasRoom() && startOne(now)) {}
            } while (!waitsForRound && slots.takeBackForFreeSlots());
        } finally {
            slots.launch();
        }
        wakeup.at(waitsForRound ? rounds.nextRoundNanos() : Wakeup.NEVER);
        wakeup.at(future(survey.nextNanos(now), now));
        wakeup.at(dueOf(slots.first()));
        if (mode == Mode.PAUSED) {
            takeInChanges(KNOWN_IN_A_PAUSE, now);
        } else {
            wakeup.at(future(dueOf(backlog.retries().first()), now));
            wakeup.at(future(pruner.nextNanos(), now));
        }
        if (mode == Mode.APPLY) {
            wakeup.at(future(refresher.nextNanos(now), now));
        }
    }

    /** Starts one operation, or says that none can start now. */
    private boolean startOne(long now) {
        if (removals.isAlone()) {
            return false;
        }
        if (mode != Mode.APPLY) {
            return (mode == Mode.PLAN && pruner.start(now)) || startOther(now);
        }
        if (removals.wantsToBeAlone()) {
            if (othersBeforeAlone > 0 && startOther(now)) {
                othersBeforeAlone--;
                return true;
            }
            if (slots.taken() > 0) {
                return false;
            }
            othersBeforeAlone = options.concurrency();
            return removals.startAlone() || startOne(now);
        }
        return (slots.isFree() && pruner.start(now)) || startOther(now);
    }

    private boolean startOther(long now) {
        if (!rounds.allows(options, now)) {
            waitsForRound = true;
            return false;
        }
        boolean started = (startsSinceRefresh >= STARTS_BEFORE_A_REFRESH && startRefresh(now))
                || (mode != Mode.PAUSED && startFromQueues(now))
                || (leavesASlot() && startRefresh(now));
        if (started) {
            rounds.take();
        }
        return started;
    }

    private boolean startFromQueues(long now) {
        for (int i = 0; i < QUEUES; i++) {
            int queue = (nextQueue + i) % QUEUES;
            boolean started = switch (queue) {
                case 0 -> startChange(now);
                case 1 -> startRetry(now);
                default -> mode == Mode.APPLY && removals.startKeyed();
            };
            if (started) {
                nextQueue = (queue + 1) % QUEUES;
                startsSinceRefresh++;
                return true;
            }
        }
        return false;
    }

    /** Whether, with one operation more, a change that comes in the next moment still finds a slot; with a single one it waits for one operation. */
    private boolean leavesASlot() {
        startsSinceRefresh = 0;
        return options.concurrency() == 1 || slots.taken() < options.concurrency() - 1;
    }

    private boolean startRefresh(long now) {
        startsSinceRefresh = 0;
        return (mode == Mode.APPLY && (startRefreshPutBack() || refresher.start(now))) || survey.start(now);
    }

    private boolean startRefreshPutBack() {
        for (Work<T> work = backlog.pollRefresh(); work != null; work = backlog.pollRefresh()) {
            if (rows.start(work, RowOperations.NOT_LOOKED)) {
                return true;
            }
        }
        return false;
    }

    private boolean startChange(long now) {
        while (true) {
            Work<T> work = backlog.pollReady();
            long wantedAt = RowOperations.NOT_LOOKED;
            if (work == null) {
                Change<T> change = intake.next(snapshot::toLookThrough);
                if (change == null) {
                    return false;
                }
                work = rows.take(change, now);
                wantedAt = intake.upTo();
            }
            if (work != null && rows.start(work, wantedAt)) {
                return true;
            }
        }
    }

    private boolean startRetry(long now) {
        for (Work<T> work = backlog.pollRetry(now); work != null; work = backlog.pollRetry(now)) {
            if (rows.start(work, RowOperations.NOT_LOOKED)) {
                return true;
            }
        }
        return false;
    }

    private void takeInAllChanges() {
        takeInChanges(Integer.MAX_VALUE, setup.scheduler().nanoTime());
    }

    /** Goes on until there are that many works. */
    private void takeInChanges(int most, long now) {
        while (backlog.all().size() < most) {
            Change<T> change = intake.next(setup.database()::readTxn);
            if (change == null) {
                return;
            }
            Work<T> work = rows.take(change, now);
            if (work != null) {
                backlog.makeReady(work);
            }
        }
    }

    private void finishWaits(long now) {
        if (waits.isEmpty()) {
            return;
        }
        String halted = WaitEndings.halted(setup, options);
        if (halted == null && !stopping.hasBegun()) {
            lookAhead(now);
        }
        commitNow |= halted == null ? endings.end(intake.lookedAt(setup.store().liftsRows())) : endings.endAll(halted);
    }

    /**
     * With all slots taken, nobody asks the table for the next change; but whoever waits wants to know whether there is any. Takes in what is nothing to do, such
     * as statuses that were written, and at most one work that is, also when its key is taken: what comes after it would overtake it.
     */
    private void lookAhead(long now) {
        while (ahead == null || (ahead.state != Work.State.READY && ahead.state != Work.State.CLOSED)) {
            Change<T> change = intake.next(setup.database()::readTxn);
            if (change == null) {
                return;
            }
            Work<T> work = rows.take(change, now);
            if (work != null) {
                backlog.makeReady(work);
            }
            Work<T> there = backlog.get(change.row().key());
            ahead = there == null ? ahead : there;
        }
    }

    private void refuseWhatIsAsked() {
        endings.endAll(setup.fullName() + " stopped: " + stopping.reason());
        pruner.stop(setup.fullName() + " stopped: " + stopping.reason());
        survey.stop(setup.fullName() + " stopped: " + stopping.reason());
    }

    private void decideCommit(long now) {
        if (records.size() == 0) {
            commitNow = false;
            if (stopping.isOver()) {
                tellStopped();
            }
            return;
        }
        boolean together = slots.taken() == 0
                || records.size() >= options.roundSize()
                || now - records.oldestNanos() >= LONGEST_UNWRITTEN;
        if (commitNow || (together && commitNotBefore - now <= 0)) {
            commitNow = false;
            toCommit = records.take();
        } else {
            wakeup.at(Math.max(commitNotBefore, records.oldestNanos() + LONGEST_UNWRITTEN));
        }
    }

    private void commit(Map<Key, @Nullable StatusRecord<T>> changes) {
        Throwable failure = null;
        Map<Key, String> refused = Map.of();
        try {
            refused = setup.store().commit(changes);
        } catch (RuntimeException | Error e) { // a plugin's code is among it: its keys are formatted, its rows hashed
            failure = e;
            LOG.error("reconciler {}: {} status(es) could not be written", setup.fullName(), changes.size(), e);
        }
        Throwable thrown = failure;
        Map<Key, String> notWritten = refused;
        loop.look(() -> {
            if (thrown == null) {
                records.written();
                commitProblem = null;
                if (rows.committed(changes, notWritten, time.read())) {
                    loop.post(Event.Look.AT_THE_CLOCK);
                }
                if (stopping.isOver()) {
                    tellStopped();
                }
            } else if (thrown instanceof TableRemovedException) {
                broke(thrown);
            } else {
                records.giveBack();
                commitProblem = "statuses cannot be written: " + Attempt.reason(thrown);
                commitNotBefore = setup.scheduler().nanoTime() + COMMIT_AGAIN;
                loop.post(Event.Look.AT_THE_CLOCK);
            }
            return null;
        });
    }

    private void stopSlowly(long now) {
        long deadline = Nanos.of(options.stopDeadline());
        if (slots.taken() > 0 && now - stopping.begunNanos() >= deadline) {
            slots.giveUpAll("cancelled: the reconciler stopped");
        } else if (now - stopping.begunNanos() >= deadline / 2) {
            if (stopping.interruptOnce()) {
                slots.cancelAll(true);
            }
            wakeup.at(stopping.begunNanos() + deadline);
        } else {
            wakeup.at(stopping.begunNanos() + deadline / 2);
        }
        if (slots.taken() == 0) {
            rememberDeletes(now);
            finishStop(stopping.reason());
        }
    }

    /** Deletes that were not come to are gone with the iterator, unless they are remembered for the next start. */
    private void rememberDeletes(long now) {
        Change<T> change = intake.next(setup.database()::readTxn);
        while (change != null) {
            if (change instanceof Change.Delete<T>) {
                rows.take(change, now);
            }
            change = intake.next(setup.database()::readTxn);
        }
    }

    private void finishStop(String reason) {
        if (stopping.isOver()) {
            return;
        }
        slots.giveUpAll("cancelled: " + reason);
        intake.close();
        wakeup.cancel();
        wakeup.begin();
        stopping.end();
        refuseWhatIsAsked();
        backlog.clear();
        setup.store().endWalks();
        journal.clear();
        commitNow = true;
    }

    /** It has stopped, and the last statuses could not be written yet: try until the stop deadline. */
    private void commitTheRest(long now) {
        if (stopping.isTold()) {
            return;
        }
        if (now - stopDeadlineNanos() >= 0) {
            tellStopped();
            return;
        }
        decideCommit(now);
        wakeup.at(stopDeadlineNanos());
        wakeup.arm(now);
    }

    private void tellStopped() {
        if (stopping.tellOnce()) {
            wakeup.cancel();
            outbox.complete(stopping.stopped());
        }
    }

    private long stopDeadlineNanos() {
        return stopping.begunNanos() + Nanos.of(options.stopDeadline());
    }

    private static long dueOf(@Nullable Due thing) {
        return thing == null ? Wakeup.NEVER : thing.dueNanos;
    }

    /** What is due already waits for something else than the time. */
    private static long future(long nanos, long now) {
        return nanos - now <= 0 ? Wakeup.NEVER : nanos;
    }

    @SuppressWarnings("unchecked") // only its own flights come back to it
    private Flight<T> own(Flight<?> flight) {
        return (Flight<T>) flight;
    }
}
