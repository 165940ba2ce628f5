package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an update learned for its row, where the status is in the row. */
abstract class LearningContract<T extends Carrier<T>> extends StatusFixture<T> {
    private final StatusSide.InRow<T> inRow;

    LearningContract(StatusSide.InRow<T> side) {
        super(side);
        this.inRow = side;
    }

    @Test
    void promise_B1_whatAnUpdateLearnedIsWrittenIntoTheRowWithItsStatus() {
        RunningReconciler<T> reconciler = start("main", target);
        learns("a", row -> row.withLearned("fact"));
        write("a", "1");
        clock.runUntilIdle();
        assertThat(row("a").value().toString()).contains("fact");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(row("a").revision()).as("one write for both").isEqualTo(2);
        clock.advance(A_WHILE);
        assertThat(target.count("update a")).as("no change of what is desired").isEqualTo(1);
    }

    @Test
    void promise_B1_itIsAppliedToTheRowAsOthersLeftIt() {
        Gate gate = clock.gate();
        start("main", target);
        RunningReconciler<T> two = start("other", other);
        target.next("a", (context, operation) -> {
            gate.await();
            return Outcome.done(inRow.spec().rowType(), row -> row.withLearned("fact"));
        });
        write("a", "1");
        clock.runUntilIdle();
        gate.open();
        clock.runUntilIdle();
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(inRow.slot("other").get(row("a").value()))
                .satisfies(status ->
                        assertThat(status == null ? null : status.kind()).isEqualTo(StatusKind.DONE));
        assertThat(row("a").value().toString()).contains("fact");
    }

    @Test
    void promise_B1_itIsDroppedWhenTheRowDesiresSomethingElseByNow() {
        Gate gate = clock.gate();
        start("main", target);
        target.next("a", (context, operation) -> {
            gate.await();
            return Outcome.done(inRow.spec().rowType(), row -> row.withLearned("old"));
        });
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(row("a").value().toString()).doesNotContain("old");
        assertThat(target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B1_aFunctionThatThrowsIsThatRowsErrorAndNobodyElses() {
        isError(
                row -> {
                    throw new IllegalStateException("cannot learn");
                },
                "IllegalStateException: cannot learn");
    }

    @Test
    void promise_B1_aFunctionThatGivesNullIsThatRowsError() {
        @SuppressWarnings("NullAway") // what plugins may do
        UnaryOperator<T> nothing = row -> null;
        isError(nothing, "gave null");
    }

    @Test
    void promise_B1_aFunctionThatChangesThePrimaryKeyIsThatRowsError() {
        isError(row -> row.withName("z"), "changed the primary key");
        assertThat(table.count(db.readTxn())).as("no row under the other key").isEqualTo(2);
    }

    @Test
    void promise_B1_aFunctionThatChangesAnothersStatusIsThatRowsError() {
        isError(
                row -> inRow.slot("other").with(row, Status.done(0, clock.instant())),
                "changed the status of another reconciler");
    }

    @Test
    void promise_B1_aFunctionThatMakesAUniqueKeyOfAnotherRowIsThatRowsError() {
        db.write(table, txn -> table.insert(txn, side.desired(null, "c", "1").withLearned("taken")));
        isError(row -> row.withLearned("taken"), "already belongs to row c");
    }

    @Test
    void promise_B1_whatBecameImpossibleBeforeTheCommitIsThatRowsErrorAndIsRetriedWithBackoff() {
        RunningReconciler<T> reconciler = start("main", target);
        AtomicInteger calls = new AtomicInteger();
        UnaryOperator<T> worksOnceOnly = row -> {
            if (calls.getAndIncrement() % 2 == 1) {
                throw new IllegalStateException("not twice");
            }
            return row.withLearned("fact");
        };
        target.always("a", (context, operation) -> Outcome.done(inRow.spec().rowType(), worksOnceOnly));
        write("a", "1");
        write("b", "1");
        clock.runUntilIdle();
        assertThat(status(reconciler, "b").kind()).isEqualTo(StatusKind.DONE);
        assertThat(status(reconciler, "a").error()).contains("not twice");
        assertThat(reconciler.health().failing()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(target.count("update a"))
                .as("1 s, 2 s, 4 s, 8 s, with jitter")
                .isBetween(5L, 60L);
        target.heal();
        clock.advance(A_WHILE);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B1_somethingForRowsOfAnotherClassIsAPermanentFailure() {
        RunningReconciler<T> reconciler = start("main", target);
        target.next("a", (context, operation) -> Outcome.done(String.class, text -> text));
        write("a", "1");
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").isPermanent()).isTrue();
        assertThat(status(reconciler, "a").error()).contains("java.lang.String");
    }

    private void isError(UnaryOperator<T> change, String reason) {
        RunningReconciler<T> reconciler = start("main", target);
        learns("a", change);
        write("a", "1");
        write("b", "2");
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").error()).contains(reason);
        assertThat(status(reconciler, "b").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().failing()).isEqualTo(1);
        clock.advance(A_WHILE);
        assertThat(status(reconciler, "a").kind())
                .as("the next attempt did not learn it")
                .isEqualTo(StatusKind.DONE);
    }

    private void learns(String name, UnaryOperator<T> change) {
        target.next(name, (context, operation) -> {
            operation.call();
            return Outcome.done(inRow.spec().rowType(), change);
        });
    }
}
