package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Refreshes in mode PLAN: those that somebody asks for, and none for their age. */
final class PlannedRefreshTest extends PlanFixture {
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
}
