package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations that get one thing wrong are told so in plain words. */
final class WrongOperationsTest {
    @Test
    void update_thatIsNotIdempotent_isTold() {
        assertThat(complaint(TargetChecks.IDEMPOTENT, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        pages.merge(row.name(), row.text(), (before, now) -> before + "," + now);
                        return Outcome.done();
                    }
                }))
                .contains("update is not idempotent", "{note-0=text 1}", "{note-0=text 1,text 1}");
    }

    @Test
    void update_thatFailsTheSecondTime_isTold() {
        assertThat(complaint(TargetChecks.IDEMPOTENT, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        return pages.putIfAbsent(row.name(), row.text()) == null
                                ? Outcome.done()
                                : Outcome.permanent(row.name() + " exists");
                    }
                }))
                .contains("update is not idempotent", "note-0 exists");
    }

    @Test
    void update_thatDoesNothing_isTold() {
        assertThat(complaint(TargetChecks.UPDATE, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        return Outcome.done();
                    }
                }))
                .contains("said that it is done, and the target looks as before");
    }

    @Test
    void update_thatLeavesWhatWasDesiredBefore_isTold() {
        assertThat(complaint(TargetChecks.CHANGE, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        pages.put(row.name() + "/" + row.text(), "");
                        return Outcome.done();
                    }
                }))
                .contains("desired something else before", "text 1");
    }

    @Test
    void delete_thatFailsOnTheMissing_isTold() {
        assertThat(complaint(TargetChecks.DELETE_OF_THE_MISSING, () -> new Notebook() {
                    @Override
                    public Outcome delete(OperationContext context, Note row) {
                        return pages.remove(row.name()) == null ? Outcome.retry("no " + row.name()) : Outcome.done();
                    }
                }))
                .contains("delete of what is not there fails", "no note-0");
    }

    @Test
    void delete_thatTakesMore_isTold() {
        assertThat(complaint(TargetChecks.DELETE, () -> new Notebook() {
                    @Override
                    public Outcome delete(OperationContext context, Note row) {
                        pages.clear();
                        return Outcome.done();
                    }
                }))
                .contains("delete of one of three rows");
    }

    @Test
    void update_thatDoesNotRepairDrift_isTold() {
        assertThat(complaint(TargetChecks.REPAIRS_THE_SPOILT, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        pages.putIfAbsent(row.name(), row.text());
                        return Outcome.done();
                    }
                }))
                .contains("update does not repair drift", "spoilt");
    }

    @Test
    void update_thatIgnoresCancellation_isTold() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThat(complaint(TargetChecks.ENDS, () -> new Notebook() {
                        @Override
                        public Outcome update(OperationContext context, Note row) {
                            while (end.getCount() > 0) {
                                try {
                                    end.await();
                                } catch (InterruptedException e) {
                                    // deaf
                                }
                            }
                            return Outcome.done();
                        }
                    }))
                    .contains("update ignores cancellation", "WrongOperationsTest");
        } finally {
            end.countDown();
        }
    }

    @Test
    void update_thatForgetsAnAttempt_isFoundInTheSimulator() {
        String found = null;
        for (int seed = 1; found == null && seed <= 50; seed++) {
            found = complaint(new SimulatedCheck(seed), () -> new Notebook() {
                @Override
                public Outcome update(OperationContext context, Note row) {
                    if (context.attempt() == 1 && context.generation() % 3 != 0) {
                        pages.put(row.name(), row.text());
                    }
                    return Outcome.done();
                }
            });
        }
        assertThat(found).contains("the target of r0 is", "What happened before");
    }

    @Test
    void delete_thatIgnoresCancellation_isTold() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThat(complaint(TargetChecks.ENDS, () -> new Notebook() {
                        @Override
                        public Outcome delete(OperationContext context, Note row) {
                            while (end.getCount() > 0) {
                                try {
                                    end.await();
                                } catch (InterruptedException e) {
                                    // deaf
                                }
                            }
                            return Outcome.done();
                        }
                    }))
                    .contains("delete ignores cancellation", "WrongOperationsTest");
        } finally {
            end.countDown();
        }
    }

    @Test
    void update_thatNeverEnds_isTold() {
        assertThat(complaint(TargetChecks.UPDATE, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) throws Exception {
                        new CountDownLatch(1).await();
                        return Outcome.done();
                    }
                }))
                .startsWith("update of Note[name=note-0, text=text 1] does not end")
                .contains("wait for time to pass", "WrongOperationsTest");
    }

    @Test
    void update_thatFailsOnTheSecondOfManyRows_isTold() {
        assertThat(complaint(TargetChecks.MANY, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) throws Exception {
                        return pages.isEmpty() ? super.update(context, row) : Outcome.retry("busy");
                    }
                }))
                .isEqualTo("update of Note[name=note-1, text=text 1] is not done: busy");
    }

    @Test
    void update_thatReturnsNull_isTold() {
        assertThat(complaint(TargetChecks.UPDATE, () -> new Notebook() {
                    @Override
                    @SuppressWarnings("NullAway") // what authors may do
                    public Outcome update(OperationContext context, Note row) {
                        return null;
                    }
                }))
                .contains("update of Note[name=note-0, text=text 1] is not done", "null", "Outcome");
    }

    @Test
    void operations_thatRelyOnTheirMemory_areTold() {
        assertThat(complaint(TargetChecks.RESTART, () -> new Notebook() {
                    @Override
                    public Operations<Note> operations(RWTable<Note> table) {
                        return new NoteOperations(this) {
                            private final Set<String> made = new HashSet<>();

                            @Override
                            public Outcome update(OperationContext context, Note row) throws Exception {
                                return made.add(row.name()) && pages.containsKey(row.name())
                                        ? Outcome.retry(row.name() + " exists")
                                        : super.update(context, row);
                            }
                        };
                    }
                }))
                .contains("after a restart of the process", "note-0 exists");
    }

    @Test
    void operations_thatSkipWhatTheyDidAlready_areTold() {
        assertThat(complaint(TargetChecks.REPAIRS, () -> new Notebook() {
                    @Override
                    public Operations<Note> operations(RWTable<Note> table) {
                        return new NoteOperations(this) {
                            private final Set<Note> made = new HashSet<>();

                            @Override
                            public Outcome update(OperationContext context, Note row) throws Exception {
                                return made.add(row) ? super.update(context, row) : Outcome.done();
                            }
                        };
                    }
                }))
                .contains("trusts its memory", "another process deleted", "{note-0=text 1}");
    }

    @Test
    void update_thatSkipsWhatAFactSaysWasMade_isTold() {
        assertThat(complaint(TargetChecks.CHANGE, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) throws Exception {
                        if (context.facts().containsKey("made")) {
                            return Outcome.done();
                        }
                        context.learn("made", "yes");
                        return super.update(context, row);
                    }
                }))
                .contains("desired something else before", "text 1", "text 2");
    }

    @Test
    void update_thatRepairsNothingInARefresh_isTold() {
        assertThat(complaint(TargetChecks.REPAIRS, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) throws Exception {
                        return context.cause() == Cause.REFRESH ? Outcome.done() : super.update(context, row);
                    }
                }))
                .contains("update does not repair drift");
    }

    @Test
    void simulator_tellsWhatTheOperationsFailedAtThemselves() {
        assertThat(complaint(new SimulatedCheck(1), () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) throws Exception {
                        return row.name().equals("note-3") ? Outcome.retry("no room") : super.update(context, row);
                    }
                }))
                .contains("What the operations themselves failed at last", "update of Note[name=note-3", ": no room");
    }

    /** What a process leaves that dies before a delete is no fault of operations that cannot list their target. */
    @Test
    void operationsWithoutAPrune_areToldNothingInTheSimulator() {
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(complaint(new SimulatedCheck(seed), () -> new Notebook() {
                        @Override
                        public Operations<Note> operations(RWTable<Note> table) {
                            Notebook notebook = this;
                            return new Operations<>() {
                                @Override
                                public Outcome update(OperationContext context, Note row) throws Exception {
                                    return notebook.update(context, row);
                                }

                                @Override
                                public Outcome delete(OperationContext context, Note row) throws Exception {
                                    return notebook.delete(context, row);
                                }
                            };
                        }
                    }))
                    .isNull();
        }
    }

    @Test
    void operations_thatAreRight_areToldNothing() {
        for (TrialCheck check : TrialCheck.all()) {
            assertThat(complaint(check, BatchedNotebook::new))
                    .as(check.title())
                    .isEqualTo(check == TargetChecks.LEARNED ? Complaints.LEFT_OUT : null);
        }
    }

    private static @Nullable String complaint(
            OperationsCheck check, Supplier<? extends OperationsTarget<Note>> target) {
        return Complaints.of(check, target);
    }
}
