package dev.homeostat.reconciler;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.reconciler.Work.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Updates and deletes of rows: what is to be done about a change, whether it still is when its turn comes, and what follows from its result.
 *
 * <p>A result counts for the generation that it was made for and for no other. If a newer one has been taken in meanwhile, the result is superseded and the
 * newer one is next; if a newer one is in the table and has not been taken in, a failure is dropped, since the change will come, and a success is written
 * with the old generation, under which the row still reads as pending.
 */
final class RowOperations<T> implements Attempt.Task<T> {
    /** For {@link #start}: nobody has looked whether the table still says so. */
    static final long NOT_LOOKED = -1;

    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final Failures<T> failures;
    private final Supplier<Options> options;
    private final Planner<T> planner;
    private final Learning<T> learning;

    /** How often in sequence a row did not take what was done. */
    private final Map<Key, Integer> refusals = new HashMap<>();

    private final TurnTime time;
    private final TurnSnapshot snapshot;
    private boolean stopping;

    RowOperations(
            Setup<T> setup,
            Backlog<T> backlog,
            Records<T> records,
            Slots<T> slots,
            Journal<T> journal,
            Backoff backoff,
            Supplier<Options> options,
            Planner<T> planner,
            TurnTime time,
            TurnSnapshot snapshot) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.slots = slots;
        this.journal = journal;
        this.failures = new Failures<>(setup, backlog, records, journal, backoff, options);
        this.options = options;
        this.learning = new Learning<>(setup);
        this.planner = planner;
        this.time = time;
        this.snapshot = snapshot;
    }

    void stopping() {
        stopping = true;
    }

    /** What an earlier run left undone: deletes go on; what is remembered of rows that are gone without a delete is of no use. */
    void resume(long now) {
        ReadTxn txn = setup.database().readTxn();
        for (StatusRecord<T> record : setup.store().all(txn)) {
            Key key = record.key();
            if (setup.row(txn, key) != null) {
                continue;
            }
            Row<T> deleted = record.deleted();
            if (deleted == null) {
                records.forget(key, now);
                continue;
            }
            Work<T> work = backlog.add(key);
            work.facts = record.facts();
            backlog.renew(work, deleted, true, record.status().generation());
            resumeErrors(work, record.status());
            backlog.makeReady(work);
        }
    }

    /** What is to be done about a change now; null when nothing is, or not yet. */
    @Nullable
    Work<T> take(Change<T> change, long now) {
        Row<T> row = change.row();
        Key key = row.key();
        boolean delete = change instanceof Change.Delete<T>;
        Work<T> work = backlog.get(key);
        boolean idle = work == null || work.isIdle();
        if (idle && !delete && setup.store().passesOver(row, now)) {
            return null;
        }
        long generation = delete ? change.revision() : setup.store().generation(row);
        if (work != null && !idle && !isNews(work, change, delete, generation)) {
            return null;
        } else if (work != null
                && !idle
                && !delete
                && !work.delete
                && setup.store().passesOver(row, now)) {
            backlog.superseded(work); // by somebody who says that it is done
            return null;
        }
        work = work == null ? null : freed(work);
        if (work == null) {
            work = takeNew(key, row, delete, generation);
        } else if (work.isIdle() && !delete && isDone(key, generation)) {
            return null; // something that it does not wait for still runs on its key
        } else {
            if (work.generation == Work.NO_GENERATION && work.facts.isEmpty()) {
                work.facts = factsOf(key); // it is there for a removal, which knows of none
            }
            backlog.renew(work, row, delete, generation);
        }
        if (work == null) {
            return null;
        }
        if (delete) {
            records.put(work, Status.pending(generation, time.instant()), now);
        }
        return work.state == State.IDLE ? work : null;
    }

    /** There is news: what has a place behind other operations, and has not begun, keeps its key from nobody. Null when that was all there was. */
    private @Nullable Work<T> freed(Work<T> work) {
        Attempt<T> outdated = work.running;
        return outdated != null && slots.withdraw(outdated) ? backlog.get(work.key) : work;
    }

    private boolean isDone(Key key, long generation) {
        StatusRecord<T> record = records.get(snapshot.txn(), key);
        return record != null
                && isDone(record)
                && !record.isDelete()
                && record.status().generation() == generation;
    }

    private Map<String, String> factsOf(Key key) {
        StatusRecord<T> record = records.get(setup.database().readTxn(), key);
        return record == null ? Map.of() : record.facts();
    }

    /** Whether the change asks for something else than the work is about; a status that was written does not. */
    private boolean isNews(Work<T> work, Change<T> change, boolean delete, long generation) {
        if (change.revision() <= work.revision) {
            return false;
        }
        if (delete || work.delete || generation != work.generation) {
            return true;
        }
        work.row = change.row();
        work.revision = change.revision();
        return false;
    }

    /** A row that was done long ago is to be checked again. Null when there is something else to do about it, or nothing at all. */
    @Nullable
    Work<T> takeForRefresh(StatusRecord<T> record, long now) {
        Work<T> known = backlog.get(record.key());
        boolean free = known == null || known.generation == Work.NO_GENERATION;
        Row<T> row = free ? setup.row(setup.database().readTxn(), record.key()) : null;
        if (row == null || setup.store().generation(row) != record.status().generation()) {
            return null;
        }
        Work<T> work = known == null ? backlog.add(record.key()) : known;
        work.facts = record.facts();
        backlog.renew(work, row, false, record.status().generation());
        backlog.knownDone(work, Cause.REFRESH);
        records.put(work, Status.refreshing(work.generation, time.instant()), now);
        return work.running == null ? work : null; // somebody looks at it just now: it is next after that
    }

    /** The same of a record that was read from the store; null, besides, when there is a newer status that is not committed yet. */
    @Nullable
    Work<T> takeStoredForRefresh(StatusRecord<T> stored, long now) {
        return records.hasNewer(stored) ? null : takeForRefresh(stored, now);
    }

    /** Somebody wants the key attempted now, or, where something runs on it, as soon as that ended. */
    void retryNow(Key key, long now) {
        Work<T> work = backlog.get(key);
        if (work == null || work.isIdle()) {
            takeByHand(key, work, now);
            return;
        }
        switch (work.state) {
            case WAITING, BLOCKED, PARKED, PLANNED -> backlog.revive(work, Cause.MANUAL);
            case RUNNING -> work.retryAsked = true;
            case IDLE, READY, CLOSED, HELD, GONE -> {} // it is attempted anyway
        }
    }

    /** Somebody wants the row checked, if it is done; when it is not, it is attempted anyway. */
    void refreshNow(Key key, long now) {
        StatusRecord<T> record = records.get(setup.database().readTxn(), key);
        Work<T> work = record == null || record.status().kind() != StatusKind.DONE ? null : takeForRefresh(record, now);
        if (work != null) {
            backlog.makeReady(work);
        }
    }

    /** Of a row about which there is nothing to do as far as was seen. If something runs on its key all the same, the attempt comes after that. */
    private void takeByHand(Key key, @Nullable Work<T> idle, long now) {
        ReadTxn txn = setup.database().readTxn();
        StatusRecord<T> record = records.get(txn, key);
        Row<T> row = setup.row(txn, key);
        if (row == null) {
            return;
        }
        if (record != null && record.status().kind() == StatusKind.DONE) {
            takeForRefresh(record, now);
        } else if (idle == null) { // else its change will come, and wait for the key
            takeNew(key, row, false, setup.store().generation(row));
        }
        Work<T> work = backlog.get(key);
        if (work != null && !work.isIdle()) {
            work.cause = Cause.MANUAL;
            backlog.makeReady(work);
        }
    }

    /** Retries do not wait for longer than the longest delay that is now in force, unless their operation asked for it. */
    void optionsChanged(long now) {
        long latest = now + Nanos.of(options.get().retryMax());
        List<Work<T>> waiting = new ArrayList<>();
        backlog.retries().forEach(waiting::add);
        for (Work<T> work : waiting) {
            Status error = work.error;
            if (error != null && error.error() != null && !work.delayAsked && work.dueNanos - latest > 0) {
                Instant next = time.instant().plusNanos(latest - now);
                Status sooner =
                        Status.error(error.generation(), error.updatedAt(), error.error(), error.attempts(), next);
                backlog.reschedule(work, sooner, latest);
                records.put(work, sooner, now);
            }
        }
    }

    /** That key is not paused any more. */
    void resumed(Key key) {
        Work<T> work = backlog.get(key);
        if (work != null) {
            backlog.resumed(work);
            planIfAsked(work);
        }
    }

    /**
     * Starts the operation, unless its key is paused or the table says something else by now; plans it, where the mode is not APPLY.
     *
     * @param wantedAt the revision of the table up to which the work is known to be about what the table says, or {@link #NOT_LOOKED}
     * @return false when the next work can be looked at
     */
    boolean start(Work<T> work, long wantedAt) {
        try {
            return startNow(work, wantedAt);
        } catch (Throwable fault) {
            backlog.notStarted(work, time.nanos() + Failures.AFTER_A_FAULT);
            throw fault;
        }
    }

    private boolean startNow(Work<T> work, long wantedAt) {
        if (setup.paused().contains(work.key)) {
            backlog.hold(work);
            return false;
        }
        ReadTxn txn = snapshot.txn();
        long revision = setup.table().revision(txn);
        if (revision != wantedAt) {
            Row<T> present = setup.row(txn, work.key);
            if (!isNewest(work, present)) {
                planner.drop(work.key);
                backlog.superseded(work);
                return false;
            }
            if (present != null) {
                work.row = present; // with the statuses that others wrote meanwhile
            }
        }
        if (options.get().mode() != Mode.APPLY) {
            planner.plan(work, this, revision);
            return true;
        }
        Attempt<T> attempt = Attempt.onRow(this, work, revision);
        if (setup.isBatched()) {
            attempt.batched();
        }
        backlog.started(work, attempt);
        slots.start(attempt);
        return true;
    }

    /** Whether the table still says what the work is about. Looks at the attempt only, since the work may change meanwhile. */
    @Override
    public boolean isWanted(Attempt<T> attempt, ReadTxn newest) {
        if (setup.table().revision(newest) == attempt.wantedAt()) {
            return true;
        }
        Row<T> row = setup.row(newest, attempt.key());
        if (row != null && !attempt.isDelete()) {
            attempt.isAbout(row); // with the statuses that others wrote meanwhile
        }
        return isNewest(attempt.isDelete(), attempt.generation(), row);
    }

    @Override
    public Outcome run(Attempt<T> attempt) throws Exception {
        T value = attempt.row().value();
        return attempt.isDelete()
                ? setup.operations().delete(attempt, value)
                : learning.checked(
                        attempt.key(), attempt.generation(), setup.operations().update(attempt, value));
    }

    @Override
    public Outcome checked(Attempt<T> attempt, Outcome outcome) {
        return attempt.isDelete() ? outcome : learning.checked(attempt.key(), attempt.generation(), outcome);
    }

    @Override
    public String text(Attempt<T> attempt) {
        return setup.text(attempt.key());
    }

    /** The table said something else when its turn came. */
    @Override
    public void skipped(Attempt<T> attempt) {
        Work<T> work = work(attempt);
        work.running = null;
        if (attempt.generation() == work.generation) {
            backlog.superseded(work);
        } else {
            backlog.opened(work);
        }
    }

    @Override
    public void takenBack(Attempt<T> attempt) {
        backlog.putBack(work(attempt), time.nanos());
    }

    /** Statuses were committed, but for those that their rows did not take: such a row has failed. */
    void committed(Map<Key, @Nullable StatusRecord<T>> changes, Map<Key, String> refused, long now) {
        if (!refusals.isEmpty()) {
            changes.forEach((key, record) -> {
                if (record == null || record.isDelete() || (isDone(record) && !refused.containsKey(key))) {
                    refusals.remove(key);
                }
            });
        }
        refused.forEach((key, reason) -> {
            StatusRecord<T> record = changes.get(key);
            String text = setup.text(key);
            journal.log(Level.WARN, "the status of {} cannot be written: {}", text, reason);
            if (record != null && isDone(record) && !stopping) {
                refused(record, reason, now);
            }
        });
    }

    private static boolean isDone(@Nullable StatusRecord<?> record) {
        return record != null && record.status().kind() == StatusKind.DONE;
    }

    /** The row was done, and did not take it: it is attempted again, unless there is something else to do about it anyway. */
    private void refused(StatusRecord<T> record, String reason, long now) {
        Key key = record.key();
        long generation = record.status().generation();
        Row<T> row = setup.row(setup.database().readTxn(), key);
        Work<T> known = backlog.get(key);
        boolean busy = known != null && !known.isIdle();
        if (busy || row == null || setup.store().generation(row) != generation) {
            return;
        }
        int times = refusals.merge(key, 1, Integer::sum);
        Work<T> work = known == null ? backlog.add(key) : known;
        work.facts = record.facts();
        backlog.renew(work, row, false, generation);
        failures.refused(work, reason, times, now);
        planIfAsked(work);
    }

    @Override
    public void ended(Attempt<T> attempt, Outcome outcome) {
        Work<T> work = work(attempt);
        long now = time.nanos();
        boolean newest = attempt.generation() == work.generation;
        boolean learned = learn(work, attempt, outcome);
        if (!attempt.isAbandoned()) {
            work.running = null;
        }
        if (!newest) {
            superseded(work, attempt, outcome, learned, now);
        } else if (outcome instanceof Outcome.Done done) {
            done(work, attempt, done.learned(), now);
        } else if (stopping && attempt.isCancelledOrAbandoned()) {
            journal.ended(attempt, work.key, kind(work), "cancelled", null);
            keepFacts(work, learned, now);
            work.state = State.IDLE;
        } else if (!isNewest(work, setup.row(snapshot.txn(), work.key))) {
            journal.ended(attempt, work.key, kind(work), "superseded", Failures.errorOf(outcome));
            keepFacts(work, learned, now);
            backlog.superseded(work);
        } else {
            failures.failed(work, attempt, outcome, now);
            if (work.retryAsked) {
                backlog.revive(work, Cause.MANUAL);
            }
            planIfAsked(work);
        }
    }

    private void planIfAsked(Work<T> work) {
        if (options.get().mode() == Mode.PLAN) {
            planner.failed(work);
        }
    }

    @Override
    public void endedLate(Attempt<T> attempt) {
        Work<T> work = work(attempt);
        keepFacts(work, learn(work, attempt, attempt.outcome()), time.nanos());
        if (work.running == attempt) {
            backlog.opened(work);
        }
    }

    @Override
    public void brokeOff(Attempt<T> attempt, Throwable fault) {
        failures.brokeOff(work(attempt), attempt, fault, time.nanos());
    }

    /** Whether the table still says what the work is about. */
    private boolean isNewest(Work<T> work, @Nullable Row<T> row) {
        return isNewest(work.delete, work.generation, row);
    }

    private boolean isNewest(boolean delete, long generation, @Nullable Row<T> row) {
        return delete ? row == null : row != null && setup.store().generation(row) == generation;
    }

    private @Nullable Work<T> takeNew(Key key, Row<T> row, boolean delete, long generation) {
        StatusRecord<T> record = records.get(snapshot.txn(), key);
        if (delete && record != null && record.status().generation() > generation) {
            return null; // the row is there again, and was attempted by hand before its delete was come to
        }
        boolean known = !delete
                && record != null
                && !record.isDelete()
                && record.status().generation() == generation;
        Status status = known && record != null ? record.status() : null;
        if (status != null && status.kind() == StatusKind.DONE) {
            return null;
        }
        Work<T> work = backlog.add(key);
        work.facts = record == null ? Map.of() : record.facts();
        backlog.renew(work, row, delete, generation);
        if (status != null) {
            resumeErrors(work, status);
        }
        return work;
    }

    private void resumeErrors(Work<T> work, Status status) {
        switch (status.kind()) {
            case ERROR -> backlog.resume(work, status);
            case REFRESHING -> backlog.knownDone(work, Cause.REFRESH);
            case PENDING, DONE -> {}
        }
    }

    private void superseded(Work<T> work, Attempt<T> attempt, Outcome outcome, boolean learned, long now) {
        journal.ended(attempt, work.key, operation(attempt), "superseded", Failures.errorOf(outcome));
        keepFacts(work, learned, now);
        if (work.running == null) {
            backlog.opened(work);
        }
    }

    private void done(Work<T> work, Attempt<T> attempt, Outcome.@Nullable Learned<?> learned, long now) {
        journal.ended(attempt, work.key, kind(work), "done", null);
        if (work.error != null) {
            int failures = work.failures;
            String text = setup.text(work.key);
            journal.log(Level.INFO, "{} is as desired again, after {} failed attempt(s)", text, failures);
        }
        Status done = Status.done(work.generation, time.instant());
        if (work.delete) {
            records.forget(work.key, now);
        } else if (learned == null) {
            records.put(work, done, now);
        } else {
            records.putLearned(work, done, learning.change(learned), now);
        }
        backlog.succeeded(work);
    }

    /** Takes over what the attempt learned; says whether that is anything. All of it ends with a delete that was done, even if the row is there again. */
    private boolean learn(Work<T> work, Attempt<T> attempt, Outcome outcome) {
        boolean gone = outcome instanceof Outcome.Done
                && operation(attempt) == OperationKind.DELETE
                && attempt.generation() != work.generation;
        Map<String, String> facts = gone ? Map.of() : attempt.facts();
        boolean more = !facts.equals(gone ? work.facts : attempt.given());
        if (more) {
            work.facts = facts;
        }
        return more;
    }

    /** A superseded attempt leaves no status, but what it learned must be there for the next one. */
    private void keepFacts(Work<T> work, boolean learned, long now) {
        if (!learned) {
            return;
        }
        StatusRecord<T> record = records.get(snapshot.txn(), work.key);
        if (record == null && work.facts.isEmpty()) {
            return; // it was deleted
        }
        Status status = record == null ? Status.pending(0, time.instant()) : record.status();
        records.put(
                new StatusRecord<>(work.key, status, work.facts, record == null ? null : record.deleted(), now), now);
    }

    private static OperationKind kind(Work<?> work) {
        return work.delete ? OperationKind.DELETE : OperationKind.UPDATE;
    }

    private static OperationKind operation(Attempt<?> attempt) {
        return attempt.isDelete() ? OperationKind.DELETE : OperationKind.UPDATE;
    }

    private Work<T> work(Attempt<T> attempt) {
        Work<T> work = attempt.work();
        if (work == null) {
            throw new IllegalStateException("not an operation on a row: " + attempt);
        }
        return work;
    }
}
