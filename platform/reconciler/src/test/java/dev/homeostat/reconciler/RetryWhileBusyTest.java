package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What somebody asks for while something else runs on the key, or before its turn: none of it is lost. */
final class RetryWhileBusyTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(60));
    private final Lab lab = new Lab();
    private final Gate gate = lab.clock.gate();

    @Test
    void promise_B18_aRetryOfADoneRowThatIsJustObservedComesAfterwards() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("a", Fault.waiting(gate));
        var report = reconciler.observe();
        lab.advance(Duration.ofMillis(50));
        assertThat(lab.target.log()).endsWith("observe a");
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).as("its key is taken").isEqualTo(1);
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(report)).isTrue();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.MANUAL);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_aRetryOfADoneRowWhoseRemovalStillRunsComesAfterwards() {
        RWTable<Station> stations = lab.db.create(Station.TABLE);
        FakeTarget<Station> target = new FakeTarget<>(Station::name, Item::key);
        lab.db.write(stations, txn -> stations.insert(txn, Station.desired("other", "1")));
        RunningReconciler<Station> reconciler =
                lab.reconcilers.start("main", stations, Station.STATUSES.slot("main"), target, OPTIONS);
        target.tamper("a", Station.desired("a", "old"));
        target.next("a", Fault.waiting(gate));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(target.log()).endsWith("remove a");
        assertThat(reconciler.retry(Item.key("a")))
                .as("there is nothing to attempt")
                .isFalse();

        Status done = Status.done(1, lab.clock.instant());
        lab.db.write(
                stations,
                txn -> stations.insert(txn, Station.desired("a", "new").withMain(done)));
        lab.clock.runUntilIdle();
        assertThat(reconciler.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(target.log()).endsWith("remove a", "update a");
        assertThat(target.last("update a").cause()).isEqualTo(Cause.MANUAL);
        assertThat(target.objects()).containsKey("a");
    }

    @Test
    void promise_B18_whoAsksWhileAnAttemptRunsThatFailsGetsAnotherAtOnce() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        lab.target.next("a", (context, operation) -> {
            gate.await();
            return Fault.permanent("the door is locked").strike(context, operation);
        });
        lab.clock.runUntilIdle();
        assertThat(reconciler.retry(Item.key("a")))
                .as("somebody opened the door")
                .isTrue();
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.MANUAL);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B18_oneMoreAttemptHoweverOftenItIsAskedFor() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        lab.target.next("a", (context, operation) -> {
            gate.await();
            return Fault.error("no").strike(context, operation);
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.retry(Item.key("a"));
        reconciler.retry(Item.key("a"));
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        lab.advance(Duration.ofSeconds(9));
        assertThat(lab.target.count("update a")).as("then it waits again").isEqualTo(2);
        lab.advance(Duration.ofSeconds(11));
        assertThat(lab.target.count("update a")).isGreaterThan(2);
    }

    @Test
    void promise_B18_aRetryOfARowThatWasNotComeToGoesBeforeItsTurn() {
        lab.putAll("a", "b", "c");
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.retry(Item.key("c"))).isTrue();
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a", "update c", "update b");
    }
}
