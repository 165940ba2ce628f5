package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
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
            return "nothing happens any more: " + setup.fullName() + " stopped, since "
                    + core.stopping().reason();
        }
        Attempt<T> running = work == null ? null : work.running;
        if (running == null && setup.paused().contains(key)) {
            return "the end of its pause: the row is paused; resume it";
        }
        if (running == null && core.options().mode() == Mode.PAUSED) {
            return "the end of the pause: " + setup.fullName() + " is paused and starts nothing; set its mode to APPLY";
        }
        if (work == null) {
            return withoutWork(status, exists);
        }
        if (running != null && running.isAbandoned()) {
            return running.brief().operation() + " passed its deadline at " + running.deadline()
                    + " and still runs; the next attempt waits until it ends";
        }
        return switch (work.state) {
            case RUNNING, IDLE -> running == null ? "its turn" : running(running);
            case CLOSED -> running == null ? "its turn" : running(running) + "; then the newer change is next";
            case READY ->
                "its turn: " + core.slots().taken() + " operation(s) run, concurrency is "
                        + core.options().concurrency();
            case HELD -> "its turn";
            case PLANNED -> planned(work.key);
            case WAITING -> "attempt " + (work.failures + 1) + " at " + nextAttempt(work);
            case BLOCKED -> blocked(work);
            case PARKED -> "nothing: it failed for good; change the row, or ask for a retry";
            case GONE -> "nothing";
        };
    }

    private String blocked(Work<T> work) {
        BlockingRow<T> on = work.blockedOn;
        if (on == null) {
            return "its turn";
        }
        String chain = BlockedChain.from(setup.blocker(work.key), on).afterOwn();
        String name = on.name.toString();
        return "a change of " + (chain.startsWith(name + ",") ? chain : name + ": blocked on " + chain);
    }

    private String withoutWork(@Nullable Status status, boolean exists) {
        if (status == null) {
            return "nothing: it was deleted";
        }
        Options options = core.options();
        Duration refresh = options.refreshInterval();
        if (status.kind() != StatusKind.DONE) {
            return exists ? "its turn" : "its turn to be deleted";
        }
        return refresh == null
                ? "nothing"
                : "a refresh at " + status.updatedAt().plus(refresh) + " or soon after";
    }

    private String planned(Key key) {
        PlannedChange change = setup.plan().of(key);
        String found = change == null
                ? "the target is as desired"
                : change.error() != null
                        ? "the target could not be looked at: " + change.error()
                        : change.drift() == null ? "planned is: " + change.operation() : "drift: " + change.drift();
        return "mode APPLY: " + setup.fullName() + " only plans; " + found;
    }

    private static String running(Attempt<?> attempt) {
        return attempt.brief().operation() + " runs since " + attempt.startedAt() + ", its deadline is "
                + attempt.deadline();
    }

    private static <T> Instant nextAttempt(Work<T> work) {
        Instant next = work.error == null ? null : work.error.nextAttempt();
        return next == null ? Instant.EPOCH : next;
    }
}
