package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why a row is as it is. */
final class ExplainTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private final Lab lab = new Lab();

    @Test
    void promise_B21_statusAttemptsCauseAndNextAttemptOfAFailingRow() {
        long generation = lab.put("a", "1");
        lab.target.next("a", (context, operation) -> {
            lab.clock.sleep(Duration.ofSeconds(2));
            throw new IllegalStateException("no route");
        });
        lab.breakFor("a", "still no route");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(12));

        Explanation why = lab.explain(reconciler, "a");
        assertThat(why.reconciler()).isEqualTo("items/lab");
        assertThat(why.key()).isEqualTo("a");
        assertThat(why.exists()).isTrue();
        assertThat(why.status()).isNotNull().satisfies(status -> {
            assertThat(status.kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status.generation()).isEqualTo(generation);
        });
        assertThat(why.waitsFor())
                .isEqualTo("attempt 3 at " + lab.clock.instant().plusSeconds(10));
        assertThat(why.attempts()).hasSize(2);
        assertThat(why.attempts().getFirst()).satisfies(attempt -> {
            assertThat(attempt.cause()).isEqualTo(Cause.RETRY);
            assertThat(attempt.number()).isEqualTo(2);
            assertThat(attempt.error()).isEqualTo("still no route");
        });
        assertThat(why.attempts().getLast()).satisfies(attempt -> {
            assertThat(attempt.operation()).isEqualTo("update");
            assertThat(attempt.cause()).isEqualTo(Cause.CHANGE);
            assertThat(attempt.generation()).isEqualTo(generation);
            assertThat(attempt.number()).isEqualTo(1);
            assertThat(attempt.took()).isEqualTo(Duration.ofSeconds(2));
            assertThat(attempt.outcome()).isEqualTo("failed");
            assertThat(attempt.error()).isEqualTo("IllegalStateException: no route");
        });
    }

    @Test
    void promise_B21_aRunningOperationIsShown() {
        Gate gate = lab.clock.gate();
        lab.putAll("a", "b");
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(3));
        assertThat(lab.explain(reconciler, "a").waitsFor()).startsWith("update runs since");
        assertThat(lab.explain(reconciler, "a").attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("running");
            assertThat(attempt.took()).isEqualTo(Duration.ofSeconds(3));
        });
        assertThat(lab.explain(reconciler, "b").waitsFor()).isEqualTo("its turn: 1 operation(s) run, concurrency is 1");
        lab.put("a", "2");
        reconciler.options(OPTIONS.concurrency(2));
        lab.clock.runUntilIdle();
        assertThat(lab.explain(reconciler, "a").waitsFor()).contains("newer change is next");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.explain(reconciler, "a").attempts())
                .extracting(Explanation.Attempt::outcome)
                .containsExactly("done", "superseded");
        assertThat(lab.explain(reconciler, "a").waitsFor()).isEqualTo("nothing");
    }

    @Test
    void promise_B21_theLastAttemptOfAFailingRowIsKeptWhenTheRingHasTurned() {
        lab.put("a", "1");
        lab.target.always("a", Fault.permanent("not allowed"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        for (int i = 0; i <= 10_000; i++) {
            lab.put("b" + i, "1");
        }
        reconciler.options(OPTIONS.rounds(1_000_000, 1000));
        lab.clock.runUntilIdle();
        assertThat(lab.explain(reconciler, "b0").attempts()).as("forgotten").isEmpty();
        assertThat(lab.explain(reconciler, "b10000").attempts()).hasSize(1);
        assertThat(lab.explain(reconciler, "a").attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo("permanent"));
        assertThat(lab.explain(reconciler, "a").waitsFor())
                .contains("failed for good")
                .contains("retry");
    }

    @Test
    void promise_B21_aRowInTheTablesQueueKnowsHowManyComeBeforeIt() {
        Gate gate = lab.clock.gate();
        lab.putAll("a", "b", "c", "d");
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.explain(reconciler, "d").waitsFor())
                .isEqualTo("its turn: 1 operation(s) run, concurrency is 1; 2 change(s) come before it");
        gate.open();
        lab.clock.runUntilIdle();
    }

    @Test
    void promise_B21_aFullRoundIsNamedWithItsEnd() {
        lab.putAll("a", "b", "c", "d");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.rounds(2, 0.1));
        assertThat(lab.explain(reconciler, "d").waitsFor())
                .isEqualTo("its turn: the round of 2 is full, the next one begins at "
                        + lab.clock.instant().plusSeconds(10) + "; 1 change(s) come before it");
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.kind(reconciler, "d")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B21_aKeyThatAHungOperationClosesIsNamedWithHowLongItHangs() {
        Gate gate = lab.clock.gate();
        lab.put("a", "1");
        lab.target.next("a", Fault.hanging(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.operationDeadline(Duration.ofMinutes(1)));
        lab.advance(Duration.ofMinutes(3));
        assertThat(lab.explain(reconciler, "a").waitsFor())
                .startsWith("the end of an operation that hangs: update passed its deadline at ")
                .contains("still runs, for 3m by now");
        gate.open();
        lab.clock.runUntilIdle();
    }

    @Test
    void promise_B21_everyCauseIsNamed() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        lab.advance(Duration.ofSeconds(10));
        reconciler.retry(Item.key("a"));
        lab.clock.runUntilIdle();
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.explain(reconciler, "a").attempts())
                .extracting(Explanation.Attempt::cause)
                .containsExactly(Cause.REFRESH, Cause.MANUAL, Cause.RETRY, Cause.CHANGE);
        lab.delete("a");
        lab.clock.runUntilIdle();
        lab.target.tamper("a", new Item("a", "left over"));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(lab.explain(reconciler, "a").attempts().getFirst()).satisfies(attempt -> {
            assertThat(attempt.cause()).isEqualTo(Cause.PRUNE);
            assertThat(attempt.outcome()).isEqualTo("done");
        });
    }

    @Test
    void promise_B21_whatWasBlockedAndWaitsForItsTurnSaysWhatHasChanged() {
        Links links = new Links(lab);
        Gate gate = lab.clock.gate();
        lab.putAll("a", "b");
        lab.target.always("a", links.needs("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.explain(reconciler, "a").attempts().getFirst()).satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("blocked");
            assertThat(attempt.error()).isEqualTo("needs eth0");
        });
        lab.target.next("b", Fault.waiting(gate));
        lab.put("b", "2");
        lab.clock.runUntilIdle();
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.explain(reconciler, "a").waitsFor())
                .isEqualTo("its turn: 1 operation(s) run, concurrency is 1; links/eth0, on which it was blocked, has"
                        + " changed");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B21_anUndoneDeleteIsExplained() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.breakFor("a", "busy");
        lab.delete("a");
        lab.clock.runUntilIdle();
        Explanation why = lab.explain(reconciler, "a");
        assertThat(why.exists()).isFalse();
        assertThat(why.waitsFor()).startsWith("attempt 2 at");
        assertThat(why.attempts().getFirst().operation()).isEqualTo("delete");
        assertThat(reconciler.explain(Item.key("nobody"))).isEmpty();
    }

    @Test
    void promise_B21_aRefreshIsNamedAsCauseAndTheNextOneIsTold() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        lab.advance(Duration.ofSeconds(60));
        Explanation why = lab.explain(reconciler, "a");
        assertThat(why.attempts().getFirst().cause()).isEqualTo(Cause.REFRESH);
        assertThat(why.waitsFor())
                .isEqualTo("a refresh at " + lab.clock.instant().plusSeconds(60) + " or soon after");
    }
}
