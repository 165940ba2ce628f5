package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits on attempts and age, and permanent failures. */
final class GiveUpTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final Duration LONG = Duration.ofHours(1);

    private final Lab lab = new Lab();

    @Test
    void promise_B18_theFailureThatReachesTheLimitOnAttemptsIsPermanentAndSaysSo() {
        lab.put("a", "1");
        lab.breakFor("a", "no route");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.giveUpAttempts(5));
        lab.advance(Duration.ofSeconds(39));
        assertThat(lab.known(reconciler, "a").isPermanent()).isFalse();
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(5);
        assertThat(lab.known(reconciler, "a")).satisfies(status -> {
            assertThat(status.isPermanent()).isTrue();
            assertThat(status.error()).isEqualTo("gave up after 5 attempts: no route");
            assertThat(status.attempts()).isEqualTo(5);
            assertThat(status.nextAttempt()).isNull();
        });
        assertThat(lab.explain(reconciler, "a").attempts().getFirst()).satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("permanent");
            assertThat(attempt.error()).isEqualTo("gave up after 5 attempts: no route");
        });
    }

    @Test
    void promise_B18_theFailureThatReachesTheLimitOnAgeIsPermanentAndSaysSo() {
        lab.put("a", "1");
        lab.breakFor("a", "no route");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.giveUpAge(Duration.ofSeconds(25)));
        lab.advance(LONG);
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("gave up after 30s and 4 attempts: no route");
        assertThat(lab.target.count("update a")).isEqualTo(4);
    }

    @Test
    void promise_B18_deletesAreGivenUpToo() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.giveUpAttempts(2));
        lab.breakFor("a", "busy");
        lab.delete("a");
        lab.advance(LONG);
        assertThat(lab.target.count("delete a")).isEqualTo(2);
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("gave up after 2 attempts: busy");
        assertThat(reconciler.undoneDeletes()).containsExactly(Item.key("a"));
        lab.target.heal();
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        assertThat(lab.status(reconciler, "a")).isNull();
        lab.assertTarget();
    }

    @Test
    void promise_B18_aChangedLimitHoldsFromTheNextFailureOnAndRevivesNothing() {
        lab.putAll("a", "b");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(25));
        reconciler.options(OPTIONS.giveUpAttempts(2));
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").isPermanent()).as("not by itself").isFalse();
        lab.advance(Duration.ofSeconds(5));
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("gave up after 4 attempts: no");
        reconciler.options(OPTIONS);
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(4);
        assertThat(lab.known(reconciler, "a").isPermanent()).isTrue();
    }

    @Test
    void promise_B18_aRetryOrANewGenerationRevivesItWithAsManyAttemptsAgain() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.giveUpAttempts(3));
        lab.advance(LONG);
        reconciler.retry(Item.key("a"));
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(6);
        assertThat(lab.known(reconciler, "a").attempts()).isEqualTo(6);
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("gave up after 3 attempts: no");
        lab.put("a", "2");
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(9);
        assertThat(lab.known(reconciler, "a").attempts()).isEqualTo(3);
        lab.target.heal();
        lab.put("a", "3");
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_beingBlockedIsNoFailureOfTheRow() {
        Links links = new Links(lab);
        lab.put("a", "1");
        lab.target.always("a", links.needsUp("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.giveUpAttempts(2).giveUpAge(Duration.ofMinutes(1)));
        for (int i = 0; i < 10; i++) {
            links.put("eth0", "down " + i);
            lab.advance(LONG);
        }
        assertThat(lab.known(reconciler, "a").blockedOn()).isNotNull();
        lab.target.always("a", Fault.error("no"));
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a")).satisfies(status -> {
            assertThat(status.isPermanent()).isFalse();
            assertThat(status.nextAttempt()).isEqualTo(lab.clock.instant().plusSeconds(10));
        });
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.known(reconciler, "a").error()).isEqualTo("gave up after 2 attempts: no");
    }

    @Test
    void promise_B18_allFailuresAreListed_pieceByPiece() {
        int rows = 900;
        List<String> names = IntStream.range(0, rows).mapToObj(i -> "i" + i).toList();
        names.forEach(name -> {
            lab.put(name, "1");
            lab.target.always(name, Fault.permanent("never"));
        });
        lab.put("retried", "1");
        lab.breakFor("retried", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.failures()).hasSize(rows + 1);
        assertThat(reconciler.failures().filter(failing -> failing.status().isPermanent()))
                .extracting(ReconcilerHealth.Failing::key)
                .containsExactlyElementsOf(names);
        assertThat(reconciler.health().failures()).hasSize(10);
        assertThat(reconciler.health().message()).isEqualTo("901 of 901 object(s) fail (900 for good)");

        var reading = reconciler.failures().iterator();
        assertThat(reading.next().key()).isEqualTo("i0");
        lab.target.heal();
        reconciler.retry(Item.key("i899"));
        lab.clock.runUntilIdle();
        int left = 0;
        while (reading.hasNext()) {
            assertThat(reading.next().key()).isNotEqualTo("i899");
            left++;
        }
        assertThat(left).isEqualTo(rows - 1);
    }
}
