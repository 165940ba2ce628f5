package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations that get one thing wrong are told so in plain words. */
final class WrongOperationsTest {
    private static final Supplier<OperationsTarget<Note>> RIGHT = BatchedNotebook::new; // every check applies to it

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
    void prune_thatRegistersDesiredRows_isTold() {
        assertThat(complaint(TargetChecks.PRUNE_SPARES, () -> new Notebook() {
                    @Override
                    public void prune(PruneContext context, Rows<Note> desired) {
                        pages.keySet().forEach(name -> register(context, name));
                    }
                }))
                .contains("prune registers what is desired", "note-0");
    }

    @Test
    void prune_thatMissesLeftovers_isTold() {
        assertThat(complaint(TargetChecks.PRUNE_REMOVES, () -> new Notebook() {
                    @Override
                    public void prune(PruneContext context, Rows<Note> desired) {
                        register(context, "note-3");
                    }
                }))
                .contains("prune misses leftovers", "note-2");
    }

    @Test
    void update_thatDoesNotRepairDrift_isTold() {
        assertThat(complaint(TargetChecks.REPAIRS, () -> new Notebook() {
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
        assertThat(complaint(new SimulatedCheck(1), () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        if (context.attempt() == 1 && context.generation() % 3 != 0) {
                            pages.put(row.name(), row.text());
                        }
                        return Outcome.done();
                    }
                }))
                .contains("the target of r0 is", "What happened before");
    }

    @Test
    void batch_thatForgetsAnEntry_isTold() {
        assertThat(complaint(TargetChecks.BATCH, () -> new BatchedNotebook() {
                    @Override
                    void updateAll(List<BatchEntry<Note>> entries) throws Exception {
                        super.updateAll(entries.subList(0, Math.min(4, entries.size())));
                    }
                }))
                .contains("a batch forgets an entry", "updateAll", "1 of its 5 entries", "note-4", "result(…)");
    }

    @Test
    void operations_thatAreRight_areToldNothing() {
        for (TargetChecks check : TargetChecks.values()) {
            assertThat(complaint(check, RIGHT)).isNull();
        }
    }

    private static @Nullable String complaint(
            OperationsCheck check, Supplier<? extends OperationsTarget<Note>> target) {
        OperationsTest<Note> test = new OperationsTest<>() {
            @Override
            public TableSpec<Note> table() {
                return Note.TABLE;
            }

            @Override
            public Note row(int number, int version) {
                return Note.of(number, version);
            }

            @Override
            public OperationsTarget<Note> target() {
                return target.get();
            }
        };
        try {
            check.run(test);
            return null;
        } catch (AssertionError complaint) {
            return complaint.getMessage();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
