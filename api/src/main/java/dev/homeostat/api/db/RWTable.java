package dev.homeostat.api.db;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The writers' side of a table. Every write takes a {@link WriteTxn} that has locked this table, else {@link IllegalStateException}.
 *
 * <p>Each insert, replacement and deletion of an existing row takes the next revision of the table. A write that throws leaves no trace in the
 * transaction, which can go on. Values must not be changed after they were stored.
 *
 * <p>Where the {@linkplain TableSpec#statuses rows carry statuses}, {@link #insert} and the others store them as they are given: a row that desires something new
 * and still says that it is done is none that a reconciler looks at. Say {@code Status.pending()} there, or use {@link #apply}, which does.
 *
 * <p>A value that is the very instance that is stored under its key is refused with {@link IllegalArgumentException}, before anything is compared: most likely it
 * was changed in place, under the eyes of all snapshots. Records, and tables whose {@linkplain TableSpec#immutable() rows cannot be changed}, may store
 * the same instance again.
 */
public interface RWTable<T> extends Table<T> {
    /**
     * Stores the row, replacing one with the same primary key.
     *
     * @return the replaced row, or null
     * @throws UniqueViolationException if a row with another primary key has the same key in a unique secondary index
     * @throws InvalidKeyException if the row does not give exactly one primary key
     */
    @Nullable
    Row<T> insert(WriteTxn txn, T value);

    /**
     * Stores the row like {@link #insert}, and watches it: for those who must know when somebody takes their row away. Has no need of a query.
     *
     * @throws UniqueViolationException if a row with another primary key has the same key in a unique secondary index
     * @throws InvalidKeyException if the row does not give exactly one primary key
     */
    Inserted<T> insertWatch(WriteTxn txn, T value);

    /** Stores the row only if one with its primary key exists; gives the replaced row, or null when nothing was done. */
    @Nullable
    Row<T> replace(WriteTxn txn, T value);

    /**
     * Brings a desired row: stores it unless the stored one asks for {@linkplain TableSpec#isSameDesired the same}, which then keeps its revision. Where the
     * table's {@linkplain TableSpec#statuses rows carry statuses}, the row is stored with all of them pending.
     *
     * @return the row that was there before, or null
     */
    @Nullable
    Row<T> apply(WriteTxn txn, T value);

    /**
     * Stores the row if none with its primary key exists, else stores {@code merge(stored value, given value)}, which must keep the primary key.
     *
     * @return the replaced row, or null
     */
    @Nullable
    Row<T> modify(WriteTxn txn, T value, BinaryOperator<T> merge);

    /** Stores the row if the one with its primary key has that revision, where 0 means that there is none; says whether it did. */
    boolean compareAndSwap(WriteTxn txn, long revision, T value);

    /** Deletes the row that has the primary key of the given one; gives the deleted row, or null. */
    @Nullable
    Row<T> delete(WriteTxn txn, T value);

    /**
     * Deletes the row that a lookup finds; gives the deleted row, or null.
     *
     * @throws IllegalArgumentException if the query is not an exact one of a unique index
     */
    @Nullable
    Row<T> delete(WriteTxn txn, Query<T> lookup);

    /** Deletes the row with the primary key of the given one if it has that revision; says whether it did. */
    boolean compareAndDelete(WriteTxn txn, long revision, T value);

    /** Deletes all rows; gives their number. */
    long deleteAll(WriteTxn txn);

    /**
     * Adds a condition that must be completed before the table counts as initialized; takes effect at the commit.
     *
     * @throws IllegalStateException if the table is initialized already, which is final
     * @throws IllegalArgumentException if that initializer was registered before
     */
    Initializer addInitializer(WriteTxn txn, String name);

    /**
     * The handle of a registered initializer.
     *
     * @throws IllegalArgumentException if no initializer of that name was registered
     */
    Initializer initializer(String name);
}
