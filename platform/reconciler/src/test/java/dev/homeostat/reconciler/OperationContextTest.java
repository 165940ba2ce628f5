package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operation gets to know of its attempt. */
final class OperationContextTest {
    private static final Options OPTIONS = Lab.OPTIONS.operationDeadline(Duration.ofSeconds(7));

    private final Lab lab = new Lab();
    private final List<String> seen = new ArrayList<>();

    @Test
    void promise_B1_itsSnapshotHasTheRowAsItWasGiven_whateverIsWrittenMeanwhile() {
        lab.target.next("a", (context, operation) -> {
            seen.add("before " + text(context.txn()));
            lab.put("a", "2");
            seen.add("after " + text(context.txn()));
            return operation.call();
        });
        lab.put("a", "1");
        lab.run(OPTIONS);
        assertThat(seen).containsExactly("before 1", "after 1");
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
    }

    @Test
    void promise_B1_theSnapshotOfADeleteHasNoRow() {
        lab.put("a", "1");
        lab.run(OPTIONS);
        lab.target.next("a", (context, operation) -> {
            seen.add(text(context.txn()));
            return operation.call();
        });
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(seen).containsExactly("none");
    }

    @Test
    void promise_B1_itIsCancelledAtItsDeadline_andNotBefore() {
        Gate gate = lab.clock.gate();
        lab.target.next("a", (context, operation) -> {
            lab.clock.schedule(Duration.ofSeconds(6), () -> seen.add("at 6 s " + context.isCancelled()));
            lab.clock.schedule(Duration.ofSeconds(8), () -> seen.add("at 8 s " + context.isCancelled()));
            gate.awaitUninterruptibly();
            return operation.call();
        });
        lab.put("a", "1");
        lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(10));
        assertThat(seen).containsExactly("at 6 s false", "at 8 s true");
        gate.open();
        lab.clock.runUntilIdle();
    }

    @Test
    void promise_B1_itIsCancelledWhenTheReconcilerStops() {
        List<OperationContext> contexts = new ArrayList<>();
        lab.target.next("b", (context, operation) -> {
            contexts.add(context);
            try {
                lab.clock.gate().await();
            } catch (InterruptedException e) {
                seen.add("cancelled " + context.isCancelled());
            }
            return Outcome.retry("told to give up");
        });
        lab.put("b", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.stopDeadline(Duration.ofSeconds(4)));
        assertThat(contexts.getFirst().isCancelled()).isFalse();
        reconciler.stop();
        lab.advance(Duration.ofSeconds(3));
        assertThat(seen).containsExactly("cancelled true");
    }

    @Test
    void promise_B1_aPruneAndItsRemovalsGetOneToo() {
        lab.put("a", "1");
        Pruning pruning = new Pruning();
        RunningReconciler<Item> reconciler = lab.start("lab", pruning, OPTIONS.pruneGuard(10, 1));
        lab.clock.runUntilIdle();
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(seen)
                .containsExactly(
                        "prune by MANUAL in 7 s, 1 row(s), not cancelled",
                        "removal by PRUNE in 7 s, 1 row(s), not cancelled");
    }

    @Test
    void promise_B2_aBatchAndItsEntriesShareSnapshotAndDeadline() {
        lab.putAll("a", "b");
        lab.start("lab", new Batched(), OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(seen)
                .containsExactly(
                        "batch in 7 s, 2 row(s)",
                        "a: same snapshot, in 7 s, attempt 1 by CHANGE",
                        "b: same" + " snapshot, in 7 s, attempt 1 by CHANGE");
    }

    private String text(ReadTxn txn) {
        Row<Item> row = lab.items.get(txn, Item.NAME.query("a"));
        return row == null ? "none" : row.value().text();
    }

    private String left(Instant deadline) {
        return "in " + Duration.between(lab.clock.instant(), deadline).toSeconds() + " s";
    }

    private String all(OperationContext context) {
        return "by " + context.cause() + " " + left(context.deadline()) + ", " + lab.items.count(context.txn())
                + " row(s), " + (context.isCancelled() ? "cancelled" : "not cancelled");
    }

    /** Finds one thing too many. */
    private final class Pruning extends FakeTarget<Item> {
        Pruning() {
            super(Item::name, Item::key);
        }

        @Override
        public void prune(PruneContext context, Rows<Item> desired) {
            seen.add("prune " + all(context));
            context.remove("stray", Item.key("stray"), removal -> seen.add("removal " + all(removal)));
        }
    }

    /** Notes what it is told. */
    private final class Batched implements BatchOperations<Item> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
            seen.add("batch " + left(context.deadline()) + ", " + lab.items.count(context.txn()) + " row(s)");
            for (BatchEntry<Item> entry : entries) {
                boolean same = entry.generation() <= lab.items.revision(entry.txn())
                        && lab.items.revision(entry.txn()) == lab.items.revision(context.txn());
                seen.add(entry.row().name() + ": " + (same ? "same snapshot" : "another snapshot") + ", "
                        + left(entry.deadline()) + ", attempt " + entry.attempt() + " by " + entry.cause());
                entry.result(Outcome.done());
            }
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {
            entries.forEach(entry -> entry.result(Outcome.done()));
        }
    }
}
