package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rows that wait for other rows. */
final class BlockedTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final Duration LONG = Duration.ofHours(1);

    private final Lab lab = new Lab();
    private final Links links = new Links(lab);

    @Test
    void promise_B18_aBlockedRowIsNotRetriedByTime() {
        lab.put("a", "1");
        lab.target.always("a", links.needs("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(lab.known(reconciler, "a")).satisfies(status -> {
            assertThat(status.kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status.blockedOn()).isEqualTo(new Blocker("links", "eth0"));
            assertThat(status.error()).isEqualTo("needs eth0");
            assertThat(status.nextAttempt()).isNull();
            assertThat(status.isPermanent()).isFalse();
            assertThat(status.attempts()).isEqualTo(1);
        });
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B18_itWakesAtOnceWhenTheOtherRowAppears() {
        lab.put("a", "1");
        lab.target.always("a", links.needs("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.target.last("update a")).satisfies(call -> {
            assertThat(call.cause()).isEqualTo(Cause.RETRY);
            assertThat(call.attempt()).isEqualTo(2);
        });
    }

    @Test
    void promise_B18_itWakesWhenTheOtherRowChangesOrGoes() {
        links.put("eth0", "down");
        lab.put("a", "1");
        lab.target.always("a", links.needsUp("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        links.put("eth0", "still down");
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        links.delete("eth0");
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(3);
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(4);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_itWakesWhenAnyReconcilerHasDoneTheOtherRow() {
        links.put("eth0", "up");
        links.target.next("eth0", Fault.error("busy"), Fault.error("busy"));
        lab.put("a", "1");
        lab.target.always("a", links.needsDone("eth0"));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        links.start(OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.count("update a"))
                .as("another failure of the other row wakes nobody")
                .isEqualTo(1);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_itWakesWhenTheOtherRowsDeleteIsDone() {
        links.put("eth0", "up");
        RunningReconciler<Link> others = links.start(OPTIONS);
        lab.clock.runUntilIdle();
        links.target.next("eth0", Fault.error("busy"));
        links.delete("eth0");
        lab.put("a", "1");
        lab.target.always(
                "a",
                (context, operation) -> others.status(context.txn(), Link.key("eth0")) == null
                        ? operation.call()
                        : Outcome.blocked("links", Link.key("eth0"), "eth0 is still there"));
        lab.clock.runUntilIdle();
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B18_whatHappensWhileTheAttemptRunsIsNotLost() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next("a", (context, operation) -> {
            boolean there = links.isThere(context, "eth0");
            gate.await();
            return there ? operation.call() : Outcome.blocked("links", Link.key("eth0"), "needs eth0");
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B18_oneWakePerChangeHoweverOftenItAnswersBlocked() {
        lab.put("a", "1");
        lab.target.always("a", (context, operation) -> Outcome.blocked("links", Link.key("eth0"), "never enough"));
        lab.run(OPTIONS);
        for (int i = 0; i < 10; i++) {
            links.put("eth0", "try " + i);
            lab.advance(Duration.ofMinutes(1));
        }
        assertThat(lab.target.count("update a")).isEqualTo(11);
        links.put("eth1", "a neighbour");
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(11);
    }

    @Test
    void promise_B18_deletesCanBeBlockedToo() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        links.put("user", "of a");
        lab.target.always("a", links.needsGone("user"));
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").blockedOn()).isEqualTo(new Blocker("links", "user"));
        assertThat(reconciler.undoneDeletes()).containsExactly(Item.key("a"));
        lab.advance(LONG);
        assertThat(lab.target.count("delete a")).isEqualTo(1);
        links.delete("user");
        lab.clock.runUntilIdle();
        assertThat(lab.status(reconciler, "a")).isNull();
        lab.assertTarget();
    }

    @Test
    void promise_B18_aNewGenerationOrARetryRevivesIt() {
        lab.put("a", "1");
        lab.target.always("a", links.needs("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("update a")).satisfies(call -> {
            assertThat(call.cause()).isEqualTo(Cause.MANUAL);
            assertThat(call.attempt()).isEqualTo(2);
        });
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("update a").attempt()).isEqualTo(1);
        assertThat(lab.known(reconciler, "a").attempts()).isEqualTo(1);
        lab.delete("a");
        lab.target.heal();
        lab.clock.runUntilIdle();
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a", "update a", "update a", "delete a");
    }

    @Test
    void promise_B3_aRestartAttemptsItAtOnceWithItsAttemptsKept() {
        lab.put("a", "1");
        lab.target.always("a", links.needs("eth0"));
        RunningReconciler<Item> first = lab.run(OPTIONS);
        first.stop();
        lab.clock.runUntilIdle();
        RunningReconciler<Item> second = lab.run(OPTIONS);
        assertThat(lab.target.last("update a").attempt()).isEqualTo(2);
        assertThat(lab.known(second, "a").attempts()).isEqualTo(2);
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.kind(second, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_aTableThatIsNotThereIsAFailureThatSaysSo() {
        lab.put("a", "1");
        lab.target.always("a", (context, operation) -> Outcome.blocked("nowhere", Link.key("x"), "needs x"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.known(reconciler, "a").error())
                .contains("table \"nowhere\"")
                .contains("does not exist")
                .contains("needs x");
        assertThat(lab.known(reconciler, "a").blockedOn()).isNull();
        assertThat(lab.known(reconciler, "a").nextAttempt()).isNotNull();
    }

    @Test
    void promise_B18_aKeyThatCannotBeIsAFailureThatSaysSo() {
        lab.put("a", "1");
        lab.db.create(Numbered.TABLE);
        lab.target.always("a", (context, operation) -> Outcome.blocked("numbered", Key.of(new byte[] {1}), "needs 1"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.known(reconciler, "a").error()).contains("\"numbered\"").contains("none of its keys");
        assertThat(lab.known(reconciler, "a").nextAttempt()).isNotNull();
    }

    @Test
    void promise_B18_aRowBlockedOnItselfIsAFailureThatSaysSo() {
        lab.put("a", "1");
        lab.target.always("a", (context, operation) -> Outcome.blocked("items", Item.key("a"), "needs itself"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.known(reconciler, "a").error()).contains("blocked on itself: items/a");
        assertThat(lab.known(reconciler, "a").nextAttempt()).isNotNull();
    }

    @Test
    void promise_B18_aTableThatIsRemovedWakesIt_andOneThatComesIsWaitedForAgain() {
        lab.put("a", "1");
        lab.target.always("a", (context, operation) -> Outcome.blocked("links", Link.key("eth0"), "needs eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.db.remove(links.table);
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").error()).contains("does not exist");
        RWTable<Link> again = lab.db.create(Link.TABLE);
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.known(reconciler, "a").blockedOn()).isEqualTo(new Blocker("links", "eth0"));
        lab.target.heal();
        lab.db.write(again, txn -> again.insert(txn, new Link("eth0", "up")));
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_aReconcilerThatIsStartedLaterAndDoesTheOtherRowWakesIt() {
        links.put("eth0", "up");
        lab.put("a", "1");
        lab.target.always("a", links.needsDone("eth0"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(LONG);
        assertThat(lab.target.count("update a")).isEqualTo(1);
        links.start(OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_chainsGoAcrossTheStartersOfOneRegistry() {
        ReconcilerRegistry registry = new ReconcilerRegistry(lab.db);
        Reconcilers one =
                Reconcilers.builder(lab.db, lab.clock).registry(registry).build();
        Reconcilers other =
                Reconcilers.builder(lab.db, lab.clock).registry(registry).build();
        links.put("eth0", "up");
        lab.put("a", "1");
        lab.target.always("a", links.needsDone("eth0"));
        RunningReconciler<Item> reconciler = one.start("lab", lab.items, lab.target, OPTIONS);
        lab.clock.runUntilIdle();
        links.reconciler = other.start("lab", links.table, links.target, OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_manyRowsBlockedOnOneCostNothingWhileIdleAndWakeTogether() {
        int rows = 20_000;
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < rows; i++) {
                lab.items.insert(txn, new Item("i" + i, "1"));
            }
            return null;
        });
        for (int i = 0; i < rows; i++) {
            lab.target.always("i" + i, links.needs("eth0"));
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.rounds(1_000_000, 1000));
        assertThat(reconciler.health().failing()).isEqualTo(rows);
        lab.advance(LONG);
        assertThat(lab.target.calls()).hasSize(rows);
        links.put("eth0", "up");
        lab.clock.runUntilIdle();
        assertThat(lab.target.calls()).hasSize(2 * rows);
        assertThat(reconciler.health().ok()).isTrue();
    }

    /** Keys of eight bytes. */
    record Numbered(long id) {
        static final TableSpec<Numbered> TABLE =
                TableSpec.of("numbered", Numbered.class, Index.unique("id", Keys.INT64, Numbered::id));
    }
}
