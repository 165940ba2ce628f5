package dev.homeostat.statedb;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.statedb.engine.MemoryDatabase;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes state databases. */
public final class StateDatabase {
    private StateDatabase() {}

    /** Begins with real time and no metrics. */
    public static Builder builder() {
        return new Builder();
    }

    /** An empty database on real time, without metrics. */
    public static Database create() {
        return builder().build();
    }

    /**
     * All tables that existed in a snapshot, ordered by name, as documents.
     *
     * @throws IllegalArgumentException if the snapshot is not one of a state database
     */
    public static Stream<TableDump> dump(ReadTxn txn) {
        return MemoryDatabase.tablesIn(txn).stream().map(table -> new TableDump(txn, table));
    }

    /** One table as documents. */
    public static TableDump dump(ReadTxn txn, Table<?> table) {
        return new TableDump(txn, table);
    }

    /**
     * Begins to make a table of rows that were stored before.
     *
     * @throws IllegalArgumentException if the database is not one of this library
     */
    public static <T> TableRestore<T> restore(Database database, TableSpec<T> spec) {
        return new TableRestore<>(database, spec);
    }

    /**
     * Removes a table, and shows the last that was in it.
     *
     * @param last called with a snapshot after which nobody wrote to the table, before it is removed; the table is locked meanwhile. When it throws, the table stays
     * @throws IllegalArgumentException if the database is not one of this library
     */
    public static void remove(Database database, RWTable<?> table, Consumer<ReadTxn> last) {
        if (!(requireNonNull(database, "database") instanceof MemoryDatabase memory)) {
            throw new IllegalArgumentException("a " + database.getClass().getName() + " is no state database");
        }
        memory.remove(table, last);
    }

    /** What a database is made with. Used by one thread. */
    public static final class Builder {
        private Scheduler scheduler = Schedulers.system();
        private DatabaseMetrics metrics = DatabaseMetrics.NONE;
        private boolean debug;

        private Builder() {}

        /** Time and threads for what the database does by itself: emptying graveyards, and looking for dropped transactions while some are open. */
        public Builder scheduler(Scheduler given) {
            scheduler = requireNonNull(given, "scheduler");
            return this;
        }

        /** Where the database reports what it does. */
        public Builder metrics(DatabaseMetrics given) {
            metrics = requireNonNull(given, "metrics");
            return this;
        }

        /** Whether write transactions remember where they were opened, for the message about one that was dropped. Costs more than a small transaction. */
        public Builder debug(boolean given) {
            debug = given;
            return this;
        }

        /** An empty database. */
        public Database build() {
            return new MemoryDatabase(scheduler, metrics, debug);
        }
    }
}
