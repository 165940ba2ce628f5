package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of two tables that need one another in random ways, changed at random while their operations run: no wake-up may be lost, and none made up. */
final class BlockedStormTest {
    private static final int ROWS = 12;
    private static final int STEPS = 60;
    private static final Options OPTIONS =
            Lab.OPTIONS.retrying(Duration.ofSeconds(1), Duration.ofSeconds(2)).concurrency(3);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void promise_B18_noWakeUpIsLost_andNoneIsMadeUp(long seed) {
        Random random = new Random(seed);
        Lab lab = new Lab(VirtualScheduler.seeded(seed), ReconcilerMetrics.NONE);
        Links links = new Links(lab);
        List<RunningReconciler<Item>> items = new ArrayList<>();
        int[] changes = {0};
        int[] failures = {0};
        for (int i = 0; i < ROWS; i++) {
            int row = i;
            int before = random.nextInt(i + 1);
            int link = random.nextInt(ROWS / 2);
            lab.target.always("i" + i, (context, operation) -> {
                lab.clock.sleep(Duration.ofMillis(random.nextInt(300)));
                if (random.nextInt(8) == 0) {
                    failures[0]++;
                    return Outcome.retry("bad luck");
                }
                if (!links.isThere(context, "l" + link)) {
                    return Outcome.blocked("links", Link.key("l" + link), "needs l" + link);
                }
                return before == row || isDone(items.getFirst(), context, "i" + before)
                        ? operation.call()
                        : Outcome.blocked("items", Item.key("i" + before), "needs i" + before);
            });
            put(lab, changes, row);
        }
        items.add(lab.start(OPTIONS));
        for (int step = 0; step < STEPS; step++) {
            String link = "l" + random.nextInt(ROWS / 2);
            changes[0]++;
            switch (random.nextInt(5)) {
                case 0 -> put(lab, changes, random.nextInt(ROWS));
                case 1 -> items.getFirst().retry(Item.key("i" + random.nextInt(ROWS)));
                case 2 -> links.delete(link);
                default -> links.put(link, "at step " + step);
            }
            lab.advance(Duration.ofMillis(random.nextInt(500)));
        }
        for (int link = 0; link < ROWS / 2; link++) {
            links.put("l" + link, "for good");
            changes[0]++;
        }
        var wait = items.getFirst().waitForReconciliation();
        lab.advance(Duration.ofMinutes(10));
        assertThat(items.getFirst().health())
                .satisfies(health -> assertThat(health.ok())
                        .as("seed %d: %s %s", seed, health.failures(), health.problems())
                        .isTrue());
        assertThat(Lab.result(wait).reconciled()).isTrue();
        assertThat(lab.target.calls().size())
                .as("seed %d: a change wakes at most every row, once", seed)
                .isLessThan((changes[0] + failures[0]) * ROWS);
        int calls = lab.target.calls().size();
        lab.advance(Duration.ofHours(1));
        assertThat(lab.target.calls()).hasSize(calls);
    }

    private static void put(Lab lab, int[] changes, int row) {
        changes[0]++;
        lab.put("i" + row, "change " + changes[0]);
    }

    private static boolean isDone(RunningReconciler<Item> reconciler, OperationContext context, String name) {
        Status status = reconciler.status(context.txn(), Item.key(name));
        return status != null && status.kind() == StatusKind.DONE;
    }
}
