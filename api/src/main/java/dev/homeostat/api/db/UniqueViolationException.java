package dev.homeostat.api.db;

/** A row was refused because another one has the same key in a unique secondary index. The write left no trace. */
public final class UniqueViolationException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Names the table, the index, the key, and the primary keys of the stored and the refused row, as text. */
    public UniqueViolationException(
            String table, String index, String key, String storedPrimaryKey, String refusedPrimaryKey) {
        super("table \"" + table + "\": index \"" + index + "\" is unique, and key " + key + " of row "
                + refusedPrimaryKey + " already belongs to row " + storedPrimaryKey);
    }
}
