package dev.homeostat.reconciler;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.reconciler.Work.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says what is to be done: about a change of the table, about what an earlier run left, about a row that is to be checked again. Touched by the owner of the
 * event loop only.
 */
final class NewWorks<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Slots<T> slots;
    private final TurnTime time;
    private final boolean goesOn;

    /** @param goesOn whether another one ran right before: then what failed waits for its time, and is not due at once as after a longer pause */
    NewWorks(Setup<T> setup, Backlog<T> backlog, Records<T> records, Slots<T> slots, TurnTime time, boolean goesOn) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.slots = slots;
        this.time = time;
        this.goesOn = goesOn;
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
            if (work.state != State.WAITING) {
                backlog.makeReady(work);
            }
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
        if (work != null && !idle) {
            if (!isNews(work, change, delete, generation)) {
                return null;
            }
            if (!delete && !work.delete && setup.store().passesOver(row, now)) {
                backlog.superseded(work); // by somebody who says that it is done
                return null;
            }
        }
        work = work == null ? null : freed(work);
        if (work == null || work.isIdle()) {
            work = takeNew(key, row, delete, generation);
        } else {
            backlog.renew(work, row, delete, generation);
        }
        if (work == null) {
            return null;
        }
        if (delete) {
            records.put(work, Status.pending(generation, Instant.EPOCH), now); // when it was deleted, nobody noted
        }
        return work.state == State.IDLE ? work : null;
    }

    /** There is news: what has a place behind other operations, and has not begun, keeps its key from nobody. Null when that was all there was. */
    private @Nullable Work<T> freed(Work<T> work) {
        Attempt<T> outdated = work.running;
        return outdated != null && slots.withdraw(outdated) ? backlog.get(work.key) : work;
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

    /**
     * What is to be done about a row or a delete about which nothing was known to be, or null. Something may run on its key all the same, a removal or a look
     * at the target: then it comes after that.
     */
    @Nullable
    Work<T> takeNew(Key key, Row<T> row, boolean delete, long generation) {
        // As of now, not of the turn's snapshot: the row may be newer than that, and marked since.
        StatusRecord<T> record = records.get(setup.database().readTxn(), key);
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
        Work<T> idle = backlog.get(key);
        Work<T> work = idle == null ? backlog.add(key) : idle;
        if (work.facts.isEmpty() && record != null) {
            work.facts = record.facts();
        }
        backlog.renew(work, row, delete, generation);
        if (status != null) {
            resumeErrors(work, status);
        }
        return work;
    }

    private void resumeErrors(Work<T> work, Status status) {
        switch (status.kind()) {
            case ERROR -> resumeError(work, status);
            case REFRESHING -> backlog.knownDone(work, Cause.REFRESH);
            case PENDING, DONE -> {}
        }
    }

    /** What was given up, or waits for another row, is attempted at once either way: the operations may be other ones now. */
    private void resumeError(Work<T> work, Status status) {
        Instant next = goesOn ? status.nextAttempt() : null;
        if (next == null) {
            backlog.resume(work, status);
        } else {
            Duration left = Duration.between(time.instant(), next);
            backlog.failed(work, status, time.nanos() + (left.isNegative() ? 0 : Nanos.of(left)));
        }
    }
}
