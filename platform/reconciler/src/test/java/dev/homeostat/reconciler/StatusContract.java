package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a status is, wherever it lives. A subclass is one side of the seam: it gives a table, the way in which a user writes a row, and the way in which a
 * reconciler is started on it; everything else is the same on all sides.
 *
 * @param <T> the rows of that side
 */
abstract class StatusContract<T> {
    private static final Duration A_WHILE = Duration.ofMinutes(10);
    private static final Options OPTIONS =
            Options.defaults().withoutPruning().retrying(Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final Database db = StateDatabase.builder().scheduler(clock).build();
    private final FakeTarget<T> target = new FakeTarget<>(this::name, Keys.STRING::encode);
    private final FakeTarget<T> other = new FakeTarget<>(this::name, Keys.STRING::encode);
    private final Reconcilers reconcilers = Reconcilers.builder(db, clock).build();
    private @Nullable RWTable<T> table;

    /** Makes the table; its primary keys are the names, as text. */
    abstract RWTable<T> createTable(Database database);

    /** A row as a user writes it who desires this text, whatever the status machinery of that side asks of writers. */
    abstract T desired(@Nullable T present, String name, String text);

    abstract String name(T row);

    abstract String text(T row);

    /** Starts a reconciler with its statuses on that side. */
    abstract RunningReconciler<T> start(
            Reconcilers starter, String name, RWTable<T> on, FakeTarget<T> operations, Options options);

    @BeforeEach
    void makeTable() {
        table = createTable(db);
    }

    @Test
    void promise_B4_kindsGenerationsAndTimesFollowTheRow() {
        RunningReconciler<T> reconciler = start("main", target);
        target.next("a", Fault.error("no route"));
        write("a", "1");
        long first = generation(reconciler, "a");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);

        clock.runUntilIdle();
        assertThat(status(reconciler, "a")).satisfies(status -> {
            assertThat(status.kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status.error()).isEqualTo("no route");
            assertThat(status.attempts()).isEqualTo(1);
            assertThat(status.generation()).isEqualTo(first);
            assertThat(status.updatedAt()).isEqualTo(clock.instant());
            assertThat(status.nextAttempt()).isEqualTo(clock.instant().plusSeconds(1));
            assertThat(status.isPermanent()).isFalse();
        });

        clock.advance(A_WHILE);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a"))
                .as("a status never changes the generation")
                .isEqualTo(first);

        write("a", "2");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        assertThat(generation(reconciler, "a")).isGreaterThan(first);
    }

    @Test
    void promise_B4_aDeleteHasAStatusUntilItIsDone() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        assertThat(status(reconciler, "a")).satisfies(status -> {
            assertThat(status.kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status.generation()).isEqualTo(table().revision(db.readTxn()));
        });
        assertThat(reconciler.undoneDeletes()).containsExactly(key("a"));

