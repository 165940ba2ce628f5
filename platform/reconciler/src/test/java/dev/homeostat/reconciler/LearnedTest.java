package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an update learned for its row where that is not the usual case: beside the rows, in deletes, in batches. */
final class LearnedTest {
    @Test
    void promise_B1_besideTheRowsItIsAPermanentFailureThatNamesTheOtherWay() {
        Lab lab = new Lab();
        lab.target.next("a", (context, operation) -> Outcome.done(Item.class, item -> new Item(item.name(), "x")));
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        assertThat(lab.known(reconciler, "a").isPermanent()).isTrue();
        assertThat(lab.known(reconciler, "a").error()).contains("learn");
        assertThat(lab.items.get(lab.db.readTxn(), Item.NAME.query("a")))
                .satisfies(row -> assertThat(row == null ? null : row.value()).isEqualTo(new Item("a", "1")));
    }

    @Nested
    final class InAField extends Contract<Station> {
        InAField() {
            super(StatusSide.FIELD);
        }
    }

    @Nested
    final class InASet extends Contract<Node> {
        InASet() {
            super(StatusSide.SET);
        }
    }

    abstract static class Contract<T extends Carrier<T>> extends StatusFixture<T> {
        Contract(StatusSide.InRow<T> side) {
            super(side);
        }

        @Test
        void promise_B1_aDeleteHasNoRowToChange_soItIsDone() {
            RunningReconciler<T> reconciler = startAndRun("main", target, "a");
            target.next("a", (context, operation) -> {
                operation.call();
                return Outcome.done(side.spec().rowType(), row -> row.withLearned("fact"));
            });
            delete("a");
            clock.runUntilIdle();
            assertThat(reconciler.status(db.readTxn(), key("a"))).isNull();
            assertThat(target.objects()).isEmpty();
            assertThat(table.count(db.readTxn())).isZero();
        }

        @Test
        void promise_B1_entriesOfABatchLearnEachForItsRow_andFailEachByItself() {
            BatchOperations<T> batches = new BatchOperations<>() {
                @Override
                public void updateAll(BatchContext context, List<BatchEntry<T>> entries) {
                    for (BatchEntry<T> entry : entries) {
                        String name = entry.row().name();
                        entry.result(Outcome.done(
                                side.spec().rowType(),
                                row -> name.equals("b") ? row.withName("z") : row.withLearned("of " + name)));
                    }
                }

                @Override
                public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) {
                    entries.forEach(entry -> entry.result(Outcome.done()));
                }
            };
            write("a", "1");
            write("b", "1");
            write("c", "1");
            RunningReconciler<T> reconciler = side.start(reconcilers, "main", table, batches, OPTIONS);
            clock.runUntilIdle();
            assertThat(row("a").value().toString()).contains("of a");
            assertThat(row("c").value().toString()).contains("of c");
            assertThat(status(reconciler, "b").error()).contains("changed the primary key");
            assertThat(status(reconciler, "c").kind()).isEqualTo(StatusKind.DONE);
            assertThat(table.count(db.readTxn())).isEqualTo(3);
        }

        @Test
        void promise_B1_twoRowsThatLearnTheSameUniqueKey_oneHasIt_theOtherFails() {
            RunningReconciler<T> reconciler = start("main", target);
            for (String name : List.of("a", "b")) {
                target.next(name, (context, operation) -> {
                    operation.call();
                    return Outcome.done(side.spec().rowType(), row -> row.withLearned("taken"));
                });
                write(name, "1");
            }
            clock.runUntilIdle();
            assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
            assertThat(status(reconciler, "b").error()).contains("already belongs to row a");
            assertThat(reconciler.health().failing()).isEqualTo(1);
        }
    }
}
