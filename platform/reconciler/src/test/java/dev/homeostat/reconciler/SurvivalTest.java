package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.KeyInput;
import dev.homeostat.api.db.KeyOutput;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What surrounds a reconciler breaks: its table goes, its threads run out, its statuses cannot be written, plugin code throws where nobody expects it. */
final class SurvivalTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .stopDeadline(Duration.ofSeconds(8))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Lab lab = new Lab();

    @Test
    void promise_B6_removalOfTheTableWhileAnOperationRuns_endsEverything() {
        lab.putAll("a", "b");
        lab.target.next("a", Fault.waiting(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.concurrency(2));
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        lab.db.remove(lab.items);
        lab.advance(Duration.ofMinutes(1));
        assertThat(Lab.result(wait).stopped()).contains("removed");
        assertThat(Lab.isDone(reconciler.stop())).isTrue();
    }

    @Test
    void promise_B1_anExceptionThatCannotSayItsMessageIsAFailureToo() {
        lab.put("a", "1");
        lab.target.next("a", (context, operation) -> {
            throw new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw new UnsupportedOperationException("no message");
                }
            };
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_inv5_aKeyThatCannotBeFormattedLosesNoAttempt() {
        Index<Item, String> name = Index.unique("name", new Unprintable(), Item::name);
        RWTable<Item> table = lab.db.create(TableSpec.of("odd", Item.class, name));
        FakeTarget<Item> target = new FakeTarget<>(Item::name, Item::key);
        RunningReconciler<Item> reconciler = lab.reconcilers.start("odd", table, target, OPTIONS);
        target.next("a", Fault.error("no"));
        lab.db.write(table, txn -> table.insert(txn, new Item("a", "1")));
        lab.advance(Duration.ofSeconds(1));
        assertThat(target.count("update a")).isEqualTo(2);
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.status(lab.db.readTxn(), Item.key("a")))
                .satisfies(status -> assertThat(status.kind()).isEqualTo(StatusKind.DONE));
    }

    @Test
    void promise_inv5_anOperationThatGetsNoThreadIsRetried() {
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        RunningReconciler<Item> reconciler = start(refusing, lab.db, OPTIONS.concurrency(4));
        lab.putAll("a", "b", "c", "d");
        refusing.afterOne = 2;
        lab.clock.runUntilIdle();
        lab.advance(Duration.ofSeconds(1));
        lab.assertTarget("a", "b", "c", "d");
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.stats().running()).isZero();
    }

    @Test
    void promise_inv5_aLoopThatGotNoThreadGoesOnWithTheNextEvent() {
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        RunningReconciler<Item> reconciler = start(refusing, lab.db, OPTIONS);
        lab.clock.runUntilIdle();
        refusing.left = 1;
        reconciler.options(OPTIONS.concurrency(2));
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        lab.assertTarget("a");
    }

    @Test
    void promise_inv5_aLoopThatGotNoThreadAsksForOneAgain() {
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        start(refusing, lab.db, OPTIONS);
        lab.clock.runUntilIdle();
        refusing.left = 1;
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        lab.assertTarget();
        lab.advance(Duration.ofSeconds(1));
        lab.assertTarget("a");
    }

    /** Two bring an event; the first is to find a thread for both, and finds none. */
    @Test
    void promise_inv5_whoLeftAnEventToOneThatGotNoThread_isServed() {
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        RunningReconciler<Item> reconciler = start(refusing, lab.db, OPTIONS);
        lab.clock.runUntilIdle();
        List<CompletionStage<WaitResult>> waits = new ArrayList<>();
        refusing.left = 1;
        refusing.meanwhile = () -> waits.add(reconciler.waitForReconciliation());
        reconciler.options(OPTIONS.concurrency(2));
        lab.advance(Duration.ofSeconds(1));
        assertThat(waits)
                .singleElement()
                .satisfies(wait -> assertThat(Lab.isDone(wait)).isTrue());
    }

    @Test
    void promise_inv5_aLoopThatGotNeitherThreadNorTimerSaysSo_andGoesOnWithTheNextEvent() {
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        RunningReconciler<Item> reconciler = start(refusing, lab.db, OPTIONS);
        lab.clock.runUntilIdle();
        refusing.left = 1;
        refusing.timersLeft = 1;
        assertThatThrownBy(() -> reconciler.options(OPTIONS.concurrency(2)))
                .isInstanceOf(RejectedExecutionException.class);
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        lab.assertTarget("a");
    }

    @Test
    void stop_withoutAThreadToTellOnStillTells() {
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        RunningReconciler<Item> reconciler = start(refusing, lab.db, OPTIONS);
        lab.clock.runUntilIdle();
        var stopped = reconciler.stop();
        refusing.left = 10;
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
    }

    /** Else they would make figures anew for a reconciler that is gone, and nobody would ever take these away. */
    @Test
    void stop_isToldWhenMetricsHaveHeardAll() {
        List<String> heard = new ArrayList<>();
        RefusingScheduler refusing = new RefusingScheduler(lab.clock);
        RunningReconciler<Item> reconciler = Reconcilers.builder(lab.db, refusing)
                .metrics(new ReconcilerMetrics() {
                    @Override
                    public void failing(String reconciler, long objects) {
                        heard.add("failing " + objects);
                    }
                })
                .build()
                .start("lab", lab.items, lab.target, OPTIONS);
        lab.breakFor("a", "no");
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        reconciler.stop().thenRun(() -> heard.add("stopped"));
        refusing.left = 10; // so that it is told at once, by who tells it
        lab.clock.runUntilIdle();
        assertThat(heard).containsExactly("failing 1", "failing 0", "stopped");
    }

    @Test
    void promise_inv5_timersThatGoOffEarlyLoseNoRetry() {
        RefusingScheduler early = new RefusingScheduler(lab.clock);
        early.early = Duration.ofNanos(400_000);
        lab.target.next("a", Fault.error("no"));
        start(early, lab.db, OPTIONS.retrying(Duration.ofMillis(100), Duration.ofMillis(100)));
        lab.put("a", "1");
        lab.advance(Duration.ofSeconds(1));
        lab.assertTarget("a");
    }

    @Test
    void promise_inv5_statusesThatCouldNotBeWrittenAreWrittenLater() {
        FailingDatabase failing = new FailingDatabase(lab.db);
        RunningReconciler<Item> reconciler = start(lab.clock, failing.proxy(), OPTIONS);
        lab.clock.runUntilIdle();
        failing.left = 2;
        failing.fault = new StackOverflowError("codec");
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.PENDING);
        assertThat(reconciler.health().problems()).singleElement().asString().contains("cannot be written");
        lab.advance(Duration.ofSeconds(2));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void stop_whileStatusesCannotBeWrittenTriesUntilItsDeadline() {
        FailingDatabase failing = new FailingDatabase(lab.db);
        RunningReconciler<Item> reconciler = start(lab.clock, failing.proxy(), OPTIONS);
        lab.clock.runUntilIdle();
        failing.left = 3;
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        var stopped = reconciler.stop();
        lab.advance(Duration.ofSeconds(5));
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void stop_whenStatusesCanNeverBeWrittenEndsAtItsDeadline() {
        FailingDatabase failing = new FailingDatabase(lab.db);
        RunningReconciler<Item> reconciler = start(lab.clock, failing.proxy(), OPTIONS);
        lab.clock.runUntilIdle();
        failing.left = 1_000;
        lab.put("a", "1");
        lab.clock.runUntilIdle();
        var stopped = reconciler.stop();
        lab.advance(Duration.ofSeconds(8));
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(failing.left).as("not a busy loop").isGreaterThan(980);
    }

    @Test
    void promise_inv5_aStopAtItsDeadlineStillRemembersTheDeletesThatWereNotComeTo() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("a", Fault.hanging(lab.clock.gate()));
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        lab.delete("b");
        var stopped = reconciler.stop();
        lab.advance(Duration.ofSeconds(8));
        assertThat(Lab.isDone(stopped)).isTrue();
        lab.run(OPTIONS.concurrency(2));
        assertThat(lab.target.count("delete b")).isEqualTo(1);
    }

    @Test
    void start_whileTheEarlierOneIsStoppingIsRefused() {
        lab.put("a", "1");
        lab.target.next("a", Fault.hanging(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var stopped = reconciler.stop();
        lab.clock.runUntilIdle();
        assertThatThrownBy(() -> lab.start(OPTIONS)).hasMessageContaining("items/lab");
        lab.advance(Duration.ofSeconds(8));
        assertThat(Lab.isDone(stopped)).isTrue();
        lab.start(OPTIONS);
    }

    @Test
    void promise_B1_whatACancelledAttemptLearnedReachesTheNextRun() {
        lab.put("a", "1");
        lab.target.next("a", (context, operation) -> {
            context.learn("id", "42");
            lab.clock.gate().await();
            return Outcome.done();
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.stop();
        lab.advance(Duration.ofSeconds(8));
        lab.run(OPTIONS);
        assertThat(lab.target.last("update a").facts()).isEqualTo(Map.of("id", "42"));
    }

    @Test
    void promise_B1_whatAnAbandonedAttemptLearnedLateReachesTheNextRun() {
        Gate gate = lab.clock.gate();
        lab.put("a", "1");
        lab.target.next("a", (context, operation) -> {
            gate.awaitUninterruptibly();
            context.learn("id", "42");
            return Outcome.done();
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.retrying(Duration.ofHours(1), Duration.ofHours(1)));
        lab.advance(Duration.ofSeconds(11));
        gate.open();
        lab.advance(Duration.ofSeconds(1));
        reconciler.stop();
        lab.advance(Duration.ofSeconds(8));
        lab.run(OPTIONS);
        assertThat(lab.target.last("update a").facts()).isEqualTo(Map.of("id", "42"));
    }

    @Test
    void promise_B1_factsEndWithADeleteThatWasDoneAfterTheRowWasCreatedAgain() {
        lab.put("a", "1");
        lab.target.next("a", (context, operation) -> {
            context.learn("id", "42");
            return operation.call();
        });
        lab.run(OPTIONS.concurrency(2));
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("delete a").facts()).containsEntry("id", "42");
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.last("update a").facts()).isEmpty();
        lab.assertTarget("a");
    }

    @Test
    void promise_B3_aRetryOnDemandOfARowFoundInErrorKeepsItsAttempts() {
        lab.put("a", "1");
        lab.target.always("a", Fault.permanent("not allowed"));
        RunningReconciler<Item> first = lab.run(OPTIONS);
        first.stop();
        lab.clock.runUntilIdle();
        RunningReconciler<Item> second = lab.start(OPTIONS);
        second.retry(Item.key("a"));
        lab.clock.runUntilIdle();
        assertThat(lab.known(second, "a").attempts()).isEqualTo(2);
    }

    private RunningReconciler<Item> start(Scheduler scheduler, Database database, Options options) {
        return Reconcilers.builder(database, scheduler).build().start("lab", lab.items, lab.target, options);
    }

    /** Text keys that nobody can read. */
    private static final class Unprintable extends KeyType<String> {
        @Override
        protected void write(String value, KeyOutput out) {
            out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected String read(KeyInput in) {
            return new String(in.readRemaining(), StandardCharsets.UTF_8);
        }

        @Override
        public String format(String value) {
            throw new NoClassDefFoundError("Formatter");
        }

        @Override
        public String parse(String text) {
            return text;
        }
    }
}