        clock.advance(A_WHILE);
        assertThat(reconciler.status(db.readTxn(), key("a"))).isNull();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B4_recreationEndsTheStatusOfADelete() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        write("a", "2");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B4_aStatusOfASnapshotIsOfThatSnapshot() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        ReadTxn before = db.readTxn();
        write("a", "2");
        clock.runUntilIdle();
        write("a", "3");
        Status then = reconciler.status(before, key("a"));
        assertThat(then)
                .isNotNull()
                .satisfies(status -> assertThat(status.kind()).isEqualTo(StatusKind.DONE));
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
    }

    @Test
    void promise_B3_whatWasDoneIsNotDoneAgainAfterARestart() {
        RunningReconciler<T> first = startAndRun("main", target, "a", "b");
        stop(first);
        write("b", "2");
        target.forgetCalls();
        start("main", target);
        clock.runUntilIdle();
        assertThat(target.log()).containsExactly("update b");
    }

    @Test
    void promise_B3_errorsAreDueAtOnceAfterARestartAndTheirAttemptsAreKept() {
        RunningReconciler<T> first = start("main", target);
        target.always("a", Fault.error("no route"));
        target.always("b", Fault.permanent("never"));
        write("a", "1");
        write("b", "1");
        clock.advance(Duration.ofSeconds(2));
        int attempts = status(first, "a").attempts();
        stop(first);
        target.forgetCalls();

        RunningReconciler<T> second = start("main", target);
        clock.runUntilIdle();
        assertThat(target.log()).containsExactlyInAnyOrder("update a", "update b");
        assertThat(target.last("update a").attempt()).isEqualTo(attempts + 1);
        assertThat(target.last("update b").attempt()).isEqualTo(2);
        assertThat(target.last("update a").cause()).isEqualTo(Cause.RETRY);
        assertThat(status(second, "a").attempts()).isEqualTo(attempts + 1);
    }

    @Test
    void promise_B3_anUndoneDeleteGoesOnAfterARestart() {
        RunningReconciler<T> first = startAndRun("main", target, "a");
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        stop(first);
        assertThat(target.objects()).containsOnlyKeys("a");

        RunningReconciler<T> second = start("main", target);
        clock.runUntilIdle();
        assertThat(target.objects()).isEmpty();
        assertThat(second.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B3_aDeleteThatWasNotComeToBeforeTheStopIsDoneAfterTheRestart() {
        RunningReconciler<T> first = startAndRun("main", target, "a");
        var stopped = first.stop();
        delete("a");
        clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(target.objects()).containsOnlyKeys("a");
        start("main", target);
        clock.runUntilIdle();
        assertThat(target.objects()).isEmpty();
    }

    @Test
    void promise_B11_aRetryFollowsThoughAnotherReconcilerWritesItsStatus() {
        RunningReconciler<T> one = start("main", target);
        RunningReconciler<T> two = start("other", other);
        target.next("a", Fault.error("no route"), Fault.error("still no route"));
        other.always("a", Fault.slow(clock, Duration.ofMillis(500)));
        write("a", "1");

        clock.advance(Duration.ofMillis(600));
        assertThat(status(one, "a").error()).isEqualTo("no route");
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);

        clock.advance(Duration.ofMillis(600));
        assertThat(status(one, "a").error()).as("failed again").isEqualTo("still no route");
        clock.advance(A_WHILE);
        assertThat(status(one, "a").kind()).as("no retry is lost").isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isEqualTo(3);
        assertThat(other.count("update a")).isEqualTo(1);
    }

    @Test
    void promise_B11_aRefreshFollowsThoughAnotherReconcilerWritesItsStatus() {
        Options refreshing = OPTIONS.refreshing(Duration.ofMinutes(1), 10);
        RunningReconciler<T> one = start(reconcilers, "main", table(), target, refreshing);
        RunningReconciler<T> two = start(reconcilers, "other", table(), other, refreshing);
        write("a", "1");
        target.next("a", Fault.none(), Fault.slow(clock, Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(62));
        assertThat(target.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(other.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B13_aLateSuccessNeverOverwritesTheNewPending() {
        Gate gate = clock.gate();
        target.next("a", Fault.waiting(gate), Fault.error("new one fails"));
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        long wanted = generation(reconciler, "a");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        gate.open();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a")).satisfies(status -> {
            assertThat(status.generation()).isEqualTo(wanted);
            assertThat(status.error()).isEqualTo("new one fails");
        });
        clock.advance(A_WHILE);
        assertThat(target.objects().values()).extracting(this::text).containsExactly("2");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B13_aLateFailureIsNotAttributedToTheNewRow() {
        Gate gate = clock.gate();
        target.next("a", (context, operation) -> {
            gate.await();
            return Outcome.permanent("old one is bad");
        });
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B16_aRowWhoseStatusWasNeverSetIsPendingAndIsWorkedOn() {
        write("a", "1");
        RunningReconciler<T> reconciler = start("main", target);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a")).isPositive();
    }

    @Test
    void promise_B9_aRowIsRefreshingWhileItIsCheckedAgain() {
        Gate gate = clock.gate();
        RunningReconciler<T> reconciler =
                start(reconcilers, "main", table(), target, OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        write("a", "1");
        clock.runUntilIdle();
        long generation = generation(reconciler, "a");
        target.next("a", Fault.waiting(gate));
        clock.advance(Duration.ofSeconds(61));
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.REFRESHING);
        gate.open();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a")).isEqualTo(generation);
    }

    @Test
    void promise_B1_factsOfEveryAttemptReachTheNextOnesAndTheDelete() {
        target.next("a", learning("try", "1", Outcome.retry("failed")), learning("id", "17", Outcome.done()));
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        clock.advance(A_WHILE);
        assertThat(target.last("update a").facts()).containsEntry("try", "1");
        stop(reconciler);
        start("main", target);
        delete("a");
        clock.runUntilIdle();
        assertThat(target.last("delete a").facts()).containsEntry("try", "1").containsEntry("id", "17");

        write("a", "2");
        clock.runUntilIdle();
        assertThat(target.last("update a").facts())
                .as("they end with the delete's success")
                .isEmpty();
    }

    @Test
    void promise_B1_factsOfASupersededAttemptReachTheNextOne() {
        Gate gate = clock.gate();
        target.next("a", (context, operation) -> {
            context.learn("handle", "h1");
            gate.await();
            return Outcome.retry("too late");
        });
        start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(target.last("update a").facts()).containsEntry("handle", "h1");
        assertThat(target.last("update a").attempt())
                .as("of the new generation")
                .isEqualTo(1);
    }

    @Test
    void promise_B1_factsReachTheNextAttemptAlsoWhenTheChangeWasTakenInMeanwhile() {
        Gate gate = clock.gate();
        target.next("a", (context, operation) -> {
            context.learn("handle", "h1");
            gate.await();
            return Outcome.retry("too late");
        });
        start(reconcilers, "main", table(), target, OPTIONS.concurrency(2));
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(target.last("update a").facts()).containsEntry("handle", "h1");
        assertThat(target.last("update a").attempt())
                .as("of the new generation")
                .isEqualTo(1);
    }

    @Test
    void promise_B6_aWaitEndsWhenTheStatusesAreThere() {
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        var wait = reconciler.waitForReconciliation();
        wait.thenRun(() -> assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE));
        clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    private static Fault learning(String fact, String value, Outcome outcome) {
        return new Fault() {
            @Override
            public Outcome strike(OperationContext context, Callable<Outcome> operation) {
                context.learn(fact, value);
                return outcome;
            }
        };
    }

    private RunningReconciler<T> startAndRun(String name, FakeTarget<T> operations, String... rows) {
        for (String row : rows) {
            write(row, "1");
        }
        RunningReconciler<T> reconciler = start(name, operations);
        clock.runUntilIdle();
        return reconciler;
    }

    private RunningReconciler<T> start(String name, FakeTarget<T> operations) {
        return start(reconcilers, name, table(), operations, OPTIONS);
    }

    private void stop(RunningReconciler<T> reconciler) {
        var stopped = reconciler.stop();
        clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
    }

    private RWTable<T> table() {
        RWTable<T> made = table;
        if (made == null) {
            throw new IllegalStateException("no table");
        }
        return made;
    }

    private void write(String name, String text) {
        try (WriteTxn txn = db.writeTxn(table())) {
            var present = table().get(txn, table().spec().lookup(key(name)));
            table().insert(txn, desired(present == null ? null : present.value(), name, text));
            txn.commit();
        }
    }

    private void delete(String name) {
        db.write(table(), txn -> table().delete(txn, table().spec().lookup(key(name))));
    }

    private Status status(RunningReconciler<T> reconciler, String name) {
        Status status = reconciler.status(db.readTxn(), key(name));
        assertThat(status).isNotNull();
        return status == null ? Status.pending(0, clock.instant()) : status;
    }

    private long generation(RunningReconciler<T> reconciler, String name) {
        return status(reconciler, name).generation();
    }

    private static Key key(String name) {
        return Keys.STRING.encode(name);
    }
}
