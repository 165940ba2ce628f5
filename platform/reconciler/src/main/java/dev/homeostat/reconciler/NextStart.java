package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.util.function.Supplier;

/**
 * Says who starts next.
 *
 * <p>Three queues feed the free slots in turn, so that none starves another: changes (in revision order, from the table itself; before them those whose key
 * was closed), retries whose time has come, and removals of a prune. Refreshes come when these are empty, and leave one slot free for what comes then, if
 * there is more than one; or, once in a while, when these never are. Observations that somebody asked for come after refreshes. All of them count in the
 * rounds.
 */
final class NextStart<T> {
    private static final int QUEUES = 3;
    private static final int STARTS_BEFORE_A_REFRESH = 16;

    private final Backlog<T> backlog;
    private final Slots<T> slots;
    private final RowOperations<T> rows;
    private final Arrivals<T> arrivals;
    private final Removals<T> removals;
    private final Refresher<T> refresher;
    private final Survey<T> survey;
    private final RoundLimit rounds;
    private final RoundTrace trace;
    private final StatusCommits<T> commits;
    private final ModeInForce mode;
    private final Supplier<Options> options;
    private int nextQueue;
    private int startsSinceRefresh;
    private boolean waitsForRound;
    private boolean waitsForCommit;

    NextStart(
            Backlog<T> backlog,
            Slots<T> slots,
            RowOperations<T> rows,
            Arrivals<T> arrivals,
            Removals<T> removals,
            Refresher<T> refresher,
            Survey<T> survey,
            RoundLimit rounds,
            RoundTrace trace,
            StatusCommits<T> commits,
            ModeInForce mode,
            Supplier<Options> options) {
        this.backlog = backlog;
        this.slots = slots;
        this.rows = rows;
        this.arrivals = arrivals;
        this.removals = removals;
        this.refresher = refresher;
        this.survey = survey;
        this.rounds = rounds;
        this.trace = trace;
        this.commits = commits;
        this.mode = mode;
        this.options = options;
    }

    /** Begins a turn. */
    void begin() {
        waitsForRound = false;
        waitsForCommit = false;
    }

    /** Whether something in this turn would have started but for the round limit. */
    boolean waitsForRound() {
        return waitsForRound;
    }

    /** Whether nothing starts in this turn any more. */
    boolean waits() {
        return waitsForRound || waitsForCommit;
    }

    /** Starts the next one; says whether there was any. A slot must have room. */
    boolean start(long now) {
        if (commits.holdsBack(now)) {
            waitsForCommit = true;
            return false;
        }
        if (!rounds.allows(options.get(), now)) {
            waitsForRound = true;
            return false;
        }
        boolean started = (startsSinceRefresh >= STARTS_BEFORE_A_REFRESH && startRefresh(now))
                || (!mode.is(Mode.PAUSED) && startFromQueues(now))
                || (!arrivals.isCutShort() && leavesASlot() && startRefresh(now));
        if (started) {
            rounds.take();
            trace.started();
        }
        return started;
    }

    /** Wants a turn when there may be something to start again. */
    void wakeAtNext(long now, Wakeup wakeup) {
        wakeup.at(waitsForRound ? rounds.nextRoundNanos() : Wakeup.NEVER);
        wakeup.atLater(waitsForCommit ? commits.patienceEndsNanos() : Wakeup.NEVER, now);
        wakeup.atLater(survey.nextNanos(now), now);
        if (!mode.is(Mode.PAUSED)) {
            wakeup.atLater(Wakeup.timeOf(backlog.retries().first()), now);
        }
        if (!mode.is(Mode.PAUSED)) {
            wakeup.atLater(refresher.nextNanos(now), now);
        }
    }

    private boolean startFromQueues(long now) {
        for (int i = 0; i < QUEUES; i++) {
            int queue = (nextQueue + i) % QUEUES;
            boolean started = switch (queue) {
                case 0 -> arrivals.start(now);
                case 1 -> startRetry(now);
                default -> mode.is(Mode.APPLY) && removals.startKeyed();
            };
            if (started) {
                nextQueue = (queue + 1) % QUEUES;
                startsSinceRefresh++;
                return true;
            }
        }
        return false;
    }

    private boolean startRetry(long now) {
        for (Work<T> work = backlog.pollRetry(now); work != null; work = backlog.pollRetry(now)) {
            if (rows.start(work, RowOperations.NOT_LOOKED)) {
                return true;
            }
        }
        return false;
    }

    /** Whether, with one operation more, a change that comes in the next moment still finds a slot; with a single one it waits for one operation. */
    private boolean leavesASlot() {
        startsSinceRefresh = 0;
        int concurrency = options.get().concurrency();
        return concurrency == 1 || slots.taken() < concurrency - 1;
    }

    private boolean startRefresh(long now) {
        startsSinceRefresh = 0;
        return (!mode.is(Mode.PAUSED) && (startRefreshPutBack() || refresher.start(now))) || survey.start(now);
    }

    private boolean startRefreshPutBack() {
        for (Work<T> work = backlog.pollRefresh(); work != null; work = backlog.pollRefresh()) {
            if (rows.start(work, RowOperations.NOT_LOOKED)) {
                return true;
            }
        }
        return false;
    }
}
