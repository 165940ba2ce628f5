package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Done rows that somebody wants checked, whatever their age. */
final class RefreshOnDemandTest {
    private final Lab lab = new Lab();

    private void fill(int rows) {
        for (int i = 0; i < rows; i++) {
            lab.put("i" + i, "1");
        }
    }

    @Test
    void promise_B9_allDoneRowsAreRefreshedOnceAtTheRateAlsoWithoutAnInterval() {
        fill(100);
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.refreshRate(10));
        lab.target.forgetCalls();
        lab.target.tamper("i99", null);
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(5));
        assertThat(reconciler.stats().refreshes()).isBetween(49L, 51L);
        assertThat(lab.target.log().getFirst()).as("oldest first").isEqualTo("update i0");
        assertThat(lab.target.calls()).allMatch(call -> call.cause() == Cause.REFRESH);
        lab.advance(Duration.ofHours(1));
        assertThat(reconciler.stats().refreshes()).as("each once").isEqualTo(100);
        assertThat(lab.target.objects()).containsKey("i99");
    }

    @Test
    void promise_B9_whatIsDoneAfterTheRequestIsNotRefreshedByIt() {
        fill(10);
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.refreshRate(1));
        reconciler.refresh();
        lab.clock.runUntilIdle();
        lab.put("late", "1");
        lab.put("i9", "2");
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.count("update late")).isEqualTo(1);
        assertThat(lab.target.count("update i9"))
                .as("its change was a check, too")
                .isEqualTo(2);
        assertThat(reconciler.stats().refreshes()).isEqualTo(9);
    }

    @Test
    void promise_B9_aSecondRequestCoversAllAgain() {
        fill(3);
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(1));
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(1));
        assertThat(reconciler.stats().refreshes()).isEqualTo(6);
    }

    @Test
    void promise_B9_aRequestChangesNothingAboutTheInterval() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.refreshing(Duration.ofMinutes(1), 100));
        lab.advance(Duration.ofSeconds(30));
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(1));
        assertThat(reconciler.stats().refreshes()).isEqualTo(2);
        lab.advance(Duration.ofSeconds(58));
        assertThat(reconciler.stats().refreshes())
                .as("they were checked at 30 s")
                .isEqualTo(2);
        lab.advance(Duration.ofSeconds(2));
        assertThat(reconciler.stats().refreshes()).isEqualTo(4);
    }

    @Test
    void promise_B9_oneRowIsRefreshedAtOnce() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.refreshRate(0.001));
        lab.target.tamper("b", null);
        assertThat(reconciler.refresh(Item.key("b"))).isTrue();
        lab.clock.runUntilIdle();
        lab.assertTarget("a", "b");
        assertThat(lab.target.last("update b").cause()).isEqualTo(Cause.REFRESH);
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(reconciler.refresh(Item.key("nobody"))).isFalse();
    }

    @Test
    void promise_B9_aRefreshOfARowThatWaitsForItsRetryChangesNothing() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("no"));
        RunningReconciler<Item> reconciler =
                lab.run(Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10)));
        assertThat(reconciler.refresh(Item.key("a"))).isTrue();
        reconciler.refresh();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.RETRY);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B9_aRefreshThatIsAskedForNeverComesBeforeAChange() {
        fill(50);
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.refreshRate(1_000_000));
        Gate gate = lab.clock.gate();
        lab.target.next("i0", Fault.waiting(gate));
        reconciler.refresh();
        lab.clock.runUntilIdle();
        lab.target.forgetCalls();
        lab.put("new", "1");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.log().getFirst()).isEqualTo("update new");
        assertThat(lab.target.calls()).hasSize(50);
    }

    @Test
    void refresh_whenItHasStopped_isRefused() {
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        reconciler.stop();
        lab.clock.runUntilIdle();
        for (Runnable ask : List.<Runnable>of(reconciler::refresh, () -> reconciler.refresh(Item.key("a")))) {
            assertThatThrownBy(ask::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("items/lab was stopped: nothing can be refreshed");
        }
    }
}
