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
    private final EventLoop loop;
    private final Outbox outbox;
    private long upTo;
    private @Nullable Runnable then;
    private boolean comesAgain;

    CatchUp(Setup<T> setup, Arrivals<T> arrivals, EventLoop loop, Outbox outbox) {
        this.setup = setup;
        this.arrivals = arrivals;
        this.loop = loop;
        this.outbox = outbox;
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
        } else if (!comesAgain) {
            comesAgain = true;
            outbox.afterwards(this::comeAgain);
        }
    }

    /** With a task of its own, so that others come between; without a thread for it, in the next turn. */
    private void comeAgain() {
        try {
            setup.scheduler().execute(() -> loop.post(Event.Look.AT_MORE_CHANGES));
        } catch (RuntimeException | Error e) {
            loop.post(Event.Look.AT_MORE_CHANGES);
        }
    }

    /** The turn has come that was wanted for the next part. */
    void cameAgain() {
        comesAgain = false;
    }

    /** Nobody wants to know any more. */
    void stop() {
        then = null;
    }
}
