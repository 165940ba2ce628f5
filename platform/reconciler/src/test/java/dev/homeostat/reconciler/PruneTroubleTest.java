package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends the failure of a prune that health tells of: one that succeeds, and whose success says as much. */
final class PruneTroubleTest {
    private static final Options APPLY = Lab.OPTIONS;
    private static final Options PLAN = APPLY.mode(Mode.PLAN);
    private final Lab lab = new Lab();
    private final RunningReconciler<Item> reconciler = start();

    private RunningReconciler<Item> start() {
        lab.putAll("x", "y", "z");
        return lab.run(APPLY);
    }

    private void options(Options options) {
        reconciler.options(options);
        lab.clock.runUntilIdle();
    }

    private void prune() {
        reconciler.prune();
        lab.clock.runUntilIdle();
    }

    private void failingPrune(String reason) {
        lab.target.next(FakeTarget.PRUNE, Fault.error(reason));
        prune();
    }

    private AbstractStringAssert<?> assertProblem() {
        return assertThat(reconciler.health().problems()).singleElement().asString();
    }

    @Test
    void promise_B8_aSearchThatOnlyPlansDoesNotEndTheFailureOfASearch() {
        failingPrune("cannot list");
        options(PLAN);
        prune();
        assertProblem().contains("cannot list");
        lab.target.tamper("stray", new Item("stray", "1"));
        prune();
        assertProblem().as("found, and not removed").contains("cannot list");
        options(APPLY);
        assertThat(reconciler.health().ok()).isTrue();
        lab.assertTarget("x", "y", "z");
    }

    @Test
    void promise_B8_aSearchThatOnlyPlansEndsTheFailureOfAnother() {
        options(PLAN);
        failingPrune("cannot list");
        assertProblem().contains("cannot list");
        prune();
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(lab.target.last("prune").attempt()).isEqualTo(2);
        prune();
        assertThat(lab.target.last("prune").attempt()).isEqualTo(1);
    }

    @Test
    void promise_B8_afterThatHealthTellsOfTheEarlierFailureAgain() {
        failingPrune("cannot list");
        String since = lab.clock.instant().toString();
        lab.advance(Duration.ofMinutes(1));
        options(PLAN);
        failingPrune("no thread to plan with");
        assertProblem().contains("no thread").contains("since " + since);
        prune();
        assertProblem().contains("cannot list").contains("since " + since);
    }

    @Test
    void promise_B8_aSearchThatBeganInApplyFailsAsOneThatWouldHaveRemoved() {
        assertFailureOutlivesAPlan(APPLY, PLAN);
    }

    @Test
    void promise_B8_aSearchThatEndsInApplyFailsAsOneThatWouldHaveRemoved() {
        assertFailureOutlivesAPlan(PLAN, APPLY);
    }

    private void assertFailureOutlivesAPlan(Options before, Options after) {
        options(before);
        Gate gate = lab.clock.gate();
        lab.target.next(FakeTarget.PRUNE, (context, search) -> {
            gate.await();
            throw new IllegalStateException("cannot list");
        });
        prune();
        options(after);
        gate.open();
        lab.clock.runUntilIdle();
        assertProblem().contains("cannot list");
        options(PLAN);
        prune();
        assertProblem().contains("cannot list");
        options(APPLY);
        prune();
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B8_aRemovalThatFailedIsInHealthBeforeTheOthersHaveRun() {
        Gate gate = lab.clock.gate();
        lab.target.tamper("one", new Item("one", "1"));
        lab.target.tamper("two", new Item("two", "1"));
        lab.target.next("one", (context, removal) -> {
            gate.await();
            throw new IllegalStateException("busy");
        });
        prune();
        options(APPLY.mode(Mode.PAUSED));
        gate.open();
        lab.advance(Duration.ofHours(1));
        assertProblem().contains("one").contains("busy").contains("pause");
        options(APPLY);
        assertProblem().contains("one").contains("busy").contains("failing since");
        prune();
        assertThat(reconciler.health().ok()).isTrue();
        lab.assertTarget("x", "y", "z");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void promise_B8_whatBreaksAfterTheSearchNeverPassesForASuccess(int before) {
        FailingDatabase failing = new FailingDatabase(lab.db);
        failing.method = "readTxn";
        RunningReconciler<Item> breaking =
                Reconcilers.builder(failing.proxy(), lab.clock).build().start("breaking", lab.items, lab.target, APPLY);
        lab.clock.runUntilIdle();
        lab.target.tamper("stray", new Item("stray", "1"));
        lab.target.next(FakeTarget.PRUNE, (context, search) -> {
            var outcome = search.call();
            failing.before = before;
            failing.left = 1;
            return outcome;
        });
        var report = breaking.prune().toCompletableFuture();
        lab.advance(Duration.ofSeconds(2));
        assertThat(failing.left).as("it broke").isZero();
        assertThat(report).isDone();
        assertThat(lab.target.objects().containsKey("stray"))
                .as("nothing was removed, and whoever asked is told so")
                .isEqualTo(report.isCompletedExceptionally());
    }

    @Test
    void promise_B8_aPruneThatIsHeldEndsNoFailure() {
        failingPrune("cannot list");
        for (int i = 0; i < 20; i++) {
            lab.target.tamper("stray" + i, new Item("stray" + i, "1"));
        }
        prune();
        assertThat(reconciler.health().problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("cannot list"));
        reconciler.confirmPrune(reconciler.heldPrune().orElseThrow().number());
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().ok()).isTrue();
    }
}
