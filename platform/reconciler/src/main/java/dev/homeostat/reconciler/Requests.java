package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.StatusKind;
import org.jspecify.annotations.Nullable;

/** What people ask of single rows. Touched by the owner of the event loop only. */
final class Requests<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final NewWorks<T> works;
    private final Planner<T> planner;

    Requests(Setup<T> setup, Backlog<T> backlog, Records<T> records, NewWorks<T> works, Planner<T> planner) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.works = works;
        this.planner = planner;
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
        Work<T> work =
                record == null || record.status().kind() != StatusKind.DONE ? null : works.takeForRefresh(record, now);
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
            works.takeForRefresh(record, now);
        } else if (idle == null) { // else its change will come, and wait for the key
            works.takeNew(key, row, false, setup.store().generation(row));
        }
        Work<T> work = backlog.get(key);
        if (work != null && !work.isIdle()) {
            work.cause = Cause.MANUAL;
            backlog.makeReady(work);
        }
    }

    /** That key is not paused any more. */
    void resumed(Key key) {
        Work<T> work = backlog.get(key);
        if (work != null) {
            backlog.resumed(work);
            planner.failed(work);
        }
    }
}
