package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.stress.races.Item;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An operation that notes what becomes of it. */
class Noted implements Task<Item> {
    /** What it comes to by itself. */
    static final Outcome GIVEN = Outcome.permanent("given");

    /** What it comes to when it is given up. */
    static final Outcome INSTEAD = Outcome.permanent("instead");

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger takenBack = new AtomicInteger();
    private final AtomicInteger endedLate = new AtomicInteger();
    private volatile @Nullable Outcome ended;

    /** What it does meanwhile. */
    void work() {}

    /** R for one that was run once, T for one that was taken back once, and else how often it was either. */
    String fate() {
        int ran = runs.get();
        int returned = takenBack.get();
        if (ran + returned == 1) {
            return ran == 1 ? "R" : "T";
        }
        return "run " + ran + " times and taken back " + returned + " times";
    }

    int runs() {
        return runs.get();
    }

    /** What the owner was told that it came to. */
    String ended() {
        Outcome present = ended;
        return present == null
                ? "nothing"
                : present.equals(GIVEN) ? "given" : present.equals(INSTEAD) ? "instead" : "another";
    }

    @Override
    public boolean isWanted(Attempt<Item> attempt, ReadTxn newest) {
        return true;
    }

    @Override
    public String text(Attempt<Item> attempt) {
        return "";
    }

    @Override
    public Outcome run(Attempt<Item> attempt) {
        runs.incrementAndGet();
        work();
        return GIVEN;
    }

    @Override
    public void ended(Attempt<Item> attempt, Outcome outcome) {
        if (ended != null) {
            throw new IllegalStateException("ended twice");
        }
        ended = outcome;
    }

    @Override
    public void endedLate(Attempt<Item> attempt) {
        endedLate.incrementAndGet();
    }

    @Override
    public void skipped(Attempt<Item> attempt) {
        throw new IllegalStateException("it was wanted");
    }

    @Override
    public void takenBack(Attempt<Item> attempt) {
        takenBack.incrementAndGet();
    }
}
