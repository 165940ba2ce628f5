package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Prunes in mode PLAN, and those that run when the mode becomes PLAN or ends. */
final class PlannedPruneTest extends PlanFixture {
    @Test
    void promise_B20_aPruneInPlanTellsTheGuardsVerdictAndRemovesNothing() {
        lab.put("a", "1");
        for (int i = 0; i < 20; i++) {
            lab.target.tamper("stray" + i, new Item("stray" + i, "x"));
        }
        RunningReconciler<Item> reconciler = lab.run(PLAN);
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        PruneReport.Planned found = Lab.result(report).planned();
        assertThat(found).isNotNull();
        assertThat(found.removals()).hasSize(20);
        assertThat(found.held()).contains("prune-guard-share");
        assertThat(Lab.result(report).removed()).isEmpty();
        assertThat(change(reconciler, "prune stray7").held()).contains("prune-guard-share");
        assertThat(reconciler.heldPrune()).as("there is nothing to confirm").isEmpty();
        assertThat(reconciler.health().ok()).isTrue();

        options(reconciler, APPLY);
        assertThat(reconciler.heldPrune()).as("now there is").isPresent();
        assertThat(lab.target.objects()).hasSize(21);
        assertThat(plan(reconciler)).isEmpty();
    }

    @Test
    void promise_B20_aPlanThatBeginsLooksForWhatAPruneWouldRemove() {
        lab.putAll("a", "b");
        Options hourly = APPLY.pruning(Duration.ofHours(1));
        RunningReconciler<Item> reconciler = lab.run(hourly);
        lab.target.tamper("stray", new Item("stray", "x"));
        lab.advance(Duration.ofMinutes(1));
        options(reconciler, hourly.mode(Mode.PLAN));
        assertThat(planned(reconciler)).containsExactly("prune stray");
        lab.assertTarget("a", "b", "stray");
        long searches = lab.target.count(FakeTarget.PRUNE);
        lab.advance(Duration.ofMinutes(30));
        assertThat(lab.target.count(FakeTarget.PRUNE)).as("it looks once").isEqualTo(searches);

        options(reconciler, hourly);
        lab.assertTarget("a", "b");
    }

