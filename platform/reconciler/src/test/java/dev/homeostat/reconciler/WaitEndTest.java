package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What ends a wait before all is done, and what must not. */
final class WaitEndTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Lab lab = new Lab();

    @Test
    void waitUntilReconciled_ofANegativeRevision_isRefused() {
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        assertThatThrownBy(() -> reconciler.waitUntilReconciled(-4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("items/lab: revision: must be at least 0, but was -4");
    }

    @Test
    void promise_B6_aPausedReconcilerEndsItAtOnce_named() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var before = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        reconciler.options(OPTIONS.mode(Mode.PAUSED));
        var after = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(before).reconciled()).isFalse();
        assertThat(Lab.result(before).stopped()).isEqualTo("items/lab is paused; resume it");
        assertThat(Lab.result(after)).isEqualTo(Lab.result(before));
    }

    @Test
    void promise_B6_aReconcilerThatOnlyPlansEndsItAtOnce_named() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.mode(Mode.PLAN));
        var all = reconciler.waitForReconciliation();
        var attempts = reconciler.waitUntilReconciled(1);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(all).stopped()).isEqualTo("items/lab only plans; set its mode to apply");
        assertThat(attempts.toCompletableFuture().exceptionNow()).hasMessageContaining("items/lab only plans");
    }

    @Test
    void promise_B6_aPausedRowAmongTheCoveredEndsItAtOnce_named() {
        lab.putAll("a", "b");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.pause(Item.key("b"));
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(wait))
                .as("what is done is not waited for, paused or not")
                .isFalse();
        reconciler.pause(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isFalse();
        assertThat(Lab.result(wait).stopped()).isEqualTo("row a of items/lab is paused; resume it");

        reconciler.resume(Item.key("a"));
        var second = reconciler.waitForReconciliation();
        lab.target.heal();
        lab.advance(Duration.ofSeconds(10));
        assertThat(Lab.result(second).reconciled()).isTrue();
    }

    @Test
    void promise_B6_aPausedRowThatIsStillInTheTablesQueueEndsItToo() {
        Gate gate = lab.clock.gate();
        lab.putAll("busy", "b", "c");
        lab.target.next("busy", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(wait)).isFalse();
        reconciler.pause(Item.key("c"));
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).stopped()).isEqualTo("row c of items/lab is paused; resume it");
        var second = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(second).stopped()).isEqualTo("row c of items/lab is paused; resume it");
        gate.open();
        lab.clock.runUntilIdle();
    }

    @Test
    void promise_B6_whoGivesUpLeavesNothingBehind() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        CompletionStage<?> wait = reconciler.waitForReconciliation();
        CompletionStage<?> early = reconciler.waitUntilReconciled(1);
        assertThat(early.toCompletableFuture().cancel(false)).isTrue();
        lab.clock.runUntilIdle();
        assertThat(waiting(reconciler)).isEqualTo(1);
        wait.toCompletableFuture().cancel(false);
        lab.clock.runUntilIdle();
        assertThat(waiting(reconciler)).isZero();
    }

    @Test
    void promise_B6_withAllSlotsTakenItDoesNotWaitForWhatItDoesNotCover() {
        RWTable<Node> nodes = lab.db.create(Node.TABLE);
        FakeTarget<Node> target = new FakeTarget<>(Node::name, Item::key);
        lab.db.write(nodes, txn -> nodes.insert(txn, new Node("a", "1", "", null)));
        RunningReconciler<Node> reconciler = lab.reconcilers.start(
                "main",
                nodes,
                Node.STATUSES.slot("main"),
                target,
                OPTIONS.refreshing(Duration.ofMinutes(1), 100).operationDeadline(Duration.ofHours(2)));
        lab.clock.runUntilIdle();
        target.next("a", Fault.slow(lab.clock, Duration.ofHours(1)));
        lab.advance(Duration.ofMinutes(2));
        assertThat(reconciler.stats().running())
                .as("a refresh takes the only slot")
                .isEqualTo(1);
        var wait = reconciler.waitForReconciliation();
        var attempts = reconciler.waitUntilReconciled(Long.MAX_VALUE);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled())
                .as("its status in the row has lifted the table's revision, and is nothing to do")
                .isTrue();
        assertThat(Lab.isDone(attempts)).isTrue();
    }

    @Test
    void promise_B6_aStatusInTheRowDoesNotLiftARowPastTheWait() {
        RWTable<Node> nodes = lab.db.create(Node.TABLE);
        FakeTarget<Node> quick = new FakeTarget<>(Node::name, Item::key);
        FakeTarget<Node> slow = new FakeTarget<>(Node::name, Item::key);
        for (String name : new String[] {"a", "b", "c"}) {
            lab.db.write(nodes, txn -> nodes.insert(txn, new Node(name, "1", "", null)));
            slow.next(name, Fault.slow(lab.clock, Duration.ofSeconds(10)));
        }
        RunningReconciler<Node> late = lab.reconcilers.start("late", nodes, Node.STATUSES.slot("late"), slow, OPTIONS);
        lab.clock.runUntilIdle();
        var wait = late.waitForReconciliation();
        lab.reconcilers.start("main", nodes, Node.STATUSES.slot("main"), quick, OPTIONS);
        lab.advance(Duration.ofSeconds(29));
        assertThat(Lab.isDone(wait)).isFalse();
        lab.advance(Duration.ofSeconds(1));
        assertThat(Lab.result(wait).reconciled()).isTrue();
        Status status = late.status(lab.db.readTxn(), Item.key("c"));
        assertThat(status).isNotNull().satisfies(done -> assertThat(done.kind()).isEqualTo(StatusKind.DONE));
    }

    @SuppressWarnings("unchecked")
    private static int waiting(RunningReconciler<?> reconciler) {
        return ((Handle<Item>) reconciler).waiting();
    }
}
