package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Something breaks where it is decided what follows from an operation, or that one starts: a bug, which no row may pay for. */
final class SettlingFaultTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Lab lab = new Lab();
    private final FailingDatabase failing = new FailingDatabase(lab.db);
    private final Gate gate = lab.clock.gate();

    SettlingFaultTest() {
        failing.method = "readTxn";
        failing.fault = new StackOverflowError("planted");
    }

    @Test
    void promise_inv5_aFailureThatCannotBeSettledIsAFailureAndRetried() {
        lab.target.next("a", breaking(() -> Outcome.retry("no")));
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = run(lab.target);

        assertThat(failing.left).as("it broke").isZero();
        assertThat(lab.known(reconciler, "a").error())
                .isEqualTo("what was to follow from the update broke: StackOverflowError: planted");
        assertThat(lab.known(reconciler, "a").attempts()).isEqualTo(1);
        assertThat(reconciler.health().failing()).isEqualTo(1);
        assertThat(reconciler.health().problems()).anyMatch(problem -> problem.contains("planted"));
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().failing()).isZero();
    }

    @Test
    void promise_inv5_aChangeThatCameMeanwhileIsNext() {
        lab.target.next("a", (context, operation) -> {
            gate.await();
            context.learn("id", "42");
            return breaking(operation).strike(context, operation);
        });
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = run(lab.target, OPTIONS.concurrency(2));
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        gate.open();
        lab.advance(Duration.ofSeconds(1));

        assertThat(failing.left).isZero();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
    }

    @Test
    void promise_inv5_aDeleteIsRetried() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = run(lab.target);
        lab.target.next("a", breaking(() -> Outcome.retry("no")));
        lab.delete("a");
        lab.clock.runUntilIdle();

        assertThat(failing.left).isZero();
        assertThat(reconciler.undoneDeletes()).hasSize(1);
        lab.advance(Duration.ofSeconds(1));
        lab.assertTarget();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_inv5_whoIsBlockedComesAgainAndNoWaitEndsBefore() {
        RunningReconciler<Item> reconciler = run(lab.target);
        lab.target.next("a", (context, operation) -> {
            gate.await();
            failing.before = 1; // that of the settling; the next is the look at the other row
            failing.left = 1;
            return Outcome.blocked("items", Item.key("b"), "not yet");
        });
        lab.putAll("a", "b");
        lab.clock.runUntilIdle();
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();

        assertThat(failing.left).isZero();
        assertThat(Lab.isDone(wait)).isFalse();
        lab.advance(Duration.ofSeconds(2));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_inv5_allEntriesOfABatchThatIsGivenUpAreRetried() {
        lab.putAll("a", "b", "c");
        RunningReconciler<Item> reconciler = run(new Hanging());
        lab.advance(Duration.ofMillis(9_999));
        failing.left = 1;
        lab.advance(Duration.ofMillis(1));

        assertThat(failing.left).isZero();
        assertThat(reconciler.health().failing()).isEqualTo(3);
        gate.open();
        lab.advance(Duration.ofSeconds(11));
        assertThat(reconciler.health().failing()).isZero();
        for (String name : List.of("a", "b", "c")) {
            assertThat(lab.kind(reconciler, name)).isEqualTo(StatusKind.DONE);
        }
    }

    @Test
    void promise_inv5_aKeyWhoseAbandonedOperationEndsIsOpenAgain() {
        lab.target.next("a", (context, operation) -> {
            gate.awaitUninterruptibly();
            context.learn("id", "42");
            return breaking(() -> Outcome.retry("late")).strike(context, operation);
        });
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = run(lab.target);
        lab.advance(Duration.ofSeconds(12));
        gate.open();
        lab.advance(Duration.ofSeconds(1));

        assertThat(failing.left).isZero();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_inv5_aRetryWhoseStartBreaksComesAgain() {
        lab.breakFor("a", "no");
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = run(lab.target);
        lab.advance(Duration.ofMillis(999));
        lab.target.always("a", Fault.none());
        failing.left = 1;
        lab.advance(Duration.ofMillis(1));

        assertThat(failing.left).isZero();
        assertThat(reconciler.health().problems()).anyMatch(problem -> problem.contains("planted"));
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    private RunningReconciler<Item> run(Operations<Item> operations) {
        return run(operations, OPTIONS);
    }

    private RunningReconciler<Item> run(Operations<Item> operations, Options options) {
        RunningReconciler<Item> reconciler =
                Reconcilers.builder(failing.proxy(), lab.clock).build().start("lab", lab.items, operations, options);
        lab.clock.runUntilIdle();
        return reconciler;
    }

    /** The next look at the database breaks, which is that of the settling. */
    private Fault breaking(Callable<Outcome> instead) {
        return (context, operation) -> {
            Outcome outcome = instead.call();
            failing.left = 1;
            return outcome;
        };
    }

    private final class Hanging implements BatchOperations<Item> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
            gate.awaitUninterruptibly();
            entries.forEach(entry -> {
                if (!context.isCancelled()) {
                    entry.result(Outcome.done());
                }
            });
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {}
    }
}
