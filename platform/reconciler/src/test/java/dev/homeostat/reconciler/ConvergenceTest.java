package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes, faults, hangs, restarts, prunes and changes of options, in a random order of all tasks; at the end the target is what the table desires,
 * and no wait is left. A failure names its seed.
 */
final class ConvergenceTest {
    private static final int NAMES = 12;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappens_theTargetBecomesWhatTheTableDesires(long seed) {
        Random random = new Random(seed);
        Lab lab = new Lab(VirtualScheduler.seeded(seed), ReconcilerMetrics.NONE);
        Set<String> running = new HashSet<>();
        for (int i = 0; i < NAMES; i++) {
            lab.target.always("n" + i, oneAtATime("n" + i, running, fault(lab, random)));
        }
        RunningReconciler<Item> reconciler = lab.start(options(random));
        for (int step = 0; step < 120; step++) {
            String name = "n" + random.nextInt(NAMES);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> lab.put(name, "v" + step);
                case 5, 6 -> lab.delete(name);
                case 7 -> lab.advance(Duration.ofMillis(random.nextInt(3000)));
                case 8 -> reconciler.retry(Item.key(name));
                case 9 -> reconciler.options(options(random));
                case 10 -> lab.clock.runUntilIdle();
                default -> {
                    if (random.nextInt(4) == 0) {
                        reconciler.stop();
                        lab.advance(Duration.ofSeconds(30));
                        reconciler = lab.start(options(random));
                    } else {
                        reconciler.prune();
                    }
                }
            }
        }
        for (int i = 0; i < NAMES; i++) {
            lab.target.always("n" + i, oneAtATime("n" + i, running, Fault.none()));
        }
        lab.advance(Duration.ofSeconds(10)); // what sleeps ends
        reconciler.options(Options.defaults().pruneGuard(1000, 1));
        var wait = reconciler.waitForReconciliation();
        lab.advance(Duration.ofMinutes(2));
        var report = reconciler.prune();
        lab.advance(Duration.ofMinutes(2));

        Map<String, Item> desired = new TreeMap<>();
        for (Row<Item> row : lab.items.all(lab.db.readTxn())) {
            desired.put(row.value().name(), row.value());
            assertThat(lab.kind(reconciler, row.value().name())).isEqualTo(StatusKind.DONE);
        }
        assertThat(lab.target.objects()).as("seed %d", seed).isEqualTo(desired);
        assertThat(running).as("seed %d", seed).isEmpty();
        assertThat(Lab.result(wait).reconciled()).isTrue();
        assertThat(Lab.result(report).failed()).isEmpty();
        assertThat(reconciler.health().ok())
                .as("seed %d: %s", seed, reconciler.health())
                .isTrue();
        assertThat(reconciler.stats().queued()).isZero();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    private static Options options(Random random) {
        Options options = Options.defaults()
                .concurrency(1 + random.nextInt(4))
                .rounds(1 + random.nextInt(20), 1 + random.nextInt(1000))
                .retrying(Duration.ofMillis(10), Duration.ofMillis(10 + random.nextInt(2000)))
                .operationDeadline(Duration.ofMillis(200 + random.nextInt(2000)))
                .stopDeadline(Duration.ofMillis(1 + random.nextInt(5000)))
                .pruning(Duration.ofMillis(500 + random.nextInt(5000)))
                .pruneGuard(1000, 1);
        return random.nextBoolean() ? options : options.refreshing(Duration.ofMillis(100), 1 + random.nextInt(20));
    }

    /** Errors, permanent failures, slow ones, lost answers and hangs, by the dice. */
    private static Fault fault(Lab lab, Random random) {
        return new Fault() {
            @Override
            public Outcome strike(OperationContext context, Callable<Outcome> operation) throws Exception {
                switch (random.nextInt(9)) {
                    case 0 -> {
                        return Outcome.retry("dice");
                    }
                    case 1 -> throw new IllegalStateException("dice");
                    case 2 -> {
                        operation.call();
                        return Outcome.retry("answer lost");
                    }
                    case 3 -> lab.clock.sleep(Duration.ofMillis(random.nextInt(1000)));
                    case 4 -> sleepDeaf(lab, Duration.ofMillis(random.nextInt(6000)));
                    default -> {}
                }
                return operation.call();
            }
        };
    }

    /** No two operations on one object at a time: not even after one was abandoned, within one reconciler's life. */
    private static Fault oneAtATime(String name, Set<String> running, Fault fault) {
        return (context, operation) -> {
            if (!running.add(name)) {
                running.add("two at a time on " + name);
            }
            try {
                return fault.strike(context, operation);
            } finally {
                running.remove(name);
            }
        };
    }

    private static void sleepDeaf(Lab lab, Duration time) {
        var gate = lab.clock.gate();
        lab.clock.schedule(time, gate::open);
        gate.awaitUninterruptibly();
    }
}
