package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Done rows that are checked again. */
final class RefreshTest {
    private static final Options OPTIONS = Lab.OPTIONS.refreshing(Duration.ofMinutes(1), 10);
    private final Lab lab = new Lab();

    @Test
    void promise_B9_aDoneRowIsRepairedAtItsRefreshAndTheOperationKnowsWhy() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.tamper("a", null);
        lab.advance(Duration.ofSeconds(59));
        lab.assertTarget();
        lab.advance(Duration.ofSeconds(2));
        lab.assertTarget("a");
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(reconciler.stats().refreshes()).isEqualTo(1);
        lab.advance(Duration.ofSeconds(60));
        assertThat(reconciler.stats().refreshes()).isEqualTo(2);
    }

    @Test
    void promise_B9_oldestFirst() {
        lab.putAll("c", "b", "a");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(30));
        lab.put("c", "2");
        lab.clock.runUntilIdle();
        lab.target.forgetCalls();
        lab.advance(Duration.ofSeconds(61));
        assertThat(lab.target.log()).containsExactly("update b", "update a", "update c");
        assertThat(reconciler.health().ok()).isTrue();
    }

    /** Found by the simulator: the refresh saw the status that was written, not the one that was about to be. */
    @Test
    void promise_B9_aRowThatWasJustCheckedByHandIsNotRefreshedOnceMore() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(59));
        lab.target.next("b", Fault.slow(lab.clock, Duration.ofSeconds(2)));
        lab.put("b", "1");
        lab.clock.runUntilIdle();
        reconciler.retry(Item.key("a"));
        lab.target.forgetCalls();
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.log()).containsExactly("update a");
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.MANUAL);
    }

    @Test
    void promise_B9_atTheGivenRateAndWithoutBursts() {
        for (int i = 0; i < 100; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(60));
        long before = reconciler.stats().refreshes();
        for (int second = 1; second <= 9; second++) {
            lab.advance(Duration.ofSeconds(1));
            assertThat(reconciler.stats().refreshes() - before).isBetween(10L * second - 1, 10L * second + 1);
        }
        lab.advance(Duration.ofSeconds(10));
        assertThat(reconciler.stats().refreshes())
                .as("each once in its interval")
                .isEqualTo(100);
    }

    @Test
    void promise_B9_rowsThatFailOrWaitAreNotRefreshed() {
        lab.put("a", "1");
        lab.target.always("a", Fault.permanent("no"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofMinutes(10));
        assertThat(reconciler.stats().refreshes()).isZero();
        assertThat(lab.target.count("update a")).isEqualTo(1);
    }

    @Test
    void promise_B9_aRefreshThatFailsIsAnErrorAndIsRetried() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("a", Fault.error("gone"));
        lab.advance(Duration.ofSeconds(60));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
        assertThat(reconciler.health().failing()).isEqualTo(1);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.RETRY);
    }

    @Test
    void promise_B9_deletedRowsAreNotRefreshed() {
        lab.putAll("a", "b");
        lab.run(OPTIONS);
        lab.delete("a");
        lab.clock.runUntilIdle();
        lab.target.forgetCalls();
        lab.advance(Duration.ofSeconds(61));
        assertThat(lab.target.log()).containsExactly("update b");
    }

    @Test
    void promise_B15_aRefreshNeverStarvesChanges() {
        for (int i = 0; i < 200; i++) {
            lab.put("i" + i, "1");
        }
        lab.run(Lab.OPTIONS.refreshing(Duration.ofMinutes(1), 1_000_000));
        for (int i = 0; i < 200; i++) {
            lab.target.always("i" + i, Fault.slow(lab.clock, Duration.ofSeconds(1)));
        }
        lab.advance(Duration.ofSeconds(65));
        lab.target.forgetCalls();
        lab.put("new", "1");
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.log()).as("next, though many refreshes are due").contains("update new");
    }

    @Test
    void promise_B15_changesWithoutEndDoNotStarveRefreshesEither() {
        lab.put("old", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        for (int i = 0; i < 300; i++) {
            lab.target.always("i" + i, Fault.slow(lab.clock, Duration.ofSeconds(1)));
            lab.put("i" + i, "1");
        }
        lab.advance(Duration.ofSeconds(100));
        assertThat(reconciler.stats().refreshes()).isPositive();
    }

    @Test
    void promise_B15_nothingToDoMeansNothingIsDone() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.withoutRefreshing());
        List<String> before = lab.target.log();
        lab.advance(Duration.ofDays(2));
        assertThat(lab.target.log()).isEqualTo(before);
        assertThat(reconciler.stats().running()).isZero();
    }

    @Test
    void promise_B7_refreshingCanBeTurnedOnAndOffWhileRunning() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        lab.advance(Duration.ofMinutes(10));
        assertThat(reconciler.stats().refreshes()).isZero();
        reconciler.options(OPTIONS);
        lab.advance(Duration.ofSeconds(1));
        assertThat(reconciler.stats().refreshes()).isEqualTo(2);
        reconciler.options(Lab.OPTIONS);
        lab.advance(Duration.ofMinutes(10));
        assertThat(reconciler.stats().refreshes()).isEqualTo(2);
    }
}
