package dev.homeostat.statedb;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.engine.MemoryDatabase;
import dev.homeostat.statedb.engine.RestoredTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes a table of rows that were stored before, each at the revision that it had: so that whatever was noted with a revision, a status's generation for one,
 * still means the same row. Until {@link #create} nobody sees anything of it, and then all at once.
 *
 * <p>Made by {@link StateDatabase#restore}. Used by one thread.
 *
 * @param <T> the rows
 */
public final class TableRestore<T> {
    private final RestoredTable<T> table;
    private boolean created;

    TableRestore(Database database, TableSpec<T> spec) {
        requireNonNull(spec, "spec");
        if (!(requireNonNull(database, "database") instanceof MemoryDatabase memory)) {
            throw new IllegalArgumentException("a " + database.getClass().getName() + " is no state database");
        }
        this.table = new RestoredTable<>(memory, spec);
    }

    /**
     * Puts a row in.
     *
     * @param value the row, as the table is to hold it
     * @param revision the revision that it had, above those of all rows before it; 1 or more
     * @throws RuntimeException if the row does not fit: its key, or a unique key of it, is that of a row before it, or one of the table's functions refuses
     *     it. It leaves no trace, and others may follow
     */
    public void add(T value, long revision) {
        requireOpen();
        table.add(requireNonNull(value, "value"), revision);
    }

    /**
     * Makes the table.
     *
     * @param revision the revision of the table as it was, at least that of its last row. A table of that name that was removed from this database at a
     *     higher one counts on from there
     * @param done initializers that were done
     * @param pending initializers that are still to be done; the table is initialized when there is none
     * @throws IllegalArgumentException if there is a table of that name, or an initializer is both done and pending
     */
    public RWTable<T> create(long revision, Collection<String> done, Collection<String> pending) {
        requireOpen();
        Set<String> both = new HashSet<>(done);
        both.retainAll(pending);
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("initializers " + both + " are said to be done and to be pending");
        }
        RWTable<T> restored = table.install(revision, done, pending);
        created = true;
        return restored;
    }

    private void requireOpen() {
        if (created) {
            throw new IllegalStateException("the table was created; what comes later is written in a transaction");
        }
    }
}