    @Test
    void promise_B20_aPlanOfPrunesOnDemandLooksOnDemand() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        lab.target.tamper("stray", new Item("stray", "x"));
        options(reconciler, PLAN);
        assertThat(lab.target.count(FakeTarget.PRUNE)).isZero();
        assertThat(reconciler.pruneState()).isEqualTo("on demand only");
    }

    @Test
    void promise_B20_aPlanThatEndsBeforeItLookedIsFollowedByNoPrune() {
        lab.put("a", "1");
        Options hourly = APPLY.pruning(Duration.ofHours(1));
        RunningReconciler<Item> reconciler = lab.run(hourly);
        lab.target.tamper("stray", new Item("stray", "x"));
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        long searches = lab.target.count(FakeTarget.PRUNE);
        options(reconciler, hourly.mode(Mode.PLAN));
        assertThat(reconciler.pruneState()).as("the slot is taken").isEqualTo("is due");
        options(reconciler, hourly);
        gate.open();
        lab.advance(Duration.ofMinutes(30));
        assertThat(lab.target.count(FakeTarget.PRUNE)).isEqualTo(searches);
        lab.assertTarget("a", "stray");
    }

    @Test
    void promise_B20_aPruneInPlanLeavesUndoneDeletesToThem() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        lab.delete("a");
        lab.clock.runUntilIdle();
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("delete a");
    }

    @Test
    void promise_B20_thePlanOfALaterPruneReplacesThatOfTheEarlier() {
        lab.putAll("a", "b");
        lab.target.tamper("one", new Item("one", "x"));
        lab.target.tamper("two", new Item("two", "x"));
        Options often = PLAN.pruning(Duration.ofMinutes(1));
        RunningReconciler<Item> reconciler = lab.run(often);
        Instant since = change(reconciler, "prune one").since();
        lab.target.tamper("two", null);
        lab.target.tamper("three", new Item("three", "x"));
        lab.advance(Duration.ofMinutes(1));
        assertThat(planned(reconciler)).containsExactly("prune one", "prune three", "update a", "update b");
        assertThat(change(reconciler, "prune one").since()).isEqualTo(since);
        assertThat(change(reconciler, "prune three").since()).isEqualTo(since.plusSeconds(60));
        assertNoMutatorCalled();
    }

    @Test
    void promise_B20_removalsThatHaveNotBegunArePlannedWhenItBecomesAPlan() {
        lab.putAll("x", "y", "z");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        Gate gate = lab.clock.gate();
        lab.target.tamper("one", new Item("one", "x"));
        lab.target.tamper("two", new Item("two", "x"));
        lab.target.next("one", Fault.waiting(gate));
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        options(reconciler, PLAN);
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).removed()).containsExactly("one");
        assertThat(planned(reconciler)).containsExactly("prune two");
        assertThat(lab.target.count("remove two")).isZero();
        options(reconciler, APPLY);
        lab.assertTarget("x", "y", "z");
    }

    @Test
    void promise_B8_aRemovalThatFailedStaysInHealthWhenTheRestBecomesAPlan() {
        lab.putAll("x", "y", "z");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        Gate gate = lab.clock.gate();
        lab.target.tamper("one", new Item("one", "x"));
        lab.target.tamper("two", new Item("two", "x"));
        lab.target.next("one", (context, operation) -> {
            gate.await();
            return Outcome.retry("busy");
        });
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        options(reconciler, PAUSED);
        gate.open();
        lab.clock.runUntilIdle();
        options(reconciler, PLAN);
        assertThat(planned(reconciler)).containsExactly("prune two");
        assertThat(reconciler.health().problems())
                .singleElement()
                .asString()
                .contains("one")
                .contains("busy");
        assertThat(Lab.result(report).failed()).hasSize(1);
        options(reconciler, APPLY);
        assertThat(reconciler.health().ok()).isTrue();
        lab.assertTarget("x", "y", "z");
    }

    @Test
    void promise_B8_aSearchThatOnlyPlansDoesNotEndTheFailureOfARemoval() {
        lab.put("x", "1");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        lab.target.tamper("one", new Item("one", "x"));
        lab.target.next("one", Fault.error("busy"));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems()).hasSize(1);
        options(reconciler, PLAN);
        lab.target.next(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems()).singleElement().asString().contains("cannot list");
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems()).as("nothing was removed yet").hasSize(1);
        options(reconciler, APPLY);
        assertThat(reconciler.health().ok()).isTrue();
        lab.assertTarget("x");
    }

    @Test
    void promise_B20_removalsThatWerePlannedAreDoneWhenItIsApplyAgainBeforeTheRunningOneEnds() {
        lab.putAll("x", "y", "z");
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        Gate gate = lab.clock.gate();
        lab.target.tamper("one", new Item("one", "x"));
        lab.target.tamper("two", new Item("two", "x"));
        lab.target.next("one", Fault.waiting(gate));
        reconciler.prune();
        lab.clock.runUntilIdle();
        options(reconciler, PLAN);
        assertThat(planned(reconciler)).containsExactly("prune two");
        options(reconciler, APPLY);
        assertThat(plan(reconciler)).isEmpty();
        gate.open();
        lab.clock.runUntilIdle();
        lab.assertTarget("x", "y", "z");
        assertThat(lab.target.count("prune")).isEqualTo(2);
    }

    @Test
    void promise_B20_removalsThatWerePlannedAreDoneHoweverOftenTheModeChangesBeforeASlotIsFree() {
        lab.putAll("x", "y", "z");
        RunningReconciler<Item> reconciler = lab.run(APPLY.concurrency(1));
        options(reconciler, PLAN.concurrency(1));
        lab.target.tamper("one", new Item("one", "x"));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("prune one");
        Gate gate = lab.clock.gate();
        lab.target.next("x", Fault.waiting(gate));
        lab.put("x", "2");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).as("it takes the only slot").endsWith("observe x");
        options(reconciler, APPLY.concurrency(1));
        options(reconciler, PLAN.concurrency(1));
        options(reconciler, APPLY.concurrency(1));
        gate.open();
        lab.clock.runUntilIdle();
        lab.assertTarget("x", "y", "z");
    }

    @Test
    void promise_B20_aConfirmationInAPlanWaitsForApply() {
        lab.put("a", "1");
        for (int i = 0; i < 20; i++) {
            lab.target.tamper("stray" + i, new Item("stray" + i, "x"));
        }
        RunningReconciler<Item> reconciler = lab.run(APPLY.pruning(Duration.ofHours(1)));
        options(reconciler, PLAN);
        var report =
                reconciler.confirmPrune(reconciler.heldPrune().orElseThrow().number());
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(report)).isFalse();
        assertThat(lab.target.objects()).hasSize(21);
        options(reconciler, APPLY);
        assertThat(Lab.result(report).removed()).hasSize(20);
    }
}
