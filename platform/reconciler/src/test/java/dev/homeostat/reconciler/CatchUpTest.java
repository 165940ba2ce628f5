package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A prune that found something while many changes were not come to: it waits for them, and nothing waits for it. */
final class CatchUpTest {
    private static final int ROWS = 10_000;

    /** Only two operations start, since rounds are long: what becomes of the others is the prune's doing. */
    private static final Options OPTIONS = Lab.OPTIONS
            .concurrency(3)
            .rounds(2, 0.01)
            .operationDeadline(Duration.ofHours(1))
            .stopDeadline(Duration.ofSeconds(5));

    private final Lab lab = new Lab();
    private final Gate gate = lab.clock.gate();
    private final RunningReconciler<Item> reconciler = start();

    private RunningReconciler<Item> start() {
        lab.put("old", "1");
        lab.put("busy", "1");
        RunningReconciler<Item> started = lab.run(OPTIONS);
        lab.target.next("busy", Fault.waiting(gate));
        lab.target.tamper("stray", new Item("stray", "1"));
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < ROWS; i++) {
                lab.items.insert(txn, new Item("i" + i, "1"));
            }
            return lab.items.delete(txn, new Item("old", "1"));
        });
        return started;
    }

    private int known() {
        return ((Handle<Item>) reconciler).works();
    }

    /** Lets other tasks come between the turns: what is known grows by a part each time. */
    private List<Integer> watch() {
        List<Integer> steps = new ArrayList<>();
        lab.clock.execute(new Runnable() {
            private int before = known();

            @Override
            public void run() {
                int now = known();
                steps.add(now - before);
                before = now;
                if (steps.size() < 100) {
                    lab.clock.execute(this);
                }
            }
        });
        lab.clock.runUntilIdle();
        return steps;
    }

    @Test
    void promise_B8_aPruneTakesInWhatNobodyCameToInParts() {
        CompletableFuture<PruneReport> report = reconciler.prune().toCompletableFuture();
        List<Integer> steps = watch();
        assertThat(known()).isGreaterThan(ROWS);
        assertThat(steps).as("works that a turn made").allMatch(step -> step <= CatchUp.MOST_A_TURN + 4);
        assertThat(pruned(report).removed()).containsExactly("stray");
    }

    @Test
    void promise_B19_aDeleteBehindAllTheOthersIsKnownBeforeTheGuardCounts() {
        PruneReport report = pruned(reconciler.prune());
        assertThat(report.spared()).containsExactly("old");
        assertThat(lab.target.count("remove old")).isZero();
    }

    @Test
    void promise_B14_othersAreServedMeanwhile() {
        CompletableFuture<PruneReport> report = reconciler.prune().toCompletableFuture();
        List<Integer> knownThen = new ArrayList<>();
        lab.target.next("prune", (context, search) -> {
            lab.clock.execute(() -> reconciler.waitUntilReconciled(0).thenRun(() -> knownThen.add(known())));
            return search.call();
        });
        lab.clock.runUntilIdle();
        assertThat(knownThen)
                .singleElement()
                .satisfies(known -> assertThat(known).isLessThan(ROWS / 2));
        assertThat(pruned(report).removed()).containsExactly("stray");
    }

    @Test
    void promise_B20_aPlanThatBeginsMeanwhileIsAPlan() {
        CompletableFuture<PruneReport> report = reconciler.prune().toCompletableFuture();
        lab.target.next("prune", (context, search) -> {
            lab.clock.execute(() -> lab.clock.execute(() -> reconciler.options(OPTIONS.mode(Mode.PLAN))));
            return search.call();
        });
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).removed()).isEmpty();
        assertThat(Lab.result(report).planned()).isNotNull();
        assertThat(lab.target.objects()).containsKey("stray");
        reconciler.options(OPTIONS);
        lab.advance(Duration.ofHours(1));
        assertThat(lab.target.objects()).doesNotContainKey("stray");
    }

    @Test
    void promise_B14_aStopMeanwhileEndsIt() {
        CompletableFuture<PruneReport> report = reconciler.prune().toCompletableFuture();
        lab.target.next("prune", (context, search) -> {
            lab.clock.execute(() -> lab.clock.execute(reconciler::stop));
            return search.call();
        });
        lab.clock.runUntilIdle();
        lab.advance(Duration.ofSeconds(10));
        assertThat(report).isCompletedExceptionally();
        assertThat(lab.target.objects()).containsKey("stray");
        assertThat(reconciler.isStopped()).isTrue();
    }

    private PruneReport pruned(CompletionStage<PruneReport> report) {
        lab.advance(Duration.ofHours(1));
        return Lab.result(report);
    }
}
