package dev.homeostat.api.db;

/** A table was used with a snapshot, or at a time, at which it does not exist: it was removed, or the snapshot is older than it. */
public final class TableRemovedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Names the table that is gone. */
    public TableRemovedException(String table) {
        this(table, "was removed; snapshots taken before its removal still read it, ask the database for the new one");
    }

    private TableRemovedException(String table, String why) {
        super("table \"" + table + "\" " + why);
    }

    /** Names a table that did not exist yet when the snapshot was taken. */
    public static TableRemovedException notYetCreated(String table) {
        return new TableRemovedException(
                table, "did not exist yet when this snapshot was taken; read it with a newer one");
    }
}
