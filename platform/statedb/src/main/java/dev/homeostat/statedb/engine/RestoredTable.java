package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import java.util.Collection;
import java.util.List;

/** A table that is being made of rows that were stored before, at the revisions that they had. Nobody sees it before {@link #install}. */
public final class RestoredTable<T> {
    private final MemoryDatabase database;
    private final StoredTable<T> table;
    private final TableWriter<T> writer;
    private long last;

    /** Begins with an empty one. */
    public RestoredTable(MemoryDatabase database, TableSpec<T> spec) {
        this.database = database;
        this.table = new StoredTable<>(database, spec);
        this.writer = new TableWriter<>(TableState.empty(table, 0, Conditions.of(List.of())));
    }

    /** Stores a row; one that is refused leaves no trace. */
    public void add(T value, long revision) {
        if (revision <= last) {
            throw new IllegalArgumentException("table \"" + table.name() + "\": revision " + revision
                    + " does not follow " + last + "; give the rows in the order of their revisions, which begin at 1");
        }
        StoredRow<T> row = writer.nextAt(value, revision);
        StoredRow<T> other = writer.find(row);
        if (other != null) {
            throw new IllegalArgumentException("table \"" + table.name() + "\": key "
                    + table.spec().formatKey(row.key()) + " is that of the row of revision " + other.revision()
                    + " too");
        }
        writer.store(row, null);
        last = revision;
    }

    /** Makes the table part of the database. */
    public RWTable<T> install(long revision, Collection<String> done, Collection<String> pending) {
        if (revision < last) {
            throw new IllegalArgumentException("table \"" + table.name() + "\": its revision cannot be " + revision
                    + ", below that of a row, " + last);
        }
        Conditions conditions = Conditions.of(done, pending);
        TableState<T> content = writer.show();
        writer.end();
        database.install(table, removedAt -> content.with(Math.max(revision, removedAt), conditions));
        return table;
    }
}
