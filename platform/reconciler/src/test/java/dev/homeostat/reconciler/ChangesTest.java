package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.StatusKind;
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
}
