package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a change of the table leads to. */
final class ChangesTest {
    private final Lab lab = new Lab();

    @Test
    void promise_B1_updatesAndDeletesMoveTheTarget() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        lab.assertTarget("a", "b");
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);

        lab.put("a", "2");
        lab.delete("b");
        lab.clock.runUntilIdle();
        assertThat(lab.target.objects()).containsOnlyKeys("a").containsEntry("a", new Item("a", "2"));
        assertThat(lab.status(reconciler, "b")).isNull();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B1_theContextTellsGenerationAttemptCauseAndDeadline() {
        long revision = lab.put("a", "1");
        lab.run(Lab.OPTIONS.operationDeadline(Duration.ofSeconds(7)));
        assertThat(lab.target.last("update a")).satisfies(call -> {
            assertThat(call.generation()).isEqualTo(revision);
            assertThat(call.attempt()).isEqualTo(1);
            assertThat(call.cause()).isEqualTo(Cause.CHANGE);
            assertThat(call.deadline()).isEqualTo(lab.clock.instant().plusSeconds(7));
        });
    }

    @Test
    void promise_B3_changesStartInRevisionOrder() {
        lab.putAll("c", "a", "b");
        lab.put("c", "2");
        lab.run(Lab.OPTIONS);
        lab.delete("b");
        lab.put("d", "1");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a", "update b", "update c", "delete b", "update d");
    }

    @Test
    void promise_B3_aKeyThatWasClosedTakesItsTurnAmongThoseThatCameMeanwhile() {
        lab.target.tamper("leftover", new Item("leftover", "1"));
        Gate first = lab.clock.gate();
        Gate search = lab.clock.gate();
        Gate next = lab.clock.gate();
        lab.target.next("a", Fault.waiting(first));
        lab.target.next(FakeTarget.PRUNE, Fault.waiting(search));
        lab.target.next("b", Fault.waiting(next));
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS.concurrency(2));
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        var _ = reconciler.prune();
        lab.clock.runUntilIdle();
        lab.put("a", "2");
        lab.putAll("b", "c", "d");
        lab.put("c", "2");
        search.open(); // finds something, and all changes are taken in
        lab.clock.runUntilIdle();
        lab.put("d", "2");
        lab.put("e", "1");
        reconciler.options(Lab.OPTIONS);
        first.open();
        lab.clock.runUntilIdle();
        next.open();
        lab.clock.runUntilIdle();

        assertThat(lab.target.log().stream().filter(call -> call.startsWith("update")))
                .as("a was closed when it changed, c and d changed while they were in the queue")
                .containsExactly("update a", "update b", "update a", "update c", "update d", "update e");
    }
}
