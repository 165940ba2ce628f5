package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Blocked rows whose statuses are in the rows: each status that is written is a change of the row. */
final class BlockedInTheRowTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Lab lab = new Lab();
    private final RWTable<Node> nodes = lab.db.create(Node.TABLE);
    private final FakeTarget<Node> target = new FakeTarget<>(Node::name, Item::key);
    private final FakeTarget<Node> other = new FakeTarget<>(Node::name, Item::key);

    private static Fault on(String name) {
        return (context, operation) -> Outcome.blocked("nodes", Item.key(name), "needs " + name);
    }

    private Fault needsDone(String name) {
        return (context, operation) -> {
            Row<Node> row = nodes.get(context.txn(), Node.NAME.query(name));
            Status status = row == null ? null : Node.STATUSES.slot("main").get(row.value());
            return status != null && status.kind() == StatusKind.DONE
                    ? operation.call()
                    : Outcome.blocked("nodes", Item.key(name), "needs " + name + " done");
        };
    }

    private RunningReconciler<Node> start(String slot, FakeTarget<Node> operations) {
        return lab.reconcilers.start(slot, nodes, Node.STATUSES.slot(slot), operations, OPTIONS);
    }

    private void put(String name, String text) {
        lab.db.write(nodes, txn -> nodes.insert(txn, new Node(name, text, "", null)));
    }

    private StatusKind kind(RunningReconciler<Node> reconciler, String name) {
        Status status = reconciler.status(lab.db.readTxn(), Item.key(name));
        if (status == null) {
            throw new AssertionError("no status of " + name);
        }
        return status.kind();
    }

    @Test
    void promise_B18_rowsThatAreBlockedOnOneAnotherLieStillThoughTheirStatusesChangeTheRows() {
        put("a", "1");
        put("b", "1");
        target.always("a", on("b"));
        target.always("b", on("a"));
        RunningReconciler<Node> reconciler = start("main", target);
        lab.advance(Duration.ofHours(1));
        assertThat(target.calls()).hasSize(2);
        assertThat(reconciler.health().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("cycle: nodes/a -> nodes/b -> nodes/a"));
    }

    @Test
    void promise_B18_anotherReconcilersFailuresInTheRowWakeNobody_itsSuccessDoes() {
        put("a", "1");
        put("b", "1");
        target.always("a", on("b"));
        other.next("b", Fault.error("busy"), Fault.error("busy"), Fault.error("busy"));
        RunningReconciler<Node> reconciler = start("main", target);
        start("second", other);
        lab.advance(Duration.ofSeconds(29));
        long before = target.count("update a");
        assertThat(before)
                .as("b was done by the first, and perhaps seen before that")
                .isBetween(1L, 2L);
        target.always("a", Fault.none());
        lab.advance(Duration.ofSeconds(1));
        assertThat(target.count("update a")).isEqualTo(before + 1);
        assertThat(kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_theCommitOfADoneStatusInTheRowWakesWhatIsBlockedOnIt() {
        put("b", "1");
        put("a", "1");
        target.next("b", Fault.error("busy"));
        target.always("a", needsDone("b"));
        RunningReconciler<Node> reconciler = start("main", target);
        lab.advance(Duration.ofSeconds(9));
        assertThat(target.count("update a")).isEqualTo(1);
        lab.advance(Duration.ofSeconds(1));
        assertThat(kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B18_theEndOfADeleteWhoseStatusIsOutsideOfTheRowsIsSeen() {
        put("b", "1");
        put("a", "1");
        RunningReconciler<Node> reconciler = start("main", target);
        lab.clock.runUntilIdle();
        target.next("b", Fault.error("busy"), Fault.error("busy"));
        target.always(
                "a",
                (context, operation) -> nodes.get(context.txn(), Node.NAME.query("b")) == null
                                && reconciler.status(context.txn(), Item.key("b")) == null
                                && !target.objects().containsKey("b")
                        ? operation.call()
                        : Outcome.blocked("nodes", Item.key("b"), "b must go first"));
        lab.db.write(nodes, txn -> nodes.delete(txn, Node.NAME.query("b")));
        put("a", "2");
        lab.advance(Duration.ofSeconds(19));
        assertThat(kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
        lab.advance(Duration.ofSeconds(1));
        assertThat(kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isLessThanOrEqualTo(5);
    }
}
