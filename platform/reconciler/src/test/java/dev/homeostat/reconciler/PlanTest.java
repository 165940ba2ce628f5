package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mode PLAN: the target is looked at and never touched, and what would be done is a table. */
final class PlanTest {
    private static final Options APPLY = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final Options PLAN = APPLY.mode(Mode.PLAN);
    private static final Options PAUSED = APPLY.mode(Mode.PAUSED);
    private final Lab lab = new Lab();

    private void options(RunningReconciler<Item> reconciler, Options options) {
        reconciler.options(options);
        lab.clock.runUntilIdle();
    }

    private List<PlannedChange> plan(RunningReconciler<Item> reconciler) {
        Table<PlannedChange> table = reconciler.plan().orElse(null);
        return table == null
                ? List.of()
                : table.all(lab.db.readTxn()).stream().map(Row::value).toList();
    }

    private List<String> planned(RunningReconciler<Item> reconciler) {
        return plan(reconciler).stream()
                .map(change -> change.operation() + " " + change.key())
                .toList();
    }

    private PlannedChange change(RunningReconciler<Item> reconciler, String name) {
        Row<PlannedChange> row =
                reconciler.plan().orElseThrow().get(lab.db.readTxn(), PlannedChange.CHANGE.query(name));
        if (row == null) {
            throw new AssertionError("not planned: " + name + " in " + plan(reconciler));
        }
        return row.value();
    }

    private void assertNoMutatorCalled() {
        assertThat(lab.target.log()).allMatch(call -> call.startsWith("observe") || call.equals("prune"));
    }

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
                .contains("mode APPLY")
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
    void promise_B20_doneRowsAreNotRefreshedForTheirAgeInAPlanAndAreAfterIt() {
        lab.put("a", "1");
        Options refreshing = APPLY.refreshing(Duration.ofMinutes(1), 100);
        RunningReconciler<Item> reconciler = lab.run(refreshing);
        options(reconciler, refreshing.mode(Mode.PLAN));
        lab.advance(Duration.ofMinutes(5));
        assertThat(lab.target.log()).containsExactly("update a");
        options(reconciler, refreshing);
        assertThat(reconciler.stats().refreshes()).isEqualTo(1);
    }

    @Test
    void promise_B20_aWholeRefreshInAPlanPlansTheRowsThatDrifted_andApplyDoesThoseOnly() {
        for (int i = 0; i < 20; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = lab.run(APPLY);
        options(reconciler, PLAN);
        lab.target.tamper("i3", null);
        lab.target.tamper("i7", new Item("i7", "by hand"));
        lab.target.forgetCalls();
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(1));
        assertThat(planned(reconciler)).containsExactly("update i3", "update i7");
        assertThat(change(reconciler, "update i3").cause()).isEqualTo(Cause.REFRESH);
        assertThat(change(reconciler, "update i3").drift()).isEqualTo("i3 is missing");
        assertThat(lab.target.calls()).as("each is looked at once").hasSize(20);
        assertNoMutatorCalled();
        assertThat(lab.kind(reconciler, "i3")).isEqualTo(StatusKind.REFRESHING);
        assertThat(lab.kind(reconciler, "i4")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.stats().queued()).isEqualTo(2);
        lab.target.forgetCalls();
        options(reconciler, APPLY);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.log()).containsExactlyInAnyOrder("update i3", "update i7");
        assertThat(plan(reconciler)).isEmpty();
        assertThat(lab.kind(reconciler, "i3")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B9_aWholeRefreshInAPlanKeepsToTheRate() {
        for (int i = 0; i < 100; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = lab.run(APPLY.refreshRate(10));
        options(reconciler, PLAN.refreshRate(10));
        lab.target.forgetCalls();
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(5));
        assertThat(lab.target.calls()).hasSizeBetween(49, 51);
        lab.advance(Duration.ofHours(1));
        assertThat(lab.target.calls()).as("each once").hasSize(100);
        assertNoMutatorCalled();
        assertThat(plan(reconciler)).isEmpty();
    }

    @Test
    void promise_B20_aWholeRefreshThatCannotLookPlansAllRows() {
        lab.putAll("a", "b");
        Operations<Item> blind = new Operations<>() {
            @Override
            public Outcome update(OperationContext context, Item row) throws Exception {
                return lab.target.update(context, row);
            }

            @Override
            public Outcome delete(OperationContext context, Item row) throws Exception {
                return lab.target.delete(context, row);
            }
        };
        RunningReconciler<Item> reconciler = lab.start("lab", blind, APPLY);
        lab.clock.runUntilIdle();
        options(reconciler, PLAN);
        lab.target.forgetCalls();
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(1));
        assertThat(planned(reconciler)).containsExactly("update a", "update b");
        assertThat(lab.target.calls()).isEmpty();
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
