package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations that do not tell the truth are told so in plain words. */
final class WrongReportsTest {
    @Test
    void update_thatHidesItsError_isTold() {
        assertThat(Complaints.of(ReportChecks.REFUSED_UPDATE, () -> new Notebook() {
                    @Override
                    public Outcome update(OperationContext context, Note row) {
                        BatchedNotebook.attempt(() -> super.update(context, row));
                        return Outcome.done();
                    }
                }))
                .contains("update hides what went wrong", "note-1", "throw what went wrong");
    }

    @Test
    void delete_thatHidesItsError_isTold() {
        assertThat(Complaints.of(ReportChecks.REFUSED_DELETE, () -> new Notebook() {
                    @Override
                    public Outcome delete(OperationContext context, Note row) {
                        BatchedNotebook.attempt(() -> super.delete(context, row));
                        return Outcome.done();
                    }
                }))
                .contains("delete hides what went wrong", "note-1");
    }

    @Test
    void batch_thatForgetsAnEntry_isTold() {
        assertThat(batched(
                        ReportChecks.BATCH,
                        (notebook, entries) -> notebook.rightly(entries.subList(0, Math.min(4, entries.size())))))
                .contains("a batch forgets an entry", "updateAll", "1 of its 5 entries", "note-4", "result(…)");
    }

    @Test
    void batch_thatGivesItsResultsWhenItIsOver_isTold() {
        assertThat(batched(ReportChecks.BATCH, (notebook, entries) -> notebook.later = entries))
                .contains("a batch forgets an entry", "5 of its 5 entries");
    }

    @Test
    void batch_thatGivesAnEntryTwoResults_isTold() {
        assertThat(batched(ReportChecks.BATCH, (notebook, entries) -> {
                    notebook.rightly(entries);
                    entries.getFirst().result(Outcome.retry("no, wait"));
                }))
                .contains("gives Note[name=note-0, text=text 1] a second result", "no, wait");
    }

    @Test
    void batch_thatThrowsWhenAllIsSaid_isTold() {
        assertThat(batched(ReportChecks.BATCH, (notebook, entries) -> {
                    notebook.rightly(entries);
                    throw new IllegalStateException("line down");
                }))
                .contains("updateAll throws", "line down", "nobody takes notice");
    }

    @Test
    void batch_thatThrowsHalfWay_isTold() {
        assertThat(batched(TargetChecks.MANY, (notebook, entries) -> {
                    notebook.rightly(entries.subList(0, entries.size() / 2));
                    if (entries.size() > 1) {
                        throw new IllegalStateException("line down");
                    }
                    notebook.rightly(entries);
                }))
                .contains("update of Note[name=note-2, text=text 1] is not done", "line down");
    }

    @Test
    void batch_thatDoesTheFirstOfManyOnly_isTold() {
        assertThat(batched(TargetChecks.MANY, (notebook, entries) -> {
                    notebook.rightly(entries.subList(0, 1));
                    entries.stream().skip(1).forEach(entry -> entry.result(Outcome.done()));
                }))
                .contains("update of five rows that came together", "{note-0=text 1}");
    }

    @Test
    void batch_thatMixesUpItsResults_isTold() {
        assertThat(batched(ReportChecks.REFUSED_UPDATE, (notebook, entries) -> {
                    List<Outcome> outcomes = new ArrayList<>();
                    entries.forEach(
                            entry -> outcomes.add(BatchedNotebook.attempt(() -> notebook.update(entry, entry.row()))));
                    Collections.rotate(outcomes, 1);
                    for (BatchEntry<Note> entry : entries) {
                        entry.result(outcomes.removeFirst());
                    }
                }))
                .contains("update hides what went wrong", "note-1");
    }

    @Test
    void batch_whoseNeighboursSufferFromOneEntry_isTold() {
        assertThat(batched(ReportChecks.REFUSED_UPDATE, (notebook, entries) -> {
                    for (BatchEntry<Note> entry : entries) {
                        entry.result(notebook.update(entry, entry.row()));
                    }
                }))
                .contains("others must not suffer", "note-2", "the batch failed", "bisect");
    }

    @Test
    void observe_thatSeesNoDrift_isTold() {
        assertThat(observing((notebook, row) -> Observation.inSync()))
                .contains("observe does not see drift", "note-0", "another process");
    }

    @Test
    void observe_thatSeesDriftEverywhere_isTold() {
        assertThat(observing((notebook, row) -> Observation.drift("who knows")))
                .contains("observe finds drift where there is none", "who knows");
    }

    @Test
    void observe_thatRepairs_isTold() {
        assertThat(observing((notebook, row) -> {
                    boolean same = row.text().equals(notebook.pages.put(row.name(), row.text()));
                    return same ? Observation.inSync() : Observation.drift("was not there");
                }))
                .contains("observe changes the target");
    }

    /** A batched update that gets something wrong. */
    private interface WrongBatch {
        void update(Wrong notebook, List<BatchEntry<Note>> entries) throws Exception;
    }

    /** An observation that gets something wrong. */
    private interface WrongLook {
        Observation observe(Notebook notebook, Note row);
    }

    private static final class Wrong extends BatchedNotebook {
        private final WrongBatch wrong;
        private List<BatchEntry<Note>> later = List.of();

        Wrong(WrongBatch wrong) {
            this.wrong = wrong;
        }

        @Override
        void updateAll(List<BatchEntry<Note>> entries) throws Exception {
            wrong.update(this, entries);
        }

        void rightly(List<BatchEntry<Note>> entries) throws Exception {
            super.updateAll(entries);
        }
    }

    private static @Nullable String batched(OperationsCheck check, WrongBatch wrong) {
        return Complaints.of(check, () -> new Wrong(wrong));
    }

    private static @Nullable String observing(WrongLook wrong) {
        return Complaints.of(ReportChecks.OBSERVE, () -> new Notebook() {
            @Override
            public Operations<Note> operations(RWTable<Note> table) {
                return new NoteOperations(this) {
                    @Override
                    public Observation observe(OperationContext context, Note row) {
                        return wrong.observe(notebook, row);
                    }
                };
            }
        });
    }
}
