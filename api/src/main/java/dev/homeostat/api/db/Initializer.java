package dev.homeostat.api.db;

/** A named condition of a table. The table is initialized when all of its initializers are done. */
public interface Initializer {
    /** The name, unique in its table. */
    String name();

    /** Marks the condition as fulfilled; takes effect when the transaction, which must hold the table's lock, commits. A second call does nothing. */
    void complete(WriteTxn txn);
}
