package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where chains of blocked rows end, and who is told. */
final class BlockedCyclesTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final Duration LONG = Duration.ofHours(1);

    private final Lab lab = new Lab();
    private final Links links = new Links(lab);
    private @Nullable RunningReconciler<Item> started;

    /** Blocks for ever, or until the test heals the target. */
    private static Fault on(String item) {
        return (context, operation) -> Outcome.blocked("items", Item.key(item), "needs " + item);
    }

    private static Fault onLink(String link) {
        return (context, operation) -> Outcome.blocked("links", Link.key(link), "needs " + link);
    }

    @Test
    void promise_B18_aCycleIsReportedInHealthExplainAndWaits_andLiesStill() {
        lab.putAll("a", "b", "c", "d");
        lab.target.always("a", on("b"));
        lab.target.always("b", on("c"));
        lab.target.always("c", on("a"));
        lab.target.always("d", on("a"));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.advance(LONG);
        assertThat(lab.target.calls()).hasSize(4);
        String cycle = "cycle: items/a -> items/b -> items/c -> items/a";
        assertThat(reconciler.health().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(cycle));
        assertThat(reconciler.health().message()).isEqualTo("4 of 4 object(s) fail (4 blocked)");
        assertThat(lab.explain(reconciler, "b").waitsFor()).isEqualTo("a change of items/c: blocked on " + cycle);
        assertThat(lab.explain(reconciler, "d").waitsFor()).contains("items/a").endsWith(cycle);
        WaitResult result = Lab.result(wait);
        assertThat(result.reconciled()).isFalse();
        assertThat(result.failed()).extracting(WaitResult.Failure::key).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(result.failed())
                .allSatisfy(failure -> assertThat(failure.reason()).contains(cycle));
    }

    @Test
    void promise_B18_aCycleAcrossTablesAndReconcilersIsFound_andItsEndToo() {
        lab.put("a", "1");
        links.put("x", "1");
        lab.target.always("a", onLink("x"));
        links.target.always("x", on("a"));
        RunningReconciler<Item> items = lab.start(OPTIONS);
        RunningReconciler<Link> others = links.start(OPTIONS);
        lab.advance(LONG);
        String cycle = "cycle: items/a -> links/x -> items/a";
        assertThat(items.health().problems()).anyMatch(problem -> problem.startsWith(cycle));
        assertThat(others.health().problems()).anyMatch(problem -> problem.startsWith(cycle));
        assertThat(lab.target.calls()).hasSize(1);

        links.target.heal();
        lab.target.heal();
        links.put("x", "2");
        lab.clock.runUntilIdle();
        assertThat(lab.kind(items, "a")).isEqualTo(StatusKind.DONE);
        assertThat(items.health().ok()).isTrue();
        assertThat(others.health().ok()).isTrue();
    }

    @Test
    void promise_B6_aBlockedRowWhoseBlockerIsMissingEndsTheWaitWithItsName() {
        lab.put("a", "1");
        lab.target.always("a", links.needs("eth0"));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isFalse();
        assertThat(Lab.result(wait).failed())
                .containsExactly(
                        new WaitResult.Failure("a", "needs eth0; blocked on links/eth0, which does not exist"));
        assertThat(lab.explain(reconciler, "a").waitsFor()).isEqualTo("a change of links/eth0, which does not exist");
    }

    @Test
    void promise_B6_aBlockedRowIsWaitedForAsLongAsItsChainMoves() {
        links.put("x", "1");
        links.put("y", "1");
        lab.put("a", "1");
        lab.target.always("a", links.needsDone("x"));
        links.target.always("x", (context, operation) -> Outcome.blocked("links", Link.key("y"), "needs y"));
        links.target.next("y", Fault.error("busy"), Fault.error("busy"));
        RunningReconciler<Link> others = links.start(OPTIONS);
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.advance(Duration.ofSeconds(15));
        assertThat(Lab.isDone(wait)).isFalse();
        assertThat(lab.explain(reconciler, "a").waitsFor())
                .startsWith("a change of links/x: blocked on links/x -> links/y, which fails: busy, next attempt at ");
        links.target.always("x", Fault.none());
        lab.advance(Duration.ofSeconds(5));
        assertThat(others.health().ok()).isTrue();
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_aChainThatComesToEndInAPermanentFailureEndsTheWaitLater() {
        links.put("x", "1");
        links.put("y", "1");
        lab.put("a", "1");
        lab.target.always("a", onLink("x"));
        links.target.always("x", onLink("y"));
        links.target.next("y", Fault.error("busy"), Fault.permanent("no such device"));
        links.start(OPTIONS);
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.advance(Duration.ofSeconds(9));
        assertThat(Lab.isDone(wait)).isFalse();
        lab.advance(Duration.ofSeconds(1));
        assertThat(Lab.result(wait).reconciled()).isFalse();
        assertThat(Lab.result(wait).failed())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason())
                        .contains("links/x -> links/y, which failed for good: no such device"));
    }

    @Test
    void promise_B6_aStuckChainIsWaitedForAgainWhenItMoves() {
        lab.putAll("a", "slow");
        lab.target.always("a", links.needs("eth0"));
        lab.target.next("slow", Fault.slow(lab.clock, Duration.ofSeconds(50)));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS.concurrency(2));
        var wait = reconciler.waitForReconciliation();
        lab.advance(Duration.ofSeconds(10));
        lab.target.always("a", Fault.slow(lab.clock, Duration.ofSeconds(55)));
        links.put("eth0", "up");
        lab.advance(Duration.ofSeconds(45));
        assertThat(Lab.isDone(wait)).as("it moves again, so it is waited for").isFalse();
        lab.advance(Duration.ofSeconds(10));
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B18_aLongChainCostsOneLookForEachOfItsRows() {
        int rows = 2000;
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < rows; i++) {
                lab.items.insert(txn, new Item("i" + i, "1"));
            }
            return null;
        });
        for (int i = 0; i < rows; i++) {
            int next = i + 1;
            lab.target.always("i" + i, (context, operation) -> {
                var done = reconciler().status(context.txn(), Item.key("i" + next));
                return done != null && done.kind() == StatusKind.DONE
                        ? operation.call()
                        : Outcome.blocked("items", Item.key("i" + next), "needs i" + next);
            });
        }
        started = lab.start(OPTIONS.rounds(1_000_000, 1000));
        var wait = reconciler().waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).failed()).hasSize(rows);
        lab.put("i" + rows, "1");
        var second = reconciler().waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(second).reconciled()).isTrue();
        assertThat(lab.target.calls())
                .as("each is attempted when the next one appears or is done")
                .hasSize(2 * rows + 2);
    }

    private RunningReconciler<Item> reconciler() {
        return requireNonNull(started);
    }
}
