package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches on rows into which another reconciler writes its statuses. */
final class BatchOnSharedRowsTest extends StatusFixture<Station> {
    BatchOnSharedRowsTest() {
        super(StatusSide.FIELD);
    }

    @Test
    void promise_B14_whatHasAResultIsNotDoneAgainWhenItsBatchIsGivenUpAndAnotherWritesToTheRow() {
        Gate gate = clock.gate();
        List<String> done = new ArrayList<>();
        BatchOperations<Station> hanging = new BatchOperations<>() {
            @Override
            public void updateAll(BatchContext context, List<BatchEntry<Station>> entries) {
                for (BatchEntry<Station> entry : entries) {
                    done.add(entry.row().name());
                    entry.result(Outcome.done());
                }
                gate.awaitUninterruptibly();
            }

            @Override
            public void deleteAll(BatchContext context, List<BatchEntry<Station>> entries) {}
        };
        write("a", "1");
        reconcilers.start("batched", table, hanging, OPTIONS.operationDeadline(Duration.ofSeconds(10)));
        clock.advance(Duration.ofSeconds(11));
        start("other", other);
        clock.advance(Duration.ofSeconds(1));
        gate.open();
        clock.advance(A_WHILE);
        assertThat(done).containsExactly("a");
    }
}
