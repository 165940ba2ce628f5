package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mode PLAN: the target is looked at and never touched, and what would be done is a table. */
final class PlanTest extends PlanFixture {
    @Test
    void promise_B20_planCallsNoMutatorAndItsPlanIsATable() {
        long revision = lab.put("new", "1");
        lab.target.tamper("stray", new Item("stray", "x"));
        Instant start = lab.clock.instant();
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        reconciler.prune();
        lab.advance(Duration.ofHours(1));
        assertNoMutatorCalled();
        assertThat(plan(reconciler))
                .containsExactly(
                        new PlannedChange("prune", "stray", Cause.PRUNE, revision, start, null, null, null),
                        new PlannedChange(
                                "update", "new", Cause.CHANGE, revision, start, "new is missing", null, null));
        assertThat(lab.kind(reconciler, "new")).isEqualTo(StatusKind.PENDING);
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.health().message()).isEqualTo("OK, 1 object(s); plans only, 2 change(s) planned");
        assertThat(reconciler.plan().orElseThrow().name()).matches("plan-items-lab-[0-9a-z]{13}");
        assertThat(lab.explain(reconciler, "new").waitsFor())
                .contains("mode apply")
                .contains("new is missing");
    }

    @Test
    void promise_B20_applyCarriesOutAllThatIsPlannedAndEmptiesThePlan() {
        lab.putAll("keep", "gone");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        lab.putAll("c", "b", "a");
        lab.delete("gone");
        lab.target.tamper("stray", new Item("stray", "x"));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler))
                .containsExactly("delete gone", "prune stray", "update a", "update b", "update c");
        lab.target.forgetCalls();
        options(reconciler, APPLY);
        lab.assertTarget("keep", "a", "b", "c");
        assertThat(lab.target.log())
                .as("in the order of the changes")
                .containsSubsequence("update c", "update b", "update a", "delete gone");
        assertThat(plan(reconciler)).isEmpty();
        assertThat(reconciler.stats().queued()).isZero();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B20_waitingWorkAndRetriesBecomePlanned_andKeepTheirBackoff() {
        lab.put("failing", "1");
        lab.target.next("failing", Fault.error("no"), Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        assertThat(change(reconciler, "update failing").cause()).isEqualTo(Cause.RETRY);
        assertThat(lab.target.log()).containsExactly("update failing");
        options(reconciler, APPLY);
        assertThat(plan(reconciler)).isEmpty();
        lab.advance(Duration.ofSeconds(59));
        assertThat(lab.target.count("update failing")).isEqualTo(1);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.count("update failing")).isEqualTo(2);
        assertThat(lab.target.last("update failing").attempt()).isEqualTo(2);
    }

    @Test
    void promise_B20_aRetryThatIsDueIsPlannedAndDoneWithItsAttempts() {
        lab.put("failing", "1");
        lab.target.next("failing", Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        lab.advance(Duration.ofHours(1));
        assertThat(lab.target.log()).containsExactly("update failing", "observe failing");
        assertThat(change(reconciler, "update failing").drift()).isEqualTo("failing is missing");
        assertThat(reconciler.health().failing()).isEqualTo(1);
        options(reconciler, APPLY);
        assertThat(lab.target.last("update failing").attempt()).isEqualTo(2);
        assertThat(lab.target.last("update failing").cause()).isEqualTo(Cause.RETRY);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B20_whatRunsWhenItBecomesAPlanEnds_andItsFailureIsPlanned() {
        lab.putAll("a", "b");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        lab.target.next("b", (context, operation) -> {
            gate.await();
            throw new IllegalStateException("no");
        });
        RunningReconciler<Item> reconciler = lab.run(APPLY.concurrency(2));
        options(reconciler, PLAN);
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.ERROR);
        assertThat(planned(reconciler)).containsExactly("update b");
        assertThat(lab.target.log()).containsExactly("update a", "update b");
    }

    @Test
    void promise_B20_anEntryGoesWhenTheRowChangesBack() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(change(reconciler, "update a").drift()).contains("text=1");
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        assertThat(plan(reconciler)).isEmpty();
        assertThat(lab.explain(reconciler, "a").waitsFor()).contains("as desired");
        options(reconciler, APPLY);
        assertThat(lab.kind(reconciler, "a")).as("no change is lost").isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B20_entriesFollowTheRow_andSinceIsWhenThatGenerationWasPlanned() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        long second = lab.put("a", "2");
        lab.clock.runUntilIdle();
        Instant first = lab.clock.instant();
        assertThat(change(reconciler, "update a"))
                .returns(second, PlannedChange::generation)
                .returns(first, PlannedChange::since);
        lab.advance(Duration.ofSeconds(5));
        reconciler.retry(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(change(reconciler, "update a"))
                .returns(Cause.MANUAL, PlannedChange::cause)
                .returns(first, PlannedChange::since);
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("delete a");
        lab.put("a", "3");
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("update a");
        assertThat(change(reconciler, "update a").since()).isEqualTo(first.plusSeconds(5));
        assertNoMutatorCalledSince(1);
    }

    private void assertNoMutatorCalledSince(int calls) {
        assertThat(lab.target.log().stream().skip(calls)).allMatch(call -> call.startsWith("observe"));
    }

    @Test
    void promise_B20_anObservationThatFailsIsToldInThePlan() {
        lab.put("a", "1");
        lab.target.next("a", Fault.throwing(new IllegalStateException("no route")));
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        assertThat(change(reconciler, "update a").error()).contains("no route");
        assertThat(change(reconciler, "update a").drift()).isNull();
        assertThat(reconciler.health().failing()).as("no operation failed").isZero();
        assertThat(lab.explain(reconciler, "a").attempts().getFirst())
                .returns("observe", attempt -> attempt.operation())
                .returns("failed", attempt -> attempt.outcome());
        reconciler.retry(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(change(reconciler, "update a").drift()).isEqualTo("a is missing");
    }

    @Test
    void promise_B20_anObservationThatHangsIsAbandonedAndHoldsUpNobody() {
        lab.putAll("a", "b");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.hanging(gate));
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        assertThat(lab.target.log()).containsExactly("observe a");
        lab.advance(Duration.ofSeconds(10));
        assertThat(planned(reconciler)).containsExactly("update a", "update b");
        assertThat(change(reconciler, "update a").error()).contains("deadline");
        assertThat(reconciler.health().problems()).anyMatch(problem -> problem.contains("observe of a"));
        options(reconciler, APPLY);
        assertThat(lab.target.count("update a")).as("its key is closed").isZero();
        gate.open();
        lab.clock.runUntilIdle();
        lab.assertTarget("a", "b");
    }

    @Test
    void promise_B20_observationsTakeSlots() {
        lab.putAll("a", "b", "c");
        Gate gate = lab.clock.gate();
        for (String name : List.of("a", "b", "c")) {
            lab.target.next(name, Fault.waiting(gate));
        }
        lab.run(PLAN.concurrency(2));
        assertThat(lab.target.log()).containsExactly("observe a", "observe b");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).hasSize(3);
    }

    @Test
    void promise_B20_aRowThatChangesWhileItIsObservedIsObservedAgain() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        long second = lab.put("a", "2");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("observe a", "observe a");
        assertThat(change(reconciler, "update a").generation()).isEqualTo(second);
    }

    @Test
    void promise_B20_applyWhileARowIsObservedCarriesItOut() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        options(reconciler, APPLY);
        gate.open();
        lab.clock.runUntilIdle();
        lab.assertTarget("a");
        assertThat(plan(reconciler)).isEmpty();
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B20_withoutObserveEveryChangeIsPlannedAndNobodyIsAskedAgain() {
        FakeTarget<Item> blind = new FakeTarget<>(Item::name, Item::key) {
            @Override
            protected boolean canObserve() {
                return false;
            }
        };
        lab.putAll("a", "b", "c");
        RunningReconciler<Item> reconciler = lab.start("lab", blind, PLAN);
        lab.clock.runUntilIdle();
        assertThat(plan(reconciler)).extracting(PlannedChange::drift).containsExactly(null, null, null);
        assertThat(lab.explain(reconciler, "a").attempts()).isEmpty();
        options(reconciler, APPLY);
        assertThat(blind.objects()).hasSize(3);
    }

    @Test
    void promise_B20_aPlanIsKeptInAPauseAndDoneAfterIt() {
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        options(reconciler, PAUSED);
        lab.put("b", "1");
        lab.advance(Duration.ofHours(1));
        assertThat(planned(reconciler)).containsExactly("update a");
        options(reconciler, APPLY);
        lab.assertTarget("a", "b");
        assertThat(plan(reconciler)).isEmpty();
    }

    @Test
    void promise_B20_aPausedRowIsNotPlannedUntilItIsResumed() {
        lab.putAll("a", "failing");
        lab.target.next("failing", Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("update a", "update failing");
        reconciler.pause(Item.key("a"));
        reconciler.pause(Item.key("failing"));
        lab.clock.runUntilIdle();
        assertThat(plan(reconciler)).isEmpty();
        reconciler.resume(Item.key("a"));
        reconciler.resume(Item.key("failing"));
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("update a", "update failing");
    }

    @Test
    void promise_B20_aReconcilerThatIsStartedAgainPlansAnew() {
        lab.putAll("a", "b");
        RunningReconciler<Item> first = lab.run(PLAN);
        assertThat(planned(first)).hasSize(2);
        first.stop();
        lab.clock.runUntilIdle();
        lab.delete("b");
        RunningReconciler<Item> second = lab.run(PLAN);
        assertThat(planned(second)).containsExactly("update a");
        second.stop();
        lab.clock.runUntilIdle();
        lab.reconcilers.forget(second);
        assertThat(lab.db.tables()).extracting(Table::name).containsExactly("items");
    }

    @Test
    void promise_B20_modesThatChangeFastLoseNothing() {
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        for (int i = 0; i < 200; i++) {
            lab.put("i" + i, "1");
            reconciler.options(List.of(APPLY, PLAN, PAUSED).get(i % 3).concurrency(1 + i % 4));
            if (i % 5 == 0) {
                lab.clock.runUntilIdle();
            }
        }
        reconciler.options(APPLY);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.objects()).hasSize(200);
        assertThat(reconciler.stats().queued()).isZero();
        assertThat(plan(reconciler)).isEmpty();
    }
}
