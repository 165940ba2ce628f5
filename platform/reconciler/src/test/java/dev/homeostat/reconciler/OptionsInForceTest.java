package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options, as they are at the start and as they change. */
final class OptionsInForceTest {
    private final Lab lab = new Lab();

    @Test
    void promise_B7_roundsHaveASizeAndARate() {
        for (int i = 0; i < 25; i++) {
            lab.put("i" + i, "1");
        }
        lab.run(Lab.OPTIONS.rounds(10, 1));
        assertThat(lab.target.calls()).hasSize(10);
        lab.advance(Duration.ofMillis(999));
        assertThat(lab.target.calls()).hasSize(10);
        lab.advance(Duration.ofMillis(1));
        assertThat(lab.target.calls()).hasSize(20);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.calls()).hasSize(25);
    }

    @Test
    void promise_B7_aSingleChangeDoesNotWaitForARound() {
        lab.run(Lab.OPTIONS.rounds(10, 0.1));
        lab.advance(Duration.ofMinutes(1));
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a");
    }

    @Test
    void promise_B7_aChangeOfOptionsLosesNoQueuedWork() {
        for (int i = 0; i < 50; i++) {
            lab.put("i" + i, "1");
        }
        lab.target.next("i3", Fault.error("no"), Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.rounds(10, 0.01));
        assertThat(lab.target.calls()).hasSize(10);
        assertThat(reconciler.stats().queued()).isEqualTo(41);
        Options faster = Lab.OPTIONS.concurrency(5);
        reconciler.options(faster);
        lab.clock.runUntilIdle();
        assertThat(reconciler.options()).isEqualTo(faster);
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.objects()).hasSize(50);
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B7_shorterDelaysApplyToRowsThatWaitAlready() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.retrying(Duration.ofHours(1), Duration.ofHours(1)));
        reconciler.options(Lab.OPTIONS.retrying(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").nextAttempt())
                .isEqualTo(lab.clock.instant().plusSeconds(2));
        lab.advance(Duration.ofSeconds(2));
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B7_pruningCanBeTurnedOnWhileRunning() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        reconciler.options(Options.defaults().pruning(Duration.ofMinutes(1)));
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("prune")).isEqualTo(1);
        reconciler.options(Options.defaults().pruning(Duration.ofSeconds(10)));
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.count("prune")).isEqualTo(2);
    }

    @Test
    void start_withABadOrATakenName_isRefused() {
        lab.run(Lab.OPTIONS);
        assertThatThrownBy(() -> lab.start("Lab", lab.target, Lab.OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"Lab\"")
                .hasMessageContaining("\"items\"");
        assertThatThrownBy(() -> lab.start("lab", lab.target, Lab.OPTIONS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items/lab already runs");
    }
}
