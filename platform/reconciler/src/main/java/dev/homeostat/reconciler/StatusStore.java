package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the statuses of one reconciler live: in the row, or beside it.
 *
 * <p>Written by the reconciler's event loop only; read from any thread. A status counts only as long as its generation is the row's: a commit never has to
 * know whether the row changed meanwhile, since what it writes for an older generation reads as pending.
 */
interface StatusStore<T> {

    /** The generation of the row's desired state: larger after each change of what is desired, never changed by a status. */
    long generation(Row<T> row);

    /** What is remembered of the key, or null. */
    @Nullable
    StatusRecord<T> get(ReadTxn txn, Key key);

    /** Writes all of that in one transaction; a null value forgets the key. */
    void commit(Map<Key, @Nullable StatusRecord<T>> changes);

    /** Everything that is remembered. */
    Iterable<StatusRecord<T>> all(ReadTxn txn);

    /** Shows the visitor the records in the order in which they were last written, those of positions above the given one. */
    void walk(ReadTxn txn, long position, Visitor<T> visitor);

    /** The position of what was written last. */
    long newest(ReadTxn txn);

    /** Removes whatever this keeps outside of the rows. */
    void drop();

    /** Is shown records one by one. */
    interface Visitor<T> {
        /** Says whether to go on to the next. */
        boolean visit(StatusRecord<T> record, long position);
    }
}
