package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Instant;
import java.util.Map;

/**
 * A {@link StatusRecord} as the status table keeps it. There is one for each row of the table, nearly all of them done with nothing learned: of such a one no
 * more is kept than it needs, and the rest is made when somebody asks.
 */
abstract sealed class KeptStatus<T> {
    private final long generation;
    private final long sinceNanos;

    /** When it was done, or the whole record where there is more to it. */
    private final Object rest;

    private KeptStatus(StatusRecord<T> record) {
        Status status = record.status();
        this.generation = status.generation();
        this.sinceNanos = record.sinceNanos();
        this.rest = isPlain(record) ? status.updatedAt() : record.kept();
    }

    abstract Key key();

    /** The record that was kept. */
    @SuppressWarnings("unchecked") // what is no time is the record that was given
    final StatusRecord<T> record() {
        return rest instanceof Instant doneAt
                ? new StatusRecord<>(key(), Status.done(generation, doneAt), Map.of(), null, sinceNanos)
                : (StatusRecord<T>) rest;
    }

    /** How far the row is. */
    final StatusKind kind() {
        return rest instanceof StatusRecord<?> record ? record.status().kind() : StatusKind.DONE;
    }

    private static boolean isPlain(StatusRecord<?> record) {
        Status status = record.status();
        return !record.isDelete()
                && record.learned() == null
                && record.facts().isEmpty()
                && status.equals(Status.done(status.generation(), status.updatedAt()));
    }

    /** Of a row with any key. */
    static final class ByKey<T> extends KeptStatus<T> {
        private final Key key;

        ByKey(StatusRecord<T> record) {
            super(record);
            this.key = record.key();
        }

        @Override
        Key key() {
            return key;
        }
    }

    /** Of a row whose key is a number, which takes no object of its own here. */
    static final class ByNumber<T> extends KeptStatus<T> {
        private final long number;

        ByNumber(StatusRecord<T> record) {
            super(record);
            this.number = StatusKeys.number(record.key());
        }

        long number() {
            return number;
        }

        @Override
        Key key() {
            return StatusKeys.key(number);
        }
    }
}
