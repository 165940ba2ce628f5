package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every option, changed while the reconciler runs: each takes effect, and loses nothing that waits. After each test a row that began to wait for its retry
 * before the change is attempted at its time, and not before.
 */
final class EachOptionTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofHours(2))
            .retrying(Duration.ofMinutes(1), Duration.ofMinutes(1))
            .mode(Mode.APPLY);
    private static final Duration WAIT = Duration.ofHours(10);

    private final Lab lab = new Lab();
    private Instant retryAt = Instant.MAX;

    /** It runs with these options, and one row waits for its retry. */
    private RunningReconciler<Item> running(Options options) {
        lab.put("waiting", "1");
        lab.target.next("waiting", (context, operation) -> Outcome.retry("later", WAIT));
        retryAt = lab.clock.instant().plus(WAIT);
        return lab.run(options);
    }

    private void change(RunningReconciler<Item> reconciler, Options options) {
        reconciler.options(options);
        lab.clock.runUntilIdle();
        assertThat(reconciler.options()).isEqualTo(options);
    }

    private void fill(int rows) {
        for (int i = 0; i < rows; i++) {
            lab.put("i" + i, "1");
        }
        lab.clock.runUntilIdle();
    }

    private long updated() {
        return lab.target.calls().stream()
                .filter(call ->
                        call.operation().equals("update") && !call.name().equals("waiting"))
                .count();
    }

    @AfterEach
    void promise_B7_theQueuedRetryIsKept() {
        if (retryAt.equals(Instant.MAX)) {
            return;
        }
        lab.advance(Duration.between(lab.clock.instant(), retryAt).minusNanos(1));
        assertThat(lab.target.count("update waiting")).as("not before its time").isEqualTo(1);
        lab.advance(Duration.ofNanos(1));
        assertThat(lab.target.last("update waiting"))
                .returns(2, call -> call.attempt())
                .returns(Cause.RETRY, call -> call.cause());
    }

    @Test
    void everyOption_hasATestHere() {
        List<String> tested = Arrays.stream(EachOptionTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .toList();
        List<String> options = Pattern.compile("([a-z-]+)=")
                .matcher(Options.defaults().toString())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(options).hasSizeGreaterThanOrEqualTo(16).allSatisfy(option -> {
            String camel = Pattern.compile("-(.)")
                    .matcher(option)
                    .replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT));
            assertThat(tested)
                    .as("a test of changing " + option + " while it runs")
                    .anyMatch(test -> test.startsWith("promise_B7_" + camel + "_"));
        });
    }

    @Test
    void promise_B7_roundSize_aLargerRoundBeginsAtOnce() {
        RunningReconciler<Item> reconciler = running(OPTIONS.rounds(5, 0.01));
        lab.advance(Duration.ofMinutes(3));
        fill(30);
        assertThat(updated()).isEqualTo(5);
        change(reconciler, OPTIONS.rounds(20, 0.01));
        assertThat(updated()).isEqualTo(25);
        change(reconciler, OPTIONS.rounds(1, 0.01));
        assertThat(updated()).as("a smaller one as well").isEqualTo(26);
    }

    @Test
    void promise_B7_roundRate_roundsComeFasterAndSlower() {
        RunningReconciler<Item> reconciler = running(OPTIONS.rounds(5, 0.001));
        lab.advance(Duration.ofMinutes(30));
        fill(100);
        assertThat(updated()).isEqualTo(5);
        change(reconciler, OPTIONS.rounds(5, 10));
        lab.advance(Duration.ofMillis(300));
        assertThat(updated()).as("one at once, three in 300 ms").isEqualTo(25);
        change(reconciler, OPTIONS.rounds(5, 0.001));
        lab.advance(Duration.ofMinutes(10));
        assertThat(updated()).isEqualTo(30);
    }

    @Test
    void promise_B7_pruneInterval_isTurnedOnShortenedAndTurnedOff() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        change(reconciler, OPTIONS.pruning(Duration.ofMinutes(10)));
        assertThat(lab.target.count("prune")).isEqualTo(1);
        lab.advance(Duration.ofMinutes(5));
        change(reconciler, OPTIONS.pruning(Duration.ofMinutes(6)));
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.count("prune")).isEqualTo(2);
        change(reconciler, OPTIONS.withoutPruning());
        lab.advance(Duration.ofHours(1));
        assertThat(lab.target.count("prune")).isEqualTo(2);
    }

    @Test
    void promise_B7_refreshInterval_isTurnedOnShortenedAndTurnedOff() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        fill(1);
        lab.advance(Duration.ofMinutes(5));
        change(reconciler, OPTIONS.refreshing(Duration.ofMinutes(10), 100));
        assertThat(reconciler.stats().refreshes()).isZero();
        change(reconciler, OPTIONS.refreshing(Duration.ofMinutes(5), 100));
        assertThat(reconciler.stats().refreshes()).isEqualTo(1);
        change(reconciler, OPTIONS.withoutRefreshing());
        lab.advance(Duration.ofHours(1));
        assertThat(reconciler.stats().refreshes()).isEqualTo(1);
    }

    @Test
    void promise_B7_refreshRate_isRaisedAndLowered() {
        RunningReconciler<Item> reconciler = running(OPTIONS.refreshRate(1));
        fill(100);
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(10));
        assertThat(reconciler.stats().refreshes()).isBetween(10L, 11L);
        change(reconciler, OPTIONS.refreshRate(10));
        lab.advance(Duration.ofSeconds(2));
        assertThat(reconciler.stats().refreshes()).isBetween(29L, 32L);
        change(reconciler, OPTIONS.refreshRate(0.1));
        lab.advance(Duration.ofSeconds(10));
        assertThat(reconciler.stats().refreshes()).isBetween(30L, 33L);
    }

    @Test
    void promise_B7_retryMin_holdsForTheNextFailure() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        change(reconciler, OPTIONS.retrying(Duration.ofSeconds(7), Duration.ofMinutes(1)));
        lab.breakFor("a", "no");
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").nextAttempt())
                .isEqualTo(lab.clock.instant().plusSeconds(7));
    }

    @Test
    void promise_B7_retryMax_holdsForRowsThatWaitAlready() {
        RunningReconciler<Item> reconciler = running(OPTIONS.retrying(Duration.ofHours(1), Duration.ofHours(1)));
        lab.target.next("a", Fault.error("no"));
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        change(reconciler, OPTIONS.retrying(Duration.ofSeconds(1), Duration.ofSeconds(9)));
        assertThat(lab.known(reconciler, "a").nextAttempt())
                .isEqualTo(lab.clock.instant().plusSeconds(9));
        lab.advance(Duration.ofSeconds(9));
        assertThat(lab.target.last("update a").attempt()).isEqualTo(2);
    }

    @Test
    void promise_B7_giveUpAttempts_holdsForTheNextFailure() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        lab.breakFor("a", "no");
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        change(reconciler, OPTIONS.giveUpAttempts(2));
        assertThat(lab.known(reconciler, "a").isPermanent()).isFalse();
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.known(reconciler, "a").isPermanent()).isTrue();
    }

    @Test
    void promise_B7_giveUpAge_holdsForTheNextFailure() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        lab.breakFor("a", "no");
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        change(reconciler, OPTIONS.giveUpAge(Duration.ofSeconds(30)));
        assertThat(lab.known(reconciler, "a").isPermanent()).isFalse();
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.known(reconciler, "a").isPermanent()).isTrue();
    }

    @Test
    void promise_B7_concurrency_goesUpAtOnceAndDownAsOperationsEnd() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        for (int i = 0; i < 8; i++) {
            lab.target.next("i" + i, Fault.slow(lab.clock, Duration.ofSeconds(10)));
        }
        fill(8);
        assertThat(reconciler.stats().running()).isEqualTo(1);
        change(reconciler, OPTIONS.concurrency(4));
        assertThat(reconciler.stats().running()).isEqualTo(4);
        change(reconciler, OPTIONS.concurrency(2));
        assertThat(reconciler.stats().running()).as("nothing is cut off").isEqualTo(4);
        lab.advance(Duration.ofSeconds(10));
        assertThat(reconciler.stats().running()).isEqualTo(2);
        assertThat(updated()).isEqualTo(6);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.objects()).hasSize(6);
    }

    @Test
    void promise_B7_operationDeadline_holdsForOperationsThatStartFromThenOn() {
        RunningReconciler<Item> reconciler = running(OPTIONS.concurrency(2));
        Gate gate = lab.clock.gate();
        lab.target.next("i0", Fault.waiting(gate));
        lab.target.next("i1", Fault.waiting(gate));
        Instant start = lab.clock.instant();
        lab.put("i0", "1");
        lab.clock.runUntilIdle();
        change(reconciler, OPTIONS.concurrency(2).operationDeadline(Duration.ofSeconds(5)));
        lab.put("i1", "1");
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("update i0").deadline()).isEqualTo(start.plus(Duration.ofHours(2)));
        assertThat(lab.target.last("update i1").deadline()).isEqualTo(start.plusSeconds(5));
        lab.advance(Duration.ofMillis(5002)); // what runs longer holds back a status for a millisecond at most
        assertThat(lab.known(reconciler, "i1").error()).contains("PT5S");
        assertThat(reconciler.stats().running()).isEqualTo(1);
    }

    @Test
    void promise_B7_stopDeadline_holdsForTheNextStop() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        lab.target.next("i0", Fault.hanging(lab.clock.gate()));
        fill(1);
        change(reconciler, OPTIONS.stopDeadline(Duration.ofSeconds(2)));
        var stopped = reconciler.stop();
        lab.advance(Duration.ofMillis(1999));
        assertThat(Lab.isDone(stopped)).isFalse();
        lab.advance(Duration.ofMillis(1));
        assertThat(Lab.isDone(stopped)).isTrue();
        lab.run(OPTIONS); // found in Error at the start, and so due at once
        assertThat(lab.target.last("update waiting").attempt()).isEqualTo(2);
        retryAt = Instant.MAX;
    }

    private void assertGuard(Options holding, Options letting) {
        RunningReconciler<Item> reconciler = running(letting);
        fill(10);
        for (int i = 0; i < 8; i++) {
            lab.target.tamper("stray" + i, new Item("stray" + i, "x"));
        }
        change(reconciler, holding);
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(reconciler.heldPrune()).isPresent();
        change(reconciler, letting);
        assertThat(reconciler.heldPrune()).as("until the next prune").isPresent();
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(reconciler.heldPrune()).isEmpty();
        assertThat(lab.target.objects()).hasSize(10);
    }

    @Test
    void promise_B7_pruneGuardFloor_holdsForTheNextPrune() {
        assertGuard(OPTIONS.pruneGuard(7, 0.1), OPTIONS.pruneGuard(8, 0.1));
    }

    @Test
    void promise_B7_pruneGuardShare_holdsForTheNextPrune() {
        assertGuard(OPTIONS.pruneGuard(0, 0.1), OPTIONS.pruneGuard(0, 0.5));
    }

    @Test
    void promise_B7_pruneGuardCount_holdsForTheNextPrune() {
        assertGuard(OPTIONS.pruneGuardCount(7), OPTIONS.pruneGuardCount(8));
    }

    @Test
    void promise_B7_mode_holdsAtOnce() {
        RunningReconciler<Item> reconciler = running(OPTIONS);
        change(reconciler, OPTIONS.mode(Mode.PAUSED));
        fill(3);
        assertThat(updated()).isZero();
        change(reconciler, OPTIONS.mode(Mode.PLAN));
        assertThat(lab.target.log()).contains("observe i0", "observe i1", "observe i2");
        assertThat(updated()).isZero();
        change(reconciler, OPTIONS);
        assertThat(updated()).isEqualTo(3);
    }
}
