package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Outcome;

/**
 * A kind of operation: what is done, and what follows. One for many attempts.
 *
 * @param <T> the type of the rows
 */
interface Task<T> {
    /**
     * Whether it is still to be done, as the newest snapshot says. Called on the operation's thread right before {@link #run}, so it looks at what
     * never changes, and at the attempt.
     */
    boolean isWanted(Attempt<T> attempt, ReadTxn newest);

    /** Does it, on the operation's thread. */
    Outcome run(Attempt<T> attempt) throws Exception;

    /** What a batch says of it, or why that cannot be; on the operation's thread. */
    default Outcome checked(Attempt<T> attempt, Outcome outcome) {
        return outcome;
    }

    /** Its key as people read it, or what else it is about; empty for the search of a prune. */
    String text(Attempt<T> attempt);

    /** It ended, or its deadline has come and it was abandoned. Called by the owner, as all that follow. */
    void ended(Attempt<T> attempt, Outcome outcome);

    /** It was abandoned before, and has ended now. */
    void endedLate(Attempt<T> attempt);

    /** It was not run: it was not wanted any more. */
    void skipped(Attempt<T> attempt);

    /** It was not run and goes back to where it came from; there will be another attempt instead of it. */
    void takenBack(Attempt<T> attempt);

    /**
     * One of the four before this broke off, half-way or at once: what it left open is put right, so that its key is worked on again. Who called tells of
     * the fault.
     */
    default void brokeOff(Attempt<T> attempt, Throwable fault) {}
}
