package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import org.jspecify.annotations.Nullable;

/**
 * Takes in all changes up to now for somebody who must know of every delete among them, a part in each turn: of a million rows that nobody came to, a turn
 * that took in all would last for seconds, and nothing else would happen. Between two parts the loop gives way to whatever else has come.
 *
 * <p>Touched by the owner of the event loop only.
 */
final class CatchUp<T> {
    /** So many changes at most are taken in for it in one turn. */
    static final int MOST_A_TURN = 1000;

    private final Setup<T> setup;
    private final Arrivals<T> arrivals;
    private final MoreTurns turns;
    private long upTo;
    private @Nullable Runnable then;

    CatchUp(Setup<T> setup, Arrivals<T> arrivals, MoreTurns turns) {
        this.setup = setup;
        this.arrivals = arrivals;
        this.turns = turns;
    }

    /** Does this when all changes up to now were taken in, in this turn or a later one. */
    void begin(Runnable caughtUp) {
        ReadTxn txn = setup.database().readTxn();
        upTo = setup.table().revision(txn);
        then = caughtUp;
    }

    /** Whether there are changes to be taken in before somebody can go on. */
    boolean isUnderWay() {
        return then != null;
    }

    /** Once in each turn. */
    void goOn() {
        Runnable next = then;
        if (next == null) {
            return;
        }
        if (arrivals.takeInUpTo(upTo, MOST_A_TURN)) {
            then = null;
            next.run();
        } else {
            turns.want();
        }
    }

    /** Nobody wants to know any more. */
    void stop() {
        then = null;
    }
}
