package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deletes and updates of one batch: the deletes come first, and hold back nobody for long. */
final class BatchOrderTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Lab lab = new Lab();
    private final BatchTarget batches = new BatchTarget();

    @Test
    void promise_B2_deletesComeFirst() {
        lab.putAll("a", "b", "c");
        start(OPTIONS);
        batches.calls.clear();
        lab.put("a", "2");
        lab.delete("b");
        lab.put("d", "1");
        lab.delete("c");
        lab.clock.runUntilIdle();
        assertThat(batches.calls).containsExactly("delete [b, c]", "update [a, d]");
    }

    @Test
    void promise_B2_updatesWaitForTheDeletesOfTheirBatch_andOthersDoNot() {
        lab.putAll("a", "b");
        start(OPTIONS.concurrency(2));
        batches.calls.clear();
        Gate gate = lab.clock.gate();
        batches.deleteGate = gate;
        lab.delete("a");
        lab.put("b", "2");
        lab.advance(Duration.ofMillis(500));
        assertThat(batches.calls).containsExactly("delete [a]");
        lab.put("c", "1");
        lab.advance(Duration.ofMillis(499));
        assertThat(batches.calls).containsExactly("delete [a]", "update [c]");
        gate.open();
        lab.advance(Duration.ofMillis(1));
        assertThat(batches.calls).containsExactly("delete [a]", "update [c]", "update [b]");
    }

    @Test
    void promise_B2_aRefreshBehindTheDeletesOfItsBatchStaysThereThoughAChangeComes() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = start(OPTIONS.concurrency(3));
        batches.calls.clear();
        Gate gate = lab.clock.gate();
        batches.deleteGate = gate;
        lab.delete("a");
        reconciler.refresh(Item.key("b"));
        lab.clock.runUntilIdle();
        lab.put("c", "1");
        lab.advance(Duration.ofMillis(100));
        assertThat(batches.calls).containsExactly("delete [a]", "update [c]");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(batches.calls).containsExactly("delete [a]", "update [c]", "update [b]");
    }

    @Test
    void promise_B14_theUpdatesBehindDeletesThatHangGoOnAtTheirDeadline() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        batches.calls.clear();
        batches.deleteGate = lab.clock.gate();
        lab.delete("a");
        lab.put("b", "2");
        lab.advance(Duration.ofMillis(9_999));
        assertThat(batches.calls).containsExactly("delete [a]");
        lab.advance(Duration.ofMillis(2));
        assertThat(batches.calls).containsExactly("delete [a]", "update [b]");
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "a").error()).contains("deadline");
    }

    @Test
    void promise_B14_updatesBehindSlowDeletesGoToAFreeSlotAfterASecond() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = behindDeletesThatHang(OPTIONS.concurrency(2));
        lab.advance(Duration.ofMillis(999));
        assertThat(batches.calls).containsExactly("delete [a]");
        lab.advance(Duration.ofMillis(1));
        assertThat(batches.calls).containsExactly("delete [a]", "update [b]");
        lab.advance(Duration.ofMillis(1));
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.undoneDeletes()).hasSize(1);
    }

    @Test
    void promise_B14_updatesBehindSlowDeletesGoToTheSlotThatBecomesFree() {
        lab.putAll("a", "b");
        Gate gate = lab.clock.gate();
        batches.heldAt = "[c]";
        batches.gate = gate;
        behindDeletesThatHang(OPTIONS.concurrency(2));
        lab.put("c", "1");
        lab.advance(Duration.ofSeconds(5));
        assertThat(batches.calls).containsExactly("delete [a]", "update [c]");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(batches.calls).containsExactly("delete [a]", "update [c]", "update [b]");
    }

    @Test
    void promise_B14_withAShortDeadlineATenthOfItIsSlow() {
        lab.putAll("a", "b");
        behindDeletesThatHang(OPTIONS.operationDeadline(Duration.ofSeconds(2)).concurrency(2));
        lab.advance(Duration.ofMillis(199));
        assertThat(batches.calls).containsExactly("delete [a]");
        lab.advance(Duration.ofMillis(1));
        assertThat(batches.calls).containsExactly("delete [a]", "update [b]");
    }

    private RunningReconciler<Item> behindDeletesThatHang(Options options) {
        RunningReconciler<Item> reconciler = start(options);
        batches.calls.clear();
        batches.deleteGate = lab.clock.gate();
        lab.delete("a");
        lab.put("b", "2");
        lab.clock.runUntilIdle();
        return reconciler;
    }

    private RunningReconciler<Item> start(Options options) {
        RunningReconciler<Item> reconciler = lab.start("lab", batches, options);
        lab.clock.runUntilIdle();
        return reconciler;
    }
}
