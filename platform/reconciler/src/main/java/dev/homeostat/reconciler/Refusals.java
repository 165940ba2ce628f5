package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that were done and do not take it: their statuses, or what was learned for them. Touched by the owner of the event loop only. */
final class Refusals<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final FailureLog<T> log;
    private final Failures<T> failures;
    private final Planner<T> planner;
    private final Stopping stopping;

    /** How often in sequence a row did not take what was done. */
    private final Map<Key, Integer> refusals = new HashMap<>();

    Refusals(
            Setup<T> setup,
            Backlog<T> backlog,
            FailureLog<T> log,
            Failures<T> failures,
            Planner<T> planner,
            Stopping stopping) {
        this.setup = setup;
        this.backlog = backlog;
        this.log = log;
        this.failures = failures;
        this.planner = planner;
        this.stopping = stopping;
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
            log.refused(setup.text(key), reason, now);
            if (record != null && isDone(record) && !stopping.hasBegun()) {
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
        planner.failed(work);
    }
}
