package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The search of a prune that was given a place and is taken back before it began: nothing has failed, and it is wanted as before. */
final class PruneTakenBackTest {
    private static final Options OPTIONS = Lab.OPTIONS.concurrency(2);
    private final Lab lab = new Lab();

    PruneTakenBackTest() {
        lab.putAll("x", "y", "z");
        lab.target.tamper("stray", new Item("stray", "1"));
    }

    /** Done by the update of x, while the search, which started in the same turn, waits for its thread. */
    private void whileTheSearchWaits(Runnable something) {
        lab.target.next("x", (context, operation) -> {
            assertThat(lab.target.count("prune")).isZero();
            something.run();
            return operation.call();
        });
    }

    private void assertPrunedOnAsking(Consumer<RunningReconciler<Item>> meanwhile) {
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        whileTheSearchWaits(() -> meanwhile.accept(reconciler));
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems()).isEmpty();
        assertThat(reconciler.stats().pruneErrors()).isZero();
        assertThat(Lab.result(report).removed()).containsExactly("stray");
        assertThat(lab.target.count("prune")).isEqualTo(1);
        assertThat(lab.target.last("prune").attempt()).isEqualTo(1);
    }

    @Test
    void promise_B8_aPauseOfAnotherRowFailsNoSearch() {
        assertPrunedOnAsking(
                reconciler -> assertThat(reconciler.pause(Item.key("other"))).isTrue());
    }

    @Test
    void promise_B8_otherOptionsFailNoSearch() {
        assertPrunedOnAsking(reconciler -> reconciler.options(OPTIONS.operationDeadline(Duration.ofSeconds(3))));
    }

    @Test
    void promise_B8_aPauseOfAllLeavesTheSearchToItsEnd() {
        assertPrunedOnAsking(reconciler -> {
            reconciler.options(OPTIONS.mode(Mode.PAUSED));
            lab.clock.schedule(Duration.ZERO, () -> reconciler.options(OPTIONS));
        });
    }

    @Test
    void promise_B8_aSearchForWhatWasPlannedStaysDue() {
        RunningReconciler<Item> reconciler = lab.start(OPTIONS.mode(Mode.PLAN));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("prune")).isEqualTo(1);
        lab.target.forgetCalls();
        whileTheSearchWaits(() -> reconciler.pause(Item.key("other")));
        reconciler.options(OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("prune")).isEqualTo(1);
        lab.assertTarget("x", "y", "z");
    }

    @Test
    void promise_B8_whoAskedIsToldWhenTheReconcilerStopsInstead() {
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        whileTheSearchWaits(() -> {
            reconciler.pause(Item.key("other"));
            reconciler.stop();
        });
        var report = reconciler.prune().toCompletableFuture();
        lab.clock.runUntilIdle();
        assertThat(report).isCompletedExceptionally();
        assertThat(lab.target.count("prune")).isZero();
    }
}
