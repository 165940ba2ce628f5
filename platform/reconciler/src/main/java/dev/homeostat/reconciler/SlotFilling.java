package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.util.function.Supplier;

/**
 * Fills the free slots in a turn: each with a slice or a batch ({@link Slots}), of whatever {@linkplain NextStart is next}, decided on one snapshot
 * ({@link TurnSnapshot}). What was given a place and is taken back before it began goes to the head of the queue that it came from, and counts in its round
 * no more.
 *
 * <p>Two things do not wait in line. The search of a prune that is due goes before all others: there is one an hour. A removal without a key runs alone, so
 * it holds back the others until the slots are empty, and then lets as many go first as there are slots.
 */
final class SlotFilling<T> {
    /** So many rows and deletes that wait in a pause are known one by one; the others stay in the table, where they are only counted. */
    private static final int KNOWN_IN_A_PAUSE = 10_000;

    private final Slots<T> slots;
    private final TurnSnapshot snapshot;
    private final NextStart<T> next;
    private final Arrivals<T> arrivals;
    private final Pruner<T> pruner;
    private final Removals<T> removals;
    private final Wakeup wakeup;
    private final ModeInForce mode;
    private final Supplier<Options> options;
    private int othersBeforeAlone;

    SlotFilling(
            Slots<T> slots,
            TurnSnapshot snapshot,
            NextStart<T> next,
            Arrivals<T> arrivals,
            Pruner<T> pruner,
            Removals<T> removals,
            Wakeup wakeup,
            ModeInForce mode,
            Supplier<Options> options) {
        this.slots = slots;
        this.snapshot = snapshot;
        this.next = next;
        this.arrivals = arrivals;
        this.pruner = pruner;
        this.removals = removals;
        this.wakeup = wakeup;
        this.mode = mode;
        this.options = options;
    }

    /** Starts what can start now, and wants a turn when more can. */
    void fill(long now) {
        next.begin();
        snapshot.renew();
        try {
            do {
                while (slots.hasRoom() && startOne(now)) {}
            } while (!next.waits() && slots.takeBackForFreeSlots(now));
        } finally {
            slots.launch();
        }
        next.wakeAtNext(now, wakeup);
        wakeup.at(Wakeup.timeOf(slots.first()));
        if (mode.is(Mode.PAUSED)) {
            arrivals.takeIn(KNOWN_IN_A_PAUSE, now);
        } else {
            wakeup.atLater(pruner.nextNanos(), now);
        }
    }

    /** Starts one operation, or says that none can start now. */
    private boolean startOne(long now) {
        if (removals.isAlone()) {
            return false;
        }
        if (!mode.is(Mode.APPLY)) {
            return (mode.is(Mode.PLAN) && pruner.start(now)) || next.start(now);
        }
        if (removals.wantsToBeAlone()) {
            if (othersBeforeAlone > 0 && next.start(now)) {
                othersBeforeAlone--;
                return true;
            }
            if (slots.taken() > 0) {
                return false;
            }
            othersBeforeAlone = options.get().concurrency();
            return removals.startAlone() || startOne(now);
        }
        return (slots.isFree() && pruner.start(now)) || next.start(now);
    }
}
