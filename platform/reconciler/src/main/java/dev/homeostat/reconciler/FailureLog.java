package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.reconciler.RepeatedLines.Alike;
import dev.homeostat.reconciler.RepeatedLines.Line;
import java.time.Instant;
import java.util.List;
import org.slf4j.event.Level;

/**
 * Tells the log what fails, and what no longer does: each failure once, and not once for each row, each attempt and each prune that meets it, see {@link
 * RepeatedLines}. A thousand rows that fail alike are one line at once and one with their number a minute later.
 *
 * <p>Alike are failures of one kind of operation with the same error, where the row's own key in it does not count. Used under the event loop's lock.
 */
final class FailureLog<T> {
    private final Setup<T> setup;
    private final RepeatedLines lines;

    FailureLog(Setup<T> setup, Outbox outbox) {
        this.setup = setup;
        this.lines = new RepeatedLines(setup, outbox);
    }

    /** An attempt at a row failed, or found it blocked: that is its status now. */
    void failed(Work<T> work, OperationKind kind, Status status, long now) {
        String key = setup.text(work.key);
        String error = String.valueOf(status.error());
        String alike = ByError.withoutKey(error, key);
        Blocker on = status.blockedOn();
        if (on != null) {
            lines.tell(
                    new Alike(Level.INFO, kind + " was blocked # more time(s)", alike),
                    new Line(
                            kind + " of " + key + " is blocked on " + on,
                            error,
                            key,
                            "blocker",
                            on,
                            "attempt",
                            status.attempts()),
                    now);
            return;
        }
        Instant next = status.nextAttempt();
        boolean retried = next != null && !status.isPermanent();
        lines.tell(
                new Alike(Level.WARN, kind + " failed" + (retried ? "" : " for good") + " # more time(s)", alike),
                new Line(
                        kind + " of " + key + " failed",
                        error,
                        key,
                        "attempt",
                        status.attempts(),
                        "next",
                        retried && next != null ? Nanos.shown(next) : "never"),
                now);
    }

    /** The status of a row that was done cannot be written. */
    void refused(String key, String reason, long now) {
        lines.tell(
                new Alike(Level.WARN, "# more status(es) cannot be written", ByError.withoutKey(reason, key)),
                new Line("the status of " + key + " cannot be written", reason, key),
                now);
    }

    /** A row that failed that often is done. */
    void recovered(Work<T> work, long now) {
        String key = setup.text(work.key);
        lines.tell(
                new Alike(Level.INFO, "rows were as desired again # more time(s)", ""),
                new Line(
                        key + " is as desired again, after " + work.failures + " failed attempt(s)",
                        "",
                        key,
                        "attempt",
                        work.failures + 1),
                now);
    }

    /** A prune failed, or a removal of it. */
    void pruneFailed(String reason, long now) {
        lines.tell(
                new Alike(Level.WARN, "prune failed # more time(s)", reason),
                new Line("prune failed", reason, ""),
                now);
    }

    /** A prune is held. */
    void pruneHeld(long number, String reason, long now) {
        lines.tell(
                new Alike(Level.WARN, "a prune was held # more time(s)", reason),
                new Line("prune " + number + " is held and removes nothing", reason, "", "prune", number),
                now);
    }

    /** Something of the reconciler's own went wrong, and is tried again. */
    void broke(String what, Throwable thrown, long now) {
        String reason = Reason.of(thrown);
        lines.tell(
                new Alike(Level.ERROR, what + " # more time(s)", reason),
                new Line(what, reason, "", thrown, List.of()),
                now);
    }

    /** Tells what it is time for, and wants a turn when there will be more. */
    void decide(long now, Wakeup wakeup) {
        lines.decide(now, wakeup);
    }

    /** Tells all that was counted: nothing comes any more. */
    void end(long now) {
        lines.end(now);
    }
}
