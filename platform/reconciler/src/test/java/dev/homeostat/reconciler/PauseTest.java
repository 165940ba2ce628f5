package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The whole reconciler paused, and single rows. */
final class PauseTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Options PAUSED = OPTIONS.mode(Mode.PAUSED);
    private final Lab lab = new Lab();

    private void options(RunningReconciler<Item> reconciler, Options options) {
        reconciler.options(options);
        lab.clock.runUntilIdle();
    }

    @Test
    void promise_B20_pausedStartsNothingAndResumesWhereItWas() {
        lab.putAll("a", "b", "gone", "failing");
        lab.breakFor("failing", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        options(reconciler, PAUSED);
        lab.target.forgetCalls();
        lab.put("a", "2");
        lab.put("new", "1");
        lab.delete("gone");
        reconciler.prune();
        reconciler.refresh();
        reconciler.retry(Item.key("b"));
        lab.advance(Duration.ofHours(2));
        assertThat(lab.target.calls()).isEmpty();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.PENDING);
        assertThat(lab.known(reconciler, "failing").attempts()).isEqualTo(1);

        lab.target.heal();
        options(reconciler, OPTIONS);
        lab.advance(Duration.ofSeconds(1));
        lab.assertTarget("a", "b", "failing", "new");
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
        assertThat(lab.target.last("update failing").attempt())
                .as("the attempts are counted on")
                .isEqualTo(2);
        assertThat(lab.target.count("prune")).isEqualTo(1);
        assertThat(reconciler.stats().queued()).isZero();
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B20_whatRunsWhenItIsPausedEndsAndIsCommitted() {
        lab.putAll("a", "b");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        options(reconciler, PAUSED);
        assertThat(reconciler.stats().running()).isEqualTo(1);
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        lab.assertTarget("a");
        assertThat(reconciler.stats().running()).isZero();
    }

    @Test
    void promise_B20_aHungOperationPassesItsDeadlineInAPauseToo() {
        lab.put("a", "1");
        lab.target.next("a", Fault.waiting(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        options(reconciler, PAUSED);
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.known(reconciler, "a").error()).contains("deadline");
        assertThat(lab.target.count("update a")).isEqualTo(1);
    }

    @Test
    void promise_B20_healthShowsThePauseAndIsNotDegradedByIt() {
        RunningReconciler<Item> reconciler = lab.run(PAUSED);
        lab.putAll("a", "b", "c");
        lab.delete("c");
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.health().message())
                .isEqualTo("OK, 3 object(s), 1 of them to be deleted; paused, 3 waiting");
        assertThat(reconciler.pruneState()).isEqualTo("paused");
        assertThat(lab.explain(reconciler, "a").waitsFor()).contains("paused").contains("resume");
    }

    @Test
    void promise_B20_aLongPauseKeepsWhatItCannotCountInTheTable() {
        RunningReconciler<Item> reconciler = lab.run(PAUSED);
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < 12_000; i++) {
                lab.items.insert(txn, new Item("i" + i, "1"));
            }
            return null;
        });
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().message()).contains("paused, 12000 waiting");
        options(reconciler, OPTIONS);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.objects()).hasSize(12_000);
        assertThat(lab.target.log().subList(0, 3)).containsExactly("update i0", "update i1", "update i2");
    }

    @Test
    void promise_B20_aDeleteThatCameInAPauseSurvivesARestart() {
        lab.put("a", "1");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        options(first, PAUSED);
        lab.delete("a");
        first.stop();
        lab.clock.runUntilIdle();
        lab.assertTarget("a");
        RunningReconciler<Item> second = lab.run(OPTIONS);
        lab.assertTarget();
        assertThat(second.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B20_pausedItSetsNoTimer() {
        int[] timers = {0};
        Scheduler counting = new Scheduler() {
            @Override
            public Instant instant() {
                return lab.clock.instant();
            }

            @Override
            public long nanoTime() {
                return lab.clock.nanoTime();
            }

            @Override
            public void execute(Runnable task) {
                lab.clock.execute(task);
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                timers[0]++;
                return lab.clock.schedule(delay, task);
            }
        };
        Options busy = OPTIONS.refreshing(Duration.ofSeconds(1), 1).pruning(Duration.ofSeconds(1));
        lab.putAll("a", "failing");
        lab.breakFor("failing", "no");
        RunningReconciler<Item> reconciler =
                Reconcilers.builder(lab.db, counting).build().start("lab", lab.items, lab.target, busy);
        lab.clock.runUntilIdle();
        options(reconciler, busy.mode(Mode.PAUSED));
        lab.advance(Duration.ofSeconds(5));
        timers[0] = 0;
        lab.put("a", "2");
        lab.advance(Duration.ofHours(1));
        assertThat(timers[0]).isZero();
    }

    @Test
    void promise_B20_aPausedRowIsLeftAloneAndOthersGoOn() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.pause(Item.key("a"))).isTrue();
        assertThat(reconciler.pause(Item.key("a"))).as("it is already").isFalse();
        lab.put("a", "2");
        lab.put("b", "2");
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "1")).containsEntry("b", new Item("b", "2"));
        assertThat(reconciler.pausedKeys()).containsExactly(Item.key("a"));
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.health().message()).isEqualTo("OK, 2 object(s); 1 row(s) paused");
        assertThat(lab.explain(reconciler, "a").waitsFor()).contains("paused").contains("resume");
        assertThat(reconciler.stats().queued()).isEqualTo(1);

        lab.put("a", "3");
        assertThat(reconciler.resume(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "3"));
        assertThat(reconciler.pausedKeys()).isEmpty();
        assertThat(reconciler.resume(Item.key("a"))).isFalse();
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B20_theDeleteOfAPausedRowWaits() {
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.pause(Item.key("a"));
        lab.delete("a");
        lab.advance(Duration.ofMinutes(1));
        lab.assertTarget("a");
        assertThat(reconciler.undoneDeletes()).containsExactly(Item.key("a"));
        reconciler.resume(Item.key("a"));
        lab.clock.runUntilIdle();
        lab.assertTarget();
    }

    @Test
    void promise_B20_theRetryOfAPausedRowWaitsAndKeepsItsAttempts() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("no"), Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.pause(Item.key("a"));
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(reconciler.health().failing()).isEqualTo(1);
        reconciler.resume(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("update a").attempt()).isEqualTo(2);
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.RETRY);
    }

    @Test
    void promise_B20_theRefreshOfAPausedRowWaitsAndHoldsUpNoOther() {
        lab.putAll("a", "b");
        Options refreshing = OPTIONS.refreshing(Duration.ofMinutes(1), 100);
        RunningReconciler<Item> reconciler = lab.run(refreshing);
        reconciler.pause(Item.key("a"));
        lab.target.forgetCalls();
        lab.advance(Duration.ofSeconds(90));
        assertThat(lab.target.log()).containsExactly("update b");
        reconciler.resume(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("update a").cause()).isEqualTo(Cause.REFRESH);
        lab.advance(Duration.ofSeconds(90));
        assertThat(lab.target.count("update a")).as("and is refreshed again").isEqualTo(2);
    }

    @Test
    void promise_B20_theRemovalOfAPausedKeyIsLeftToALaterPrune() {
        lab.putAll("x", "y", "z");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.tamper("stray", new Item("stray", "1"));
        reconciler.pause(Item.key("stray"));
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).spared()).containsExactly("stray");
        assertThat(lab.target.objects()).containsKey("stray");
        reconciler.resume(Item.key("stray"));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(lab.target.objects()).doesNotContainKey("stray");
    }

    @Test
    void promise_B20_whatRunsOnARowThatIsPausedEnds() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.pause(Item.key("a"));
        lab.put("a", "2");
        gate.open();
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "1"));
        reconciler.resume(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
    }

    @Test
    void promise_B20_pausedRowsStayPausedAfterARestartInTheProcess() {
        lab.put("a", "1");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        first.pause(Item.key("a"));
        first.stop();
        lab.clock.runUntilIdle();
        lab.reconcilers.forget(first);
        lab.put("a", "2");
        RunningReconciler<Item> second = lab.run(OPTIONS);
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "1"));
        assertThat(second.pausedKeys()).containsExactly(Item.key("a"));
        RunningReconciler<Item> other = lab.start("other", lab.target, OPTIONS);
        assertThat(other.pausedKeys()).isEmpty();
    }
}
