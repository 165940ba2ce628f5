package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Watch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A watch, and the answer that it watches over. */
final class Guard {
    /** How exact the watch must be. */
    enum Precision {
        /** Closed if and only if the answer changed. */
        EXACT,
        /** Closed when the answer changed, perhaps also for a near neighbour: never while the table did not change. */
        NEAR
    }

    private final Life life;
    private final String what;
    private final Precision precision;
    private final Function<ModelTable, Object> answer;
    private final Object seen;
    private final Watch watch;
    private long revision;
    private @Nullable Writing within;

    /** A watch on an answer that was taken from a model, perhaps within a transaction that goes on. */
    Guard(
            Life life,
            String what,
            Precision precision,
            Function<ModelTable, Object> answer,
            ModelTable model,
            Watch watch,
            @Nullable Writing within) {
        this.life = life;
        this.what = what;
        this.precision = precision;
        this.answer = answer;
        this.seen = answer.apply(model);
        this.watch = watch;
        this.revision = model.revision();
        this.within = within;
    }

    boolean isClosed() {
        return watch.isClosed();
    }

    Life life() {
        return life;
    }

    /** Compares with the committed model, null when the table is gone, after something was committed. */
    void check(@Nullable ModelTable now, Neighbours neighbours) {
        Writing writing = within;
        if (now == null || (writing != null && writing.aborted())) {
            Check.that(watch.isClosed(), this + ": its table or its transaction is gone, but it is open");
            return;
        }
        if (writing != null && writing.open() && writing.locks(life)) {
            Check.that(!watch.isClosed(), this + ": nothing was committed, but it is closed");
            return;
        }
        if (writing != null && !writing.open()) {
            within = null;
        }
        boolean changed = !answer.apply(now).equals(seen);
        boolean closed = watch.isClosed();
        Check.that(closed || !changed, this + ": the answer changed, but it is open");
        if (precision == Precision.EXACT) {
            Check.that(!closed || changed, this + ": the answer did not change, but it is closed");
        } else if (now.revision() == revision) {
            Check.that(!closed, this + ": nothing in the table changed, but it is closed");
        } else if (!changed) {
            neighbours.count(closed);
        }
        revision = now.revision();
    }

    @Override
    public String toString() {
        return "watch of " + life + ", " + what;
    }
}
