package dev.homeostat.api.db;

/**
 * A stored row: an immutable value with the table revision of its last change.
 *
 * <p>It is the very object that the indexes share; getting one allocates nothing. Safe for all threads.
 *
 * @param <T> the type of the value
 */
public interface Row<T> {
    /** The value as it was given to the insert. */
    T value();

    /** The revision of the table that this version of the row took, above 0. */
    long revision();

    /** The primary key. */
    Key key();
}
