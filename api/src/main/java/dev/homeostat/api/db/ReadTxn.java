package dev.homeostat.api.db;

/**
 * An immutable snapshot of all tables of one database. May be shared between threads, and need not be closed; as long as it is held, so are its rows.
 *
 * <p>A {@link WriteTxn} is a read transaction too: it reads its own writes, and is used by one thread at a time.
 */
public interface ReadTxn {
    /** The database that this is a snapshot of. */
    Database database();
}
