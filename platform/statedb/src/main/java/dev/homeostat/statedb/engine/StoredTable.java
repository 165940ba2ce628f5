package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Initializer;
import dev.homeostat.api.db.Inserted;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.watch.WatchToken;
import dev.homeostat.statedb.watch.Watched;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A table: the door to its state in any snapshot, and to its writer in a write transaction. Holds no rows itself. */
final class StoredTable<T> implements RWTable<T> {
    private final MemoryDatabase database;
    private final TableSpec<T> spec;
    /** Given by {@link #place} before anybody else sees the table, and never again. */
    private int slot = -1;

    private long id = -1;
    private final TableLock lock = new TableLock();
    private final ChangeTrackers trackers = new ChangeTrackers();
    private final Collector collector;
    private final RowWrites<T> writes;
    private final PrimaryIndex<T> primary;
    private final SecondaryIndex<T>[] secondaries;
    private final IndexTree<T>[] indexes;
    private volatile boolean removed;

    /** A table that has no place in a root yet. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
    StoredTable(MemoryDatabase database, TableSpec<T> spec) {
        this.database = database;
        this.spec = spec;
        this.collector = new Collector(this, database.scheduler());
        this.writes = new RowWrites<>(spec);
        this.primary = PrimaryIndex.of(spec);
        int count = spec.indexes().size();
        this.secondaries = new SecondaryIndex[count - 1];
        this.indexes = new IndexTree[count];
        this.indexes[0] = primary;
        for (int i = 1; i < count; i++) {
            this.secondaries[i - 1] = SecondaryIndex.of(spec, spec.indexes().get(i));
            this.indexes[i] = secondaries[i - 1];
        }
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public TableSpec<T> spec() {
        return spec;
    }

    @Override
    public @Nullable Row<T> get(ReadTxn txn, Query<T> query) {
        int position = position(query.index());
        Watched tree = txn instanceof Root root ? root.state(this).trees()[position] : trees(txn)[position];
        if (query.isOfOneKey()) {
            return indexes[position].get(tree, query);
        }
        var rows = indexes[position].rows(tree, query);
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public Rows<T> list(ReadTxn txn, Query<T> query) {
        return new QueryRows<>(txn, TableState.of(this, txn), query, position(query.index()));
    }

    @Override
    public Rows<T> all(ReadTxn txn) {
        return new TableRows<>(txn, TableState.of(this, txn));
    }

    @Override
    public Rows<T> byRevision(ReadTxn txn, long fromRevision) {
        return new RevisionRows<>(txn, TableState.of(this, txn), fromRevision);
    }

    @Override
    public Watch watch(ReadTxn txn, Query<T> query) {
        return watch(txn, TableState.of(this, txn), query, position(query.index()));
    }

    /** The watch of a query of an index in a state that was taken from a transaction. */
    Watch watch(ReadTxn txn, TableState<T> state, Query<T> query, int position) {
        Watched part = indexes[position].watched(state.trees()[position], query);
        return WriteTransaction.watch(txn, part == null ? state.byRevision() : part);
    }

    @Override
    public long revision(ReadTxn txn) {
        return txn instanceof Root root
                ? root.state(this).revision()
                : TableState.of(this, txn).revision();
    }

    @Override
    public long count(ReadTxn txn) {
        return TableState.of(this, txn).count();
    }

    @Override
    public ChangeIterator<T> changes() {
        return new ChangeFollower<>(this, database.track(this));
    }

    @Override
    public boolean initialized(ReadTxn txn) {
        return TableState.of(this, txn).conditions().initialized();
    }

    @Override
    public Set<String> pendingInitializers(ReadTxn txn) {
        return TableState.of(this, txn).conditions().pending();
    }

    @Override
    public Watch initializedWatch(ReadTxn txn) {
        Conditions conditions = TableState.of(this, txn).conditions();
        return conditions.initialized() ? WatchToken.CLOSED : WriteTransaction.watch(txn, conditions);
    }

    @Override
    public TableStats stats() {
        return stats(database.root().state(this));
    }

    /** Figures of a state of this table, with the change iterators as of now. */
    TableStats stats(TableState<T> state) {
        return new TableStats(
                state.count(),
                state.revision(),
                state.graveyard().size(),
                Math.min(trackers.lowWatermark(), state.revision()),
                trackers.count());
    }

    @Override
    public @Nullable Row<T> insert(WriteTxn txn, T value) {
        return writes.insert(writer(txn), value);
    }

    @Override
    public Inserted<T> insertWatch(WriteTxn txn, T value) {
        return writes.insertWatch(writer(txn), value, txn);
    }

    @Override
    public @Nullable Row<T> replace(WriteTxn txn, T value) {
        return writes.replace(writer(txn), value);
    }

