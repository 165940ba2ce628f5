package dev.homeostat.reconciler;

import org.jspecify.annotations.Nullable;

/** Follows the rounds of one reconciler for a recording of the JVM. Touched by the owner of the event loop only. */
final class RoundTrace {
    private final String reconciler;
    private @Nullable RoundEvent current;

    RoundTrace(String reconciler) {
        this.reconciler = reconciler;
    }

    /** An operation is started. */
    void started() {
        RoundEvent round = current;
        if (round == null) {
            round = RoundEvent.begun(reconciler);
            current = round;
        }
        if (round != null) {
            round.operationStarted();
        }
    }

    /** The round whose statuses are to be written now, or null; what starts from now on is of the next one. */
    @Nullable
    RoundEvent take() {
        RoundEvent round = current;
        current = null;
        return round;
    }

    /** Nothing runs any more, and there is nothing to write. */
    void cameToNothing() {
        current = null;
    }
}
