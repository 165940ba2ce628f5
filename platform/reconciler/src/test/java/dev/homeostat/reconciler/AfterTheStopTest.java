package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reconciler that was stopped can be asked, and says what it knew; what it should do it refuses. */
final class AfterTheStopTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofHours(1), Duration.ofHours(1));

    private final Lab lab = new Lab();
    private RunningReconciler<Item> reconciler = lab.start(OPTIONS);

    @BeforeEach
    void stop() {
        lab.putAll("a", "b");
        lab.breakFor("b", "no route");
        lab.clock.runUntilIdle();
        lab.target.forgetCalls();
        reconciler.stop();
        lab.clock.runUntilIdle();
    }

    @Test
    void itSaysWhatItKnew() {
        assertThat(reconciler.isStopped()).isTrue();
        assertThat(reconciler.fullName()).isEqualTo("items/lab");
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "b").error()).isEqualTo("no route");
        assertThat(reconciler.stats().updates()).isEqualTo(2);
        assertThat(reconciler.undoneDeletes()).isEmpty();
        assertThat(reconciler.withStatus(lab.db.readTxn(), StatusKind.ERROR)).containsExactly(Item.key("b"));
        assertThat(lab.explain(reconciler, "b").status()).isEqualTo(lab.known(reconciler, "b"));
        assertThat(reconciler.heldPrune()).isEmpty();
        assertThat(reconciler.plan()).isEmpty();
        assertThat(reconciler.pausedKeys()).isEmpty();
        assertThat(reconciler.options()).isEqualTo(OPTIONS);
    }

    @Test
    void retryAndRefresh_areRefused() {
        for (Runnable ask : List.<Runnable>of(
                () -> reconciler.retry(Item.key("b")), reconciler::refresh, () -> reconciler.refresh(Item.key("a")))) {
            assertThatThrownBy(ask::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("items/lab was stopped");
        }
        lab.advance(Duration.ofDays(1));
        assertThat(lab.target.calls()).isEmpty();
    }

    @Test
    void prunesAndObservations_completeExceptionally() {
        List<CompletionStage<?>> asked = List.of(reconciler.prune(), reconciler.observe());
        lab.clock.runUntilIdle();
        assertThat(asked)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture().exceptionNow())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("items/lab was stopped"));
        assertThat(lab.target.calls()).isEmpty();
    }

    @Test
    void confirmationOfAPruneThatIsHeld_completesExceptionally() {
        lab.target.tamper("stray", new Item("stray", "1"));
        RunningReconciler<Item> other = lab.start("other", lab.target, OPTIONS.pruneGuard(0, 0));
        lab.clock.runUntilIdle();
        other.prune();
        lab.clock.runUntilIdle();
        long number = other.heldPrune().orElseThrow().number();
        other.stop();
        lab.clock.runUntilIdle();
        var report = other.confirmPrune(number);
        lab.clock.runUntilIdle();
        assertThat(report.toCompletableFuture().exceptionNow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items/other was stopped");
        assertThat(lab.target.objects()).containsKey("stray");
    }

    @Test
    void waits_endAtOnce_named() {
        var wait = reconciler.waitForReconciliation();
        var attempted = reconciler.waitUntilReconciled(2);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isFalse();
        assertThat(Lab.result(wait).stopped()).contains("items/lab was stopped");
        assertThat(attempted.toCompletableFuture().exceptionNow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items/lab was stopped");
    }

    @Test
    void newOptions_areRefused() {
        Options often = OPTIONS.refreshing(Duration.ofMillis(1), 1000).pruning(Duration.ofMillis(1));
        assertThatThrownBy(() -> reconciler.options(often))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items/lab was stopped")
                .hasMessageContaining("options");
        assertThat(reconciler.options()).isEqualTo(OPTIONS);
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.calls()).isEmpty();
    }

    @Test
    void anotherStop_isDoneAlready() {
        assertThat(Lab.isDone(reconciler.stop())).isTrue();
    }

    @Test
    void changes_startNothing() {
        lab.put("a", "2");
        lab.delete("b");
        lab.advance(Duration.ofDays(1));
        assertThat(lab.target.calls()).isEmpty();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.PENDING);
    }
}
