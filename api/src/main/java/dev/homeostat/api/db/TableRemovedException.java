package dev.homeostat.api.db;

/** A table was used after it was removed from its database. */
public final class TableRemovedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Names the table that is gone. */
    public TableRemovedException(String table) {
        super("table \"" + table
                + "\" was removed; snapshots taken before its removal still read it, ask the database for the new one");
    }
}
