package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of each row in the row itself, in a slot that is this reconciler's own.
 *
 * <h2>Generation</h2>
 *
 * The generation of a row is the table revision at which its desired state was written. Who writes a row marks it with a status that is not stamped, which
 * is as new as the row's revision. Every status commit, of whatever reconciler, stamps all statuses of the row with the revision of the row that it read; so as
 * long as a status is not stamped the row's revision is its generation, and afterwards the stamp is. Nothing is written before the work.
 *
 * <h2>Commit</h2>
 *
 * A result is written to the row as it is in the commit's own transaction, whatever others wrote to it meanwhile, if the generation there still is the
 * result's; else the change that made it another one is coming, and the result is dropped.
 *
 * <h2>What is not in the row</h2>
 *
 * Undone deletes have no row, and facts have no place in it: they are in a status table, which is made when there is the first of them.
 */
final class InTheRow<T> implements StatusStore<T> {
    private final Database database;
    private final RWTable<T> table;
    private final StatusSlot<T> slot;
    private final String reconciler;
    private final Scheduler scheduler;
    private final Runnable tableMade;
    private final RowCommit<T> rows;
    private volatile @Nullable BesideTheRow<T> outside;

    /** Kept while somebody walks; touched by the owner of the event loop only. */
    private @Nullable DoneOrder order;

    /** What makes that order, while it does. */
    private @Nullable DoneScan<T> scan;

    private @Nullable WalkPreparation preparation;

    private long newestPosition;

    /**
     * Statuses in that slot.
     *
     * @param tableMade called when there is a table for what has no place in the rows; short, on the thread of a commit, which holds no lock
     */
    InTheRow(
            Database database,
            RWTable<T> table,
            StatusSlot<T> slot,
            String reconciler,
            Scheduler scheduler,
            Runnable tableMade) {
        this.tableMade = tableMade;
        this.database = database;
        this.table = table;
        this.slot = slot;
        this.reconciler = reconciler;
        this.scheduler = scheduler;
        this.rows = new RowCommit<>(table, slot);
    }

    StatusSlot<T> slot() {
        return slot;
    }

    @Override
    public long generation(Row<T> row) {
        return status(row).generationAt(row.revision());
    }

    @Override
    public boolean liftsRows() {
        return true;
    }

    @Override
    public boolean passesOver(Row<T> row, long now) {
        boolean done = status(row).kind() == StatusKind.DONE;
        if (done && order != null) {
            order.seen(row.key(), now);
        } else if (done && scan != null) {
            scan.seen(row, now);
        }
        return done;
    }

    @Override
    public @Nullable StatusRecord<T> get(ReadTxn txn, Key key) {
        Row<T> row = table.get(txn, table.spec().lookup(key));
        StatusRecord<T> remembered = outside == null ? null : remembered(txn, key);
        return row == null ? remembered : record(row, remembered, 0);
    }

    @Override
    public @Nullable Watch watch(ReadTxn txn, Key key) {
        BesideTheRow<T> others = outside;
        return others == null ? null : others.watch(txn, key);
    }

    @Override
    public Map<Key, String> commit(Map<Key, @Nullable StatusRecord<T>> changes, BooleanSupplier wanted) {
        BesideTheRow<T> others = outsideFor(changes);
        boolean toRows = false;
        for (StatusRecord<T> record : changes.values()) {
            toRows |= record != null && !record.isDelete();
        }
        if (!toRows && others == null) {
            return Map.of();
        }
        try (WriteTxn txn = begin(toRows, others)) {
            if (!wanted.getAsBoolean()) {
                return Map.of();
            }
            Map<Key, String> refused = toRows ? rows.write(txn, changes) : Map.of();
            if (others != null) {
                changes.forEach((key, record) -> remember(txn, others, key, record));
            }
            txn.commit();
            return refused;
        }
    }

    /** Why the row would not take that record now, or null when it would; writes nothing. May be called from any thread that holds no lock of the table. */
    @Nullable
    String tryOut(StatusRecord<T> record) {
        try (WriteTxn txn = database.writeTxn(table)) {
            return rows.write(txn, Map.of(record.key(), record)).get(record.key());
        }
    }

    @Override
    public Stream<Key> withKind(ReadTxn txn, StatusKind kind) {
        Stream<Row<T>> rows = table.spec().indexes().contains(slot.statusIndex())
                ? table.list(txn, slot.statusIndex().query(kind)).stream()
                : table.all(txn).stream().filter(row -> status(row).kind() == kind);
        BesideTheRow<T> others = outside;
        Stream<Key> keys = rows.map(Row::key);
        return others == null
                ? keys
                : Stream.concat(keys, others.withKindIfThere(txn, kind)).distinct();
    }

    @Override
    public boolean knowsPending() {
        return true;
    }

    @Override
    public Iterable<StatusRecord<T>> all(ReadTxn txn) {
        BesideTheRow<T> others = outside;
        return others == null ? List.of() : others.all(txn);
    }

    @Override
    public List<StatusRecord<T>> written(ReadTxn txn) {
        BesideTheRow<T> others = outside;
        return others == null ? List.of() : others.written(txn);
    }