    @Override
    public @Nullable Row<T> apply(WriteTxn txn, T value) {
        return writes.apply(writer(txn), value);
    }

    @Override
    public @Nullable Row<T> modify(WriteTxn txn, T value, BinaryOperator<T> merge) {
        return writes.modify(writer(txn), value, merge);
    }

    @Override
    public boolean compareAndSwap(WriteTxn txn, long revision, T value) {
        return writes.compareAndSwap(writer(txn), revision, value);
    }

    @Override
    public @Nullable Row<T> delete(WriteTxn txn, T value) {
        return writes.delete(writer(txn), value);
    }

    @Override
    public @Nullable Row<T> delete(WriteTxn txn, Query<T> lookup) {
        TableWriter<T> writer = writer(txn);
        int position = position(lookup.index());
        if (!lookup.isLookup()) {
            throw new IllegalArgumentException("table \"" + name()
                    + "\": delete takes an exact query of a unique index, not " + lookup.kind()
                    + " of " + lookup.index() + "; "
                    + (lookup.kind() == Query.Kind.LONGEST ? "ask exact(…)" : "list() the rows and delete each"));
        }
        return writes.remove(writer, (StoredRow<T>) indexes[position].get(writer.trees()[position], lookup));
    }

    @Override
    public boolean compareAndDelete(WriteTxn txn, long revision, T value) {
        return writes.compareAndDelete(writer(txn), revision, value);
    }

    @Override
    public long deleteAll(WriteTxn txn) {
        return writer(txn).removeAll();
    }

    @Override
    public Initializer addInitializer(WriteTxn txn, String name) {
        TableWriter<T> writer = writer(txn);
        Conditions conditions = writer.conditions();
        if (conditions.initialized()) {
            throw new IllegalStateException("table \"" + name() + "\": initializer \"" + name
                    + "\" comes too late: the table is initialized, which is final; give it at the creation");
        }
        if (conditions.knows(requireNonNull(name, "name"))) {
            throw new IllegalArgumentException(
                    "table \"" + name() + "\": initializer \"" + name + "\" was registered before");
        }
        writer.conditions(conditions.with(name));
        return new StoredInitializer(this, name);
    }

    @Override
    public Initializer initializer(String name) {
        if (!database.root().state(this).conditions().knows(name)) {
            throw new IllegalArgumentException("table \"" + name() + "\": no initializer \"" + name
                    + "\" was registered; give it at the creation or with addInitializer");
        }
        return new StoredInitializer(this, name);
    }

    MemoryDatabase database() {
        return database;
    }

    /** Gives it its place in the root; the id gives the order in which tables are locked. Called once, under the lock of the root. */
    void place(int slot, long id) {
        this.slot = slot;
        this.id = id;
    }

    int slot() {
        return slot;
    }

    long id() {
        return id;
    }

    TableLock lock() {
        return lock;
    }

    ChangeTrackers trackers() {
        return trackers;
    }

    Collector collector() {
        return collector;
    }

    PrimaryIndex<T> primary() {
        return primary;
    }

    SecondaryIndex<T>[] secondaries() {
        return secondaries;
    }

    /** All indexes, the primary one first. */
    IndexTree<T>[] indexes() {
        return indexes;
    }

    boolean removed() {
        return removed;
    }

    void markRemoved() {
        removed = true;
    }

    /** The deletes that are kept as of now; none when the table is gone. */
    Graveyard<T> graveyard() {
        TableState<T> state = database.root().stateOrNull(this);
        return state == null ? Graveyard.empty(primary) : state.graveyard();
    }

    /** All rows of a state, by primary key. */
    Iterable<Row<T>> rowsOf(TableState<T> state) {
        return () -> primary.all(state.trees()[0]);
    }

    /** A change iterator is closed, or was forgotten. */
    void release(ChangeTracker tracker) {
        database.untrack(this, tracker);
        if (!removed) {
            collector.wake();
        }
    }

    IllegalArgumentException foreign(ReadTxn txn) {
        return new IllegalArgumentException("table \"" + name() + "\" and the transaction"
                + (txn.database() == database ? " (" + txn.getClass().getName() + ")" : "")
                + " are of different databases");
    }

    private TableWriter<T> writer(WriteTxn txn) {
        if (txn instanceof WriteTransaction writing && txn.database() == database) {
            return writing.writer(this);
        }
        throw foreign(txn);
    }

    private Watched[] trees(ReadTxn txn) {
        if (txn instanceof WriteTransaction writing) {
            return writing.trees(this);
        }
        throw foreign(txn);
    }

    private int position(Index<T, ?> index) {
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i].index == index) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "table \"" + name() + "\" has no " + index + "; it has " + List.copyOf(spec.indexes())
                        + " (an index is known by its identity: use the one that the table was made with)");
    }
}
