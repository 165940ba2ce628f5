package dev.homeostat.testkit;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries a plugin's operations with everything that a host would put around them: a table in a real database, and the production reconciler, on a virtual
 * clock.
 *
 * <pre>{@code
 * var bench = OperationsBench.of(Memo.TABLE, new MemoOperations(directory), Options.defaults());
 * bench.put(new Memo("a", "hello", Set.of()));
 * assertEquals(StatusKind.DONE, bench.status(new Memo("a", "", Set.of())).kind());
 * bench.advance(Duration.ofHours(1)); // retries, refreshes and prunes that are due by then
 * }</pre>
 *
 * <p>Operations run one at a time, while the test waits: they may do real work on files and processes, but should not wait for time to pass, which only
 * {@link #advance} makes it do. Used by one thread.
 *
 * @param <T> the type of the rows
 */
public final class OperationsBench<T> {
    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final Database database = StateDatabase.builder().scheduler(clock).build();
    private final RWTable<T> table;
    private final Reconciler<T> reconciler;

    private OperationsBench(
            TableSpec<T> spec,
            @Nullable StatusSlot<T> slot,
            Function<RWTable<T>, Operations<T>> makeOperations,
            Options options) {
        table = database.create(spec);
        Operations<T> operations = makeOperations.apply(table);
        Reconcilers reconcilers = Reconcilers.builder(database, clock)
                .random(new SplittableRandom(1))
                .build();
        reconciler = slot == null
                ? reconcilers.start("bench", table, operations, options)
                : reconcilers.start("bench", table, slot, operations, options);
        clock.runUntilIdle();
    }

    /** An empty, initialized table with a reconciler that has had its first look, and its first prune if the options have one. */
    public static <T> OperationsBench<T> of(TableSpec<T> spec, Operations<T> operations, Options options) {
        requireNonNull(operations, "operations");
        return of(spec, _ -> operations, options);
    }

    /** The same, of operations that read the table. */
    public static <T> OperationsBench<T> of(
            TableSpec<T> spec, Function<RWTable<T>, Operations<T>> operations, Options options) {
        return of(spec, null, operations, options);
    }

    /** The same, of operations whose status is kept in the rows; with null for the slot, beside them. */
    public static <T> OperationsBench<T> of(
            TableSpec<T> spec,
            @Nullable StatusSlot<T> slot,
            Function<RWTable<T>, Operations<T>> operations,
            Options options) {
        return new OperationsBench<>(
                requireNonNull(spec, "spec"),
                slot,
                requireNonNull(operations, "operations"),
                requireNonNull(options, "options"));
    }

    /** Desires that row, and lets the reconciler do what it can do at once. */
    public void put(T row) {
        database.write(table, txn -> table.insert(txn, row));
        clock.runUntilIdle();
    }

    /** Desires the row with this primary key no more, and lets the reconciler do what it can do at once; says whether there was one. */
    public boolean delete(T row) {
        boolean was = database.write(table, txn -> table.delete(txn, row) != null);
        clock.runUntilIdle();
        return was;
    }

    /** Lets that much time pass, with all that becomes due. */
    public void advance(Duration time) {
        clock.advance(time);
    }

    /**
     * Prunes now.
     *
     * @throws java.util.concurrent.CompletionException if the prune failed
     */
    public PruneReport prune() {
        CompletableFuture<PruneReport> report = reconciler.prune().toCompletableFuture();
        clock.runUntilIdle();
        return report.join();
    }

    /** The status of the row with this primary key, or of its undone delete; null when there is neither. */
    public @Nullable Status status(T row) {
        return reconciler.status(database.readTxn(), key(row));
    }

    /** The reconciler, for whatever else a test wants to ask. */
    public Reconciler<T> reconciler() {
        return reconciler;
    }

    /** The table. A test that writes to it calls {@link #advance} then, if only by {@link Duration#ZERO}. */
    public RWTable<T> table() {
        return table;
    }

    /** The database, which has this table and the reconciler's own. */
    public Database database() {
        return database;
    }

    /** The clock. */
    public VirtualScheduler clock() {
        return clock;
    }

    /** The key of a row as the table would make it: stored in a transaction that is aborted. */
    Key key(T row) {
        try (WriteTxn txn = database.writeTxn(table)) {
            table.insert(txn, row);
            for (Row<T> stored : table.byRevision(txn, table.revision(txn))) {
                return stored.key();
            }
        }
        throw new IllegalStateException("table " + table.name() + " did not store " + row);
    }
}