    @Override
    public void takeOver(Collection<StatusRecord<T>> records) {
        List<StatusRecord<T>> remembered =
                records.stream().filter(InTheRow::isRemembered).toList();
        if (!remembered.isEmpty()) {
            makeOutside().takeOver(remembered);
        }
    }

    @Override
    public void walk(ReadTxn txn, long position, Visitor<T> visitor) {
        DoneOrder known = order;
        if (known == null) {
            return;
        }
        known.walk(position, (key, at, since) -> {
            Row<T> row = table.get(txn, table.spec().lookup(key));
            return row == null || visitor.visit(record(row, remembered(txn, key), since), at);
        });
    }

    @Override
    public void newest(ReadTxn txn, LongConsumer told) {
        if (order != null) {
            told.accept(order.newest());
        } else if (scan != null) {
            scan.newest(told);
        }
    }

    @Override
    public void endWalks() {
        scan = null;
        preparation = null;
        if (order != null) {
            newestPosition = order.newest();
            order = null;
        }
    }

    @Override
    public boolean isWalkable() {
        return order != null;
    }

    @Override
    public @Nullable WalkPreparation prepareWalks(ReadTxn txn) {
        if (order != null || scan != null) {
            return null;
        }
        scan = new DoneScan<>(
                table.all(txn),
                table.revision(txn),
                this::status,
                newestPosition,
                scheduler.instant(),
                scheduler.nanoTime());
        preparation = new WalkPreparation(scan);
        return preparation;
    }

    @Override
    public void walksPrepared(WalkPreparation prepared) {
        DoneScan<T> over = scan;
        if (over != null && prepared.equals(preparation)) {
            scan = null;
            preparation = null;
            order = prepared.failure() == null ? over.result() : null;
        }
    }

    @Override
    public @Nullable Table<?> table() {
        BesideTheRow<T> others = outside;
        return others == null ? null : others.table();
    }

    @Override
    public void drop() {
        BesideTheRow<T> others = outside;
        if (others != null) {
            others.drop();
        }
    }

    private StatusRecord<T> record(Row<T> row, @Nullable StatusRecord<T> remembered, long since) {
        Status stamped = status(row).stampedAt(row.revision());
        return new StatusRecord<>(row.key(), stamped, remembered == null ? Map.of() : remembered.facts(), null, since);
    }

    private @Nullable StatusRecord<T> remembered(ReadTxn txn, Key key) {
        BesideTheRow<T> others = outside;
        return others == null ? null : others.getIfThere(txn, key);
    }

    /** The table for what has no place in the rows, if this commit has to do with it. */
    private @Nullable BesideTheRow<T> outsideFor(Map<Key, @Nullable StatusRecord<T>> changes) {
        BesideTheRow<T> others = outside;
        if (others != null && !others.isEmpty(database.readTxn())) {
            return others;
        }
        for (StatusRecord<T> record : changes.values()) {
            if (record != null && isRemembered(record)) {
                return others == null ? makeOutside() : others;
            }
        }
        return null;
    }

    private BesideTheRow<T> makeOutside() {
        BesideTheRow<T> made = BesideTheRow.create(database, table.spec(), reconciler);
        outside = made;
        tableMade.run();
        return made;
    }

    private WriteTxn begin(boolean toRows, @Nullable BesideTheRow<T> others) {
        if (others == null) {
            return database.writeTxn(table);
        }
        return toRows ? database.writeTxn(table, others.table()) : database.writeTxn(others.table());
    }

    private static boolean isRemembered(StatusRecord<?> record) {
        return record.isDelete() || !record.facts().isEmpty();
    }

    private static <T> void remember(WriteTxn txn, BesideTheRow<T> others, Key key, @Nullable StatusRecord<T> record) {
        others.write(txn, key, record != null && isRemembered(record) ? record.kept() : null);
    }

    @Override
    public void committed(Map<Key, @Nullable StatusRecord<T>> changes, Map<Key, String> refused) {
        DoneOrder kept = order;
        DoneScan<T> making = scan;
        if (kept == null && making == null) {
            return;
        }
        ReadTxn txn = database.readTxn();
        changes.forEach((key, record) -> {
            boolean done =
                    record != null && !record.isDelete() && record.status().kind() == StatusKind.DONE;
            if (done && !refused.containsKey(key)) {
                if (kept != null) {
                    kept.done(key, record.sinceNanos());
                } else {
                    requireNonNull(making).done(key, record.sinceNanos());
                }
            } else if (!isDone(txn, key)) { // somebody may have said since that it is, and was seen to
                if (kept != null) {
                    kept.notDone(key);
                } else {
                    requireNonNull(making).notDone(key);
                }
            }
        });
    }

    private boolean isDone(ReadTxn txn, Key key) {
        Row<T> row = table.get(txn, table.spec().lookup(key));
        return row != null && status(row).kind() == StatusKind.DONE;
    }

    /** The status that the row carries; pending also where the function that gets it throws: then the commit says so, as an error of that row. */
    private Status status(Row<T> row) {
        try {
            Status status = slot.get(row.value());
            return status == null ? Status.pending() : status;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return Status.pending();
        }
    }
}
