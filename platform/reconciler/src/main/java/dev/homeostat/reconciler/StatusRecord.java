package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Status;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler remembers of one key.
 *
 * @param key the primary key of the row
 * @param status what came of the row, or of its delete; for the generation that it names and no other
 * @param facts what operations learned about the key
 * @param deleted the last state of a row whose delete is not done yet; null for a row that is there
 * @param sinceNanos when the status was set, on the scheduler's monotonic clock; 0 where that is not known
 * @param learned what an update learned for the row itself, until it is written there; else null
 * @param row the row that the status is about, as it was seen last: most likely it still is so when the status is written into it; null when not known
 */
record StatusRecord<T>(
        Key key,
        Status status,
        Map<String, String> facts,
        @Nullable Row<T> deleted,
        long sinceNanos,
        @Nullable UnaryOperator<T> learned,
        @Nullable Row<T> row) {

    StatusRecord(Key key, Status status, Map<String, String> facts, @Nullable Row<T> deleted, long sinceNanos) {
        this(key, status, facts, deleted, sinceNanos, null, null);
    }

    /** The record of which another reconciler left that note. */
    static <T> StatusRecord<T> of(Remembered.Note<T> note) {
        return new StatusRecord<>(note.key(), note.status(), note.facts(), note.deleted(), note.sinceNanos());
    }

    Remembered.Note<T> note() {
        return new Remembered.Note<>(key, status, facts, deleted, sinceNanos);
    }

    boolean isDelete() {
        return deleted != null;
    }

    /** The same without what is of use only until it is written. */
    StatusRecord<T> kept() {
        return learned == null && row == null ? this : new StatusRecord<>(key, status, facts, deleted, sinceNanos);
    }

    /** The same, after what an older record of the key wants to write into the row, if both are of one generation. */
    StatusRecord<T> after(@Nullable StatusRecord<T> older) {
        if (older == null || older.learned == null || isDelete() || older.status.generation() != status.generation()) {
            return this;
        }
        UnaryOperator<T> first = older.learned;
        UnaryOperator<T> then = learned == null ? UnaryOperator.identity() : learned;
        return new StatusRecord<>(key, status, facts, null, sinceNanos, all -> then.apply(first.apply(all)), row);
    }
}
