package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import java.util.Map;

/** The facts that attempts learn about a key, and hand on from one to the next. Touched by the owner of the event loop only. */
final class Facts<T> {
    private final Records<T> records;
    private final TurnSnapshot snapshot;

    Facts(Records<T> records, TurnSnapshot snapshot) {
        this.records = records;
        this.snapshot = snapshot;
    }

    /** Takes over what the attempt learned; says whether that is anything. All of it ends with a delete that was done, even if the row is there again. */
    boolean learn(Work<T> work, Attempt<T> attempt, Outcome outcome) {
        boolean gone = outcome instanceof Outcome.Done && attempt.isDelete() && attempt.generation() != work.generation;
        Map<String, String> facts = gone ? Map.of() : attempt.facts();
        boolean more = !facts.equals(gone ? work.facts : attempt.given());
        if (more) {
            work.facts = facts;
        }
        return more;
    }

    /** A superseded attempt leaves no status, but what it learned must be there for the next one. */
    void keep(Work<T> work, boolean learned, long now) {
        if (!learned) {
            return;
        }
        StatusRecord<T> record = records.get(snapshot.txn(), work.key);
        if (record == null && work.facts.isEmpty()) {
            return; // it was deleted
        }
        Status status = record == null ? Status.pending() : record.status();
        records.put(
                new StatusRecord<>(work.key, status, work.facts, record == null ? null : record.deleted(), now), now);
    }
}
