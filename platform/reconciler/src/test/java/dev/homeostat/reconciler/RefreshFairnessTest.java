package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a change waits while a hundred thousand rows are refreshed as fast as the slots allow. In virtual time: the same numbers on every machine. */
final class RefreshFairnessTest {
    private static final int ROWS = 100_000;
    private static final int CHANGES = 300;
    private static final long SEED = 15;
    private final Lab lab = new Lab();
    private final Map<String, Long> committed = new HashMap<>();
    private final List<Long> waited = new ArrayList<>();

    /** Takes its time for a refresh and none for a change. */
    private final class Slow implements Operations<Item> {
        private final Duration took;

        Slow(Duration took) {
            this.took = took;
        }

        @Override
        public Outcome update(OperationContext context, Item row) throws Exception {
            Long at = context.cause() == Cause.CHANGE ? committed.remove(row.name()) : null;
            if (at != null) {
                waited.add(lab.clock.nanoTime() - at);
            }
            if (context.cause() == Cause.REFRESH) {
                lab.clock.sleep(took);
            }
            return Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, Item row) {
            return Outcome.done();
        }

        @Override
        public void prune(PruneContext context, Rows<Item> desired) {}
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2", // one slot: a change waits for the operation that runs, and for one more when it is unlucky
        "4, 5", "4, 1000", // however long refreshes take, they leave a slot
    })
    void promise_B15_aChangeStartsWithinTenMillisecondsWhileAHundredThousandRowsAreRefreshed(
            int concurrency, int tookMillis) {
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < ROWS; i++) {
                lab.items.insert(txn, new Item("i" + i, "1"));
            }
            return null;
        });
        Options options = Lab.OPTIONS
                .rounds(ROWS, 1000)
                .refreshRate(1_000_000)
                .operationDeadline(Duration.ofHours(1))
                .concurrency(concurrency);
        RunningReconciler<Item> reconciler = lab.start("lab", new Slow(Duration.ofMillis(tookMillis)), options);
        lab.advance(Duration.ofSeconds(1));
        assertThat(reconciler.stats().updates()).isEqualTo(ROWS);
        reconciler.refresh();
        lab.clock.runUntilIdle();

        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < CHANGES; i++) {
            lab.advance(Duration.ofNanos(random.nextLong(20_000_000)));
            String name = random.nextBoolean() ? "new" + i : "i" + random.nextInt(ROWS);
            committed.put(name, lab.clock.nanoTime());
            lab.put(name, "changed " + i);
        }
        lab.advance(Duration.ofSeconds(5));
        assertThat(waited.size() + committed.size()).isEqualTo(CHANGES);
        assertThat(committed.size())
                .as("those whose very row was being refreshed")
                .isLessThan(5);
        waited.sort(null);
        assertThat(waited.get(waited.size() * 99 / 100))
                .as("p99 in ns, seed " + SEED)
                .isLessThanOrEqualTo(Duration.ofMillis(10).toNanos());
        assertThat(reconciler.stats().refreshes())
                .as("and the refresh goes on")
                .isGreaterThan(2000L / tookMillis * Math.max(1, concurrency - 1) / 2);
    }
}
