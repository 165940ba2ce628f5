package dev.homeostat.api.db;

/** What happened to one row of a table. */
public sealed interface Change<T> {
    /** The row: after an update its newest state, for a delete its last one. */
    Row<T> row();

    /** The table revision of the change. */
    long revision();

    /** The row was inserted or replaced. */
    record Update<T>(Row<T> row) implements Change<T> {
        @Override
        public long revision() {
            return row.revision();
        }
    }

    /** The row was deleted, at a revision above that of its last state. */
    record Delete<T>(Row<T> row, long revision) implements Change<T> {}
}
