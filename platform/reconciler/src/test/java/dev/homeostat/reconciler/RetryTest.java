package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Failures, and what follows from them. */
final class RetryTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private final Lab lab = new Lab();

    @Test
    void promise_B1_anExceptionIsAFailure() {
        lab.put("a", "1");
        lab.target.next("a", Fault.throwing(new java.nio.file.NoSuchFileException("/x")));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("NoSuchFileException: /x");
    }

    @Test
    void promise_B1_anErrorThrownOrNullReturnedHarmsNothingElse() {
        lab.putAll("a", "b", "c");
        lab.target.next("a", (context, operation) -> {
            throw new StackOverflowError();
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("StackOverflowError");
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B12_theFirstDelayIsTheMinimum() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        lab.run(OPTIONS);
        lab.advance(Duration.ofMillis(999));
        assertThat(lab.target.count("update a")).isEqualTo(1);
        lab.advance(Duration.ofMillis(1));
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.RETRY);
    }

    @Test
    void promise_B12_delaysNeverLeaveTheirBoundsHoweverOftenItFails() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        for (int failures = 1; failures < 100; failures++) {
            var status = lab.known(reconciler, "a");
            assertThat(status.attempts()).isEqualTo(failures);
            Duration delay = Duration.between(status.updatedAt(), status.nextAttempt());
            assertThat(delay).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
            lab.advance(delay);
        }
    }

    @Test
    void promise_B12_aRowIsInTheQueueAtMostOnce() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.retry(Item.key("a"));
        reconciler.retry(Item.key("a"));
        lab.put("a", "2");
        assertThat(lab.target.count("update a")).isEqualTo(1);
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).as("one for all of them").isEqualTo(2);
        assertThat(reconciler.stats().queued()).isEqualTo(1);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.count("update a")).isEqualTo(3);
    }

    @Test
    void promise_B12_aChangeClearsTheRetryAndTheAttempts() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.known(reconciler, "a").attempts()).isGreaterThan(2);
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").attempts()).isEqualTo(1);
        assertThat(lab.target.last("update a").attempt()).isEqualTo(1);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.CHANGE);

        lab.target.heal();
        lab.put("a", "3");
        lab.clock.runUntilIdle();
        lab.target.forgetCalls();
        lab.advance(Duration.ofMinutes(5));
        assertThat(lab.target.log()).as("the old retry is gone").isEmpty();
    }

    @Test
    void promise_B12_aDeleteWaitingForRetryIsDroppedWhenTheRowIsCreatedAgain() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.breakFor("a", "busy");
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(reconciler.undoneDeletes()).hasSize(1);
        lab.target.heal();
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        lab.target.forgetCalls();
        lab.advance(Duration.ofMinutes(5));
        assertThat(lab.target.log()).isEmpty();
        lab.assertTarget("a");
    }

    @Test
    void promise_B12_aDeleteOfARowThatFailsIsNotHeldBackByItsRetry() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a", "delete a");
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B18_anOutcomeSaysItsOwnDelay() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("come back later", Duration.ofMinutes(5)));
        lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(299));
        assertThat(lab.target.count("update a")).isEqualTo(1);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B18_aPermanentFailureIsListedAndNotRetried() {
        lab.putAll("a", "b");
        lab.target.always("a", Fault.permanent("not allowed"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofHours(2));
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(lab.known(reconciler, "a").isPermanent()).isTrue();
        assertThat(reconciler.health().ok()).isFalse();
        assertThat(reconciler.health().failures()).singleElement().satisfies(failing -> {
            assertThat(failing.key()).isEqualTo("a");
            assertThat(failing.status().error()).isEqualTo("not allowed");
        });
    }

    @Test
    void promise_B18_aNewGenerationRevivesAPermanentFailure() {
        lab.put("a", "1");
        lab.target.next("a", Fault.permanent("not allowed"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B18_aRetryOnDemandRevivesAPermanentFailure() {
        lab.put("a", "1");
        lab.target.next("a", Fault.permanent("not allowed"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.MANUAL);
        assertThat(lab.target.last("update a").attempt()).isEqualTo(2);
    }

    @Test
    void promise_B18_aDeleteCanFailForGoodToo() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("a", Fault.permanent("in use"));
        lab.delete("a");
        lab.clock.runUntilIdle();
        lab.advance(Duration.ofHours(2));
        assertThat(lab.known(reconciler, "a").isPermanent()).isTrue();
        assertThat(reconciler.health().failures().getFirst().delete()).isTrue();
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        lab.assertTarget();
    }

    @Test
    void retry_ofADoneRow_attemptsItNow() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.tamper("a", null);
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        lab.assertTarget("a");
        assertThat(reconciler.retry(Item.key("nobody"))).isFalse();
    }
}
