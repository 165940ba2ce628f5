package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.benchmarks.Item;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Operations that do nothing, and tell when the one on the changed row began. */
final class Stopwatch implements Operations<Item> {
    private static final long PATIENCE_SECONDS = 60;

    private final long changed;
    private final BlockingQueue<Long> begins = new LinkedBlockingQueue<>();

    /** Watches the row with that number. */
    Stopwatch(long changed) {
        this.changed = changed;
    }

    /** When the operation on the changed row began; waits for it. */
    long awaitBegin() throws InterruptedException {
        Long begin = begins.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (begin == null) {
            throw new AssertionError("no operation on row " + changed + " within " + PATIENCE_SECONDS + " s");
        }
        return begin;
    }

    @Override
    public Outcome update(OperationContext context, Item row) {
        if (row.id() == changed && context.cause() == Cause.CHANGE) {
            begins.add(System.nanoTime());
        }
        return Outcome.done();
    }

    @Override
    public Outcome delete(OperationContext context, Item row) {
        return Outcome.done();
    }
}
