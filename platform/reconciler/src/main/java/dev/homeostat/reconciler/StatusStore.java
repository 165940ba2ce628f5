package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the statuses of one reconciler live: in the row, or beside it.
 *
 * <p>Written by the reconciler's commits only, of which there is one at a time; read from any thread. A status counts only as long as its generation is the
 * row's: who commits never has to know whether the row changed meanwhile, since what is for an older generation reads as pending, or is not written at all.
 */
interface StatusStore<T> {

    /** The generation of the row's desired state: another one after each change of what is desired, never changed by a status. */
    long generation(Row<T> row);

    /** Whether the generation of a row may be lower than its revision: whoever counts by revisions meets such a row later than its change. */
    boolean liftsRows();

    /**
     * Whether the row itself says that there is nothing to do about it, without a look at anything else. So say those that come back as changes because
     * their status was written.
     */
    boolean passesOver(Row<T> row, long now);

    /** What is remembered of the key, or null. */
    @Nullable
    StatusRecord<T> get(ReadTxn txn, Key key);

    /** Closes when what is remembered of the key outside of its row is not what that snapshot shows. Null where that is nothing. */
    @Nullable
    Watch watch(ReadTxn txn, Key key);

    /**
     * Writes all of that in one transaction; a null value forgets the key. Waits for others who write to the same tables, and so is called on a thread that
     * nothing else waits for.
     *
     * @param wanted asked when the wait is over; if not, nothing is written
     * @return the keys whose status could not be written, each with the reason; the others were
     */
    Map<Key, String> commit(Map<Key, @Nullable StatusRecord<T>> changes, BooleanSupplier wanted);

    /** That was committed, but for what was refused. Called by the owner of the event loop, as are the walks. */
    void committed(Map<Key, @Nullable StatusRecord<T>> changes, Map<Key, String> refused);

    /** The keys that may have a status of that kind, as far as the store knows of them; each is to be looked at. */
    Stream<Key> withKind(ReadTxn txn, StatusKind kind);

    /** Whether the store knows of all rows, so that also those are found by their kind that nobody came to. */
    boolean knowsPending();

    /** Everything that is remembered outside of the rows. */
    Iterable<StatusRecord<T>> all(ReadTxn txn);

    /** The same, in the order in which it was written. */
    List<StatusRecord<T>> written(ReadTxn txn);

    /** Takes over what another one had written, in that order, before anybody reads from this one, which is empty. */
    void takeOver(Collection<StatusRecord<T>> records);

    /** Whether what {@link #walk} needs is there. */
    default boolean isWalkable() {
        return true;
    }

    /** What has to be done before anybody can walk, by whoever asks first; null when it is done or under way. Then call {@link #walksPrepared}. */
    default @Nullable WalkPreparation prepareWalks(ReadTxn txn) {
        return null;
    }

    /** That has ended. */
    default void walksPrepared(WalkPreparation preparation) {}

    /** Shows the visitor the records in the order in which they were last written, those of positions above the given one, which never becomes lower. */
    void walk(ReadTxn txn, long position, Visitor<T> visitor);

    /** Tells the position of what was written last up to now: at once, or when what walks need is there; never where that is not being prepared. */
    void newest(ReadTxn txn, LongConsumer told);

    /** Nobody walks for now. */
    void endWalks();

    /** The table that holds what is not in the rows, for who lists tables; null as long as there is none. */
    @Nullable
    Table<?> table();

    /** Removes whatever this keeps outside of the rows. */
    void drop();

    /** Is shown records one by one. */
    interface Visitor<T> {
        /** Says whether to go on to the next. */
        boolean visit(StatusRecord<T> record, long position);
    }
}
