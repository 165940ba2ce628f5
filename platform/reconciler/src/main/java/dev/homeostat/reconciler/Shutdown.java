package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings a reconciler to its end. Operations that run were asked to give up when the stop began; at half of the stop deadline they are interrupted, and at the
 * deadline given up. When none runs any more the reconciler is over: nothing is taken in or started, and what anybody waits for fails. It tells that it has
 * stopped once the last statuses are written, or cannot be until the deadline; from then on none is.
 *
 * <p>Touched by the owner of the event loop only, under its lock.
 */
final class Shutdown<T> {
    private final Setup<T> setup;
    private final Supplier<Options> options;
    private final Stopping stopping;
    private final Slots<T> slots;
    private final Arrivals<T> arrivals;
    private final Backlog<T> backlog;
    private final Journal<T> journal;
    private final FailureLog<T> log;
    private final StatusCommits<T> commits;
    private final Wakeup wakeup;
    private final Outbox outbox;
    private final Consumer<String> refuse;

    /** @param refuse fails what was asked for and will not be, for that reason */
    Shutdown(
            Setup<T> setup,
            Supplier<Options> options,
            Stopping stopping,
            Slots<T> slots,
            Arrivals<T> arrivals,
            Backlog<T> backlog,
            Journal<T> journal,
            FailureLog<T> log,
            StatusCommits<T> commits,
            Wakeup wakeup,
            Outbox outbox,
            Consumer<String> refuse) {
        this.setup = setup;
        this.options = options;
        this.stopping = stopping;
        this.slots = slots;
        this.arrivals = arrivals;
        this.backlog = backlog;
        this.journal = journal;
        this.log = log;
        this.commits = commits;
        this.wakeup = wakeup;
        this.outbox = outbox;
        this.refuse = refuse;
    }

    /** A turn between the begin of the stop and its end. */
    void goOn(long now) {
        long deadline = Nanos.of(options.get().stopDeadline());
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
        if (slots.taken() == 0 && arrivals.rememberDeletes(isLate(now), now)) {
            finish(stopping.reason());
        }
    }

    /** Ends it now. */
    void finish(String reason) {
        if (stopping.isOver()) {
            return;
        }
        slots.giveUpAll("cancelled: " + reason);
        arrivals.close();
        wakeup.cancel();
        wakeup.begin();
        stopping.end();
        refuseWhatIsAsked();
        backlog.clear();
        setup.store().endWalks();
        journal.clear();
        commits.atOnce();
    }

    /**
     * A turn at or after the end: somebody may have asked for something, and the last statuses may not be written yet; that is tried until the stop deadline. A commit
     * that began right before it is not given up, unless it waits for somebody.
     */
    void commitTheRest(long now) {
        refuseWhatIsAsked();
        if (stopping.isTold()) {
            return;
        }
        commits.decide(now);
        long until = isLate(now) ? commits.patienceEndsNanos() : deadlineNanos();
        if (isLate(now) && (until == Wakeup.NEVER || until - now <= 0)) {
            tell();
        } else if (!stopping.isTold()) {
            wakeup.at(until);
            wakeup.arm(now);
        }
    }

    /** All is written: if it is over, then there is nothing left to do. */
    void tellIfOver() {
        if (stopping.isOver()) {
            tell();
        }
    }

    /** Tells, once, that it has stopped. */
    void tell() {
        if (stopping.tellOnce()) {
            wakeup.cancel();
            log.end(setup.scheduler().nanoTime());
            commits.giveUp(setup.fullName() + " " + stopping.why());
            outbox.complete(stopping.stopped());
        }
    }

    /** Whether the stop has begun and its deadline has passed. */
    boolean isLate(long now) {
        return stopping.hasBegun() && now - deadlineNanos() >= 0;
    }

    private void refuseWhatIsAsked() {
        refuse.accept(setup.fullName() + " " + stopping.why());
    }

    private long deadlineNanos() {
        return stopping.begunNanos() + Nanos.of(options.get().stopDeadline());
    }
}
