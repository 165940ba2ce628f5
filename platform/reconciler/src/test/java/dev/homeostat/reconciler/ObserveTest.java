package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drift that somebody asks for. */
final class ObserveTest {
    private static final Options OPTIONS = Lab.OPTIONS.operationDeadline(Duration.ofSeconds(10));
    private final Lab lab = new Lab();

    @ParameterizedTest
    @EnumSource(Mode.class)
    void promise_B20_driftIsReportedInAnyModeAndNothingIsChanged(Mode mode) {
        lab.putAll("same", "other", "missing", "broken", "failing");
        lab.breakFor("failing", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.heal();
        lab.target.tamper("other", new Item("other", "2"));
        lab.target.tamper("missing", null);
        lab.target.next("broken", Fault.throwing(new IllegalStateException("no route")));
        lab.target.forgetCalls();
        reconciler.options(OPTIONS.mode(mode));
        var report = reconciler.observe();
        lab.advance(Duration.ofMillis(50));
        assertThat(Lab.result(report))
                .isEqualTo(new DriftReport(
                        1,
                        2,
                        1,
                        List.of(
                                new DriftReport.Finding("broken", null, "IllegalStateException: no route"),
                                new DriftReport.Finding("missing", "missing is missing", null),
                                new DriftReport.Finding("other", "other is Item[name=other, text=2]", null))));
        assertThat(lab.target.log())
                .containsExactly("observe broken", "observe missing", "observe other", "observe same");
        assertThat(lab.kind(reconciler, "missing")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.stats().queued())
                .as("but the one that failed before")
                .isEqualTo(1);
    }

    @Test
    void promise_B20_observationIsHeldToTheRefreshRateAndComesBehindChanges() {
        for (int i = 0; i < 50; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.refreshRate(10));
        lab.target.forgetCalls();
        var report = reconciler.observe();
        lab.advance(Duration.ofSeconds(2));
        assertThat(lab.target.calls()).hasSizeBetween(19, 21);
        lab.put("new", "1");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log().getLast()).isEqualTo("update new");
        lab.advance(Duration.ofSeconds(5));
        assertThat(Lab.result(report).inSync()).as("the new one was not there").isEqualTo(50);
    }

    @Test
    void promise_B20_aRowThatChangesWhileItIsObservedIsUpdatedAndNotCounted() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        var report = reconciler.observe();
        lab.clock.runUntilIdle();
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).as("one operation a key").isEqualTo(1);
        gate.open();
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
        assertThat(Lab.result(report).inSync()).isEqualTo(1);
    }

    @Test
    void promise_B9_aRefreshThatIsDueWhileTheRowIsObservedComesAfterwards() {
        lab.put("a", "1");
        Options refreshing = OPTIONS.refreshing(Duration.ofSeconds(5), 100).concurrency(2);
        RunningReconciler<Item> reconciler = lab.run(refreshing);
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        reconciler.observe();
        lab.advance(Duration.ofSeconds(6));
        assertThat(reconciler.stats().refreshes()).isZero();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(reconciler.stats().refreshes()).isEqualTo(1);
        lab.advance(Duration.ofSeconds(6));
        assertThat(reconciler.stats().refreshes()).isEqualTo(2);
    }

    @Test
    void promise_B20_anObservationThatHangsCountsAsFailed() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.hanging(gate));
        var report = reconciler.observe();
        lab.advance(Duration.ofSeconds(11));
        assertThat(Lab.result(report).failed()).isEqualTo(1);
        assertThat(Lab.result(report).findings().getFirst().error()).contains("deadline");
        lab.put("a", "2");
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.objects()).as("its key is closed").containsEntry("a", new Item("a", "1"));
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
    }

    @Test
    void promise_B20_theReportIsBounded() {
        for (int i = 0; i < 150; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.refreshRate(1_000_000));
        for (int i = 0; i < 150; i++) {
            lab.target.tamper("i" + i, null);
        }
        var report = reconciler.observe();
        lab.advance(Duration.ofSeconds(1));
        assertThat(Lab.result(report).drifted()).isEqualTo(150);
        assertThat(Lab.result(report).findings()).hasSize(100);
    }

    @Test
    void promise_B20_whoAsksAgainGetsTheNextReport() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        var first = reconciler.observe();
        lab.clock.runUntilIdle();
        var second = reconciler.observe();
        lab.clock.runUntilIdle();
        gate.open();
        lab.advance(Duration.ofSeconds(1));
        assertThat(Lab.result(first).inSync()).isEqualTo(1);
        assertThat(Lab.result(second).inSync()).isEqualTo(1);
        assertThat(lab.target.count("observe a")).isEqualTo(2);
    }

    @Test
    void observe_whereTheOperationsCannot_saysSo() {
        FakeTarget<Item> blind = new FakeTarget<>(Item::name, Item::key) {
            @Override
            protected boolean canObserve() {
                return false;
            }
        };
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.start("lab", blind, OPTIONS);
        lab.clock.runUntilIdle();
        var report = reconciler.observe().toCompletableFuture();
        lab.clock.runUntilIdle();
        assertThatThrownBy(report::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("items/lab");
    }

    @Test
    void observe_whenItStops_endsForWhoAsked() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("a", Fault.waiting(lab.clock.gate()));
        var open = reconciler.observe().toCompletableFuture();
        lab.clock.runUntilIdle();
        reconciler.stop();
        lab.advance(Duration.ofMinutes(1));
        assertThatThrownBy(open::join).hasMessageContaining("stopped");
        var late = reconciler.observe().toCompletableFuture();
        lab.clock.runUntilIdle();
        assertThatThrownBy(late::join).hasMessageContaining("stopped");
    }
}
