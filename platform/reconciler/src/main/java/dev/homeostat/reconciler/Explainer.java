package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why a row is as it is. Called under the event loop's lock. */
final class Explainer<T> {
    private static final int MOST_COUNTED = 10_000;

    private final Setup<T> setup;
    private final Core<T> core;
    private final StatusView<T> statuses;

    Explainer(Setup<T> setup, Core<T> core, StatusView<T> statuses) {
        this.setup = setup;
        this.core = core;
        this.statuses = statuses;
    }

    Optional<Explanation> explain(Key key) {
        ReadTxn txn = setup.database().readTxn();
        Work<T> work = core.backlog().get(key);
        boolean exists = setup.row(txn, key) != null;
        Status status = work != null && work.error != null ? work.error : statuses.status(txn, key);
        List<Explanation.Attempt> attempts = core.journal().attempts(key, work);
        if (!exists && work == null && status == null && attempts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Explanation(
                setup.fullName(), setup.text(key), exists, status, waitsFor(key, work, status, exists), attempts));
    }

    private String waitsFor(Key key, @Nullable Work<T> work, @Nullable Status status, boolean exists) {
        if (core.stopping().hasBegun()) {
            return "nothing happens any more: " + setup.fullName() + " "
                    + core.stopping().why();
        }
        Attempt<T> running = work == null ? null : work.running;
        if (running == null && setup.paused().contains(key)) {
            return "the end of its pause: the row is paused; resume it";
        }
        if (running == null && core.options().mode() == Mode.PAUSED) {
            return "the end of the pause: " + setup.fullName() + " is paused and starts nothing; resume it";
        }
        if (work == null) {
            return withoutWork(key, status, exists);
        }
        if (running != null && !running.isUnderWay()) {
            return turn();
        }
        if (running != null && running.isAbandoned()) {
            return "the end of an operation that hangs: " + running.operation() + " passed its deadline at "
                    + running.deadline() + " and still runs, for "
                    + Span.text(Duration.ofNanos(running.tookNanos()))
                    + " by now; the next attempt waits until it ends";
        }
        return switch (work.state) {
            case RUNNING, IDLE -> running == null ? turn() : running(running);
            case CLOSED -> running == null ? turn() : running(running) + "; then the newer change is next";
            case READY, HELD -> turn();
            case PLANNED -> planned(work.key);
            case WAITING -> waiting(work);
            case BLOCKED -> blocked(work);
            case PARKED -> "nothing: it failed for good; change the row, or ask for a retry";
            case GONE -> "nothing";
        };
    }

    private String blocked(Work<T> work) {
        BlockingRow<T> on = work.blockedOn;
        if (on == null) {
            return turn();
        }
        String chain = BlockedChain.from(setup.blocker(work.key), on).afterOwn();
        String name = on.name.toString();
        return "a change of " + (chain.startsWith(name + ",") ? chain : name + ": blocked on " + chain);
    }

    private String withoutWork(Key key, @Nullable Status status, boolean exists) {
        if (status == null) {
            return "nothing: it was deleted";
        }
        Options options = core.options();
        Duration refresh = options.refreshInterval();
        if (status.kind() != StatusKind.DONE) {
            return turn() + (exists ? inTheTablesQueue(key) : "; it is to be deleted");
        }
        return refresh == null
                ? "nothing"
                : "a refresh at " + status.updatedAt().plus(refresh) + " or soon after";
    }

    /** It could start at any time. */
    private String turn() {
        int running = core.slots().taken();
        int most = core.options().concurrency();
        if (running >= most) {
            return "its turn: " + running + " operation(s) run, concurrency is " + most;
        }
        Instant round = core.nextRound();
        return round == null
                ? "its turn"
                : "its turn: the round of " + core.options().roundSize() + " is full, the next one begins at " + round;
    }

    /** How many changes come before that of the row, which was not taken in yet. */
    private String inTheTablesQueue(Key key) {
        ReadTxn txn = setup.database().readTxn();
        Row<T> row = setup.row(txn, key);
        if (row == null) {
            return "";
        }
        int before = 0;
        for (Row<T> other : setup.table().byRevision(txn, core.intake().position() + 1)) {
            if (other.revision() >= row.revision() || before == MOST_COUNTED) {
                break;
            }
            before++;
        }
        return before == 0
                ? ""
                : "; " + (before == MOST_COUNTED ? "at least " : "") + before + " change(s) come before it";
    }

    private String waiting(Work<T> work) {
        Instant next = work.error == null ? null : work.error.nextAttempt();
        Blocker on = work.error == null ? null : work.error.blockedOn();
        return next != null
                ? "attempt " + (work.failures + 1) + " at " + next
                : turn() + (on == null ? "" : "; " + on + ", on which it was blocked, has changed");
    }

    private String planned(Key key) {
        PlannedChange change = setup.plan().of(key);
        String found = change == null
                ? "the target is as desired"
                : change.error() != null
                        ? "the target could not be looked at: " + change.error()
                        : change.drift() == null ? "planned is: " + change.operation() : "drift: " + change.drift();
        return "mode apply: " + setup.fullName() + " only plans; " + found;
    }

    private static String running(Attempt<?> attempt) {
        return attempt.operation() + " runs since " + attempt.startedAt() + ", its deadline is " + attempt.deadline();
    }
}
