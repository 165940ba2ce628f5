package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.StatusesInRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the statuses in a table of their own in the same database, keyed as the table itself. A row's generation is its revision; where rows carry the
 * statuses of other reconcilers it is the highest of theirs, so that what those write is no change.
 */
final class BesideTheRow<T> implements StatusStore<T> {
    private final Database database;
    private final RWTable<KeptStatus<T>> statuses;
    private final Index<KeptStatus<T>, ?> byKey;

    /** Of all but those that are done: nearly all are, and are found as fast without it, and written faster. */
    private final Index<KeptStatus<T>, StatusKind> byKind;

    private final boolean numbers;
    private final @Nullable StatusesInRow<T> inRow;

    private BesideTheRow(
            Database database,
            RWTable<KeptStatus<T>> statuses,
            Index<KeptStatus<T>, ?> byKey,
            Index<KeptStatus<T>, StatusKind> byKind,
            boolean numbers,
            @Nullable StatusesInRow<T> inRow) {
        this.database = database;
        this.statuses = statuses;
        this.byKey = byKey;
        this.byKind = byKind;
        this.numbers = numbers;
        this.inRow = inRow;
    }

    /** Makes the status table. */
    static <T> BesideTheRow<T> create(Database database, TableSpec<T> table, String reconciler) {
        Index<KeptStatus<T>, ?> byKey = StatusKeys.index(table);
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        Class<KeptStatus<T>> rowType = (Class<KeptStatus<T>>) (Class<?>) KeptStatus.class;
        String name = StatusTableName.of(table.name(), reconciler);
        StatusesInRow<T> inRow = table.statuses() instanceof StatusesInRow<T> statuses ? statuses : null;
        Index<KeptStatus<T>, StatusKind> byKind =
                Index.nonUnique("kind", Keys.enumOf(StatusKind.class), BesideTheRow::indexedKind);
        TableSpec<KeptStatus<T>> spec = TableSpec.of(name, rowType, byKey).index(byKind);
        return new BesideTheRow<>(database, database.create(spec), byKey, byKind, StatusKeys.areNumbers(table), inRow);
    }

    private static @Nullable StatusKind indexedKind(KeptStatus<?> kept) {
        StatusKind kind = kept.kind();
        return kind == StatusKind.DONE ? null : kind;
    }

    @Override
    public RWTable<?> table() {
        return statuses;
    }

    @Override
    public long generation(Row<T> row) {
        return inRow == null ? row.revision() : generation(inRow, row);
    }

    /** Of a row whose statuses cannot be read, each version is a generation. */
    private static <T> long generation(StatusesInRow<T> statuses, Row<T> row) {
        try {
            return statuses.generation(row.value(), row.revision());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return row.revision();
        }
    }

    @Override
    public boolean liftsRows() {
        return inRow != null;
    }

    @Override
    public boolean passesOver(Row<T> row, long now) {
        return false;
    }

    @Override
    public @Nullable StatusRecord<T> get(ReadTxn txn, Key key) {
        Row<KeptStatus<T>> row = statuses.get(txn, byKey.queryKey(key));
        return row == null ? null : row.value().record();
    }

    @Override
    public Watch watch(ReadTxn txn, Key key) {
        return statuses.watch(txn, byKey.queryKey(key));
    }

    @Override
    public Map<Key, String> commit(Map<Key, @Nullable StatusRecord<T>> changes, BooleanSupplier wanted) {
        try (WriteTxn txn = database.writeTxn(statuses)) {
            if (!wanted.getAsBoolean()) {
                return Map.of();
            }
            for (Map.Entry<Key, @Nullable StatusRecord<T>> change : changes.entrySet()) {
                write(txn, change.getKey(), change.getValue());
            }
            txn.commit();
        }
        return Map.of();
    }

    @Override
    public void committed(Map<Key, @Nullable StatusRecord<T>> changes, Map<Key, String> refused) {}

    /** Remembers the record, or forgets the key where it is null. */
    void write(WriteTxn txn, Key key, @Nullable StatusRecord<T> record) {
        if (record == null) {
            statuses.delete(txn, byKey.queryKey(key));
        } else {
            statuses.insert(txn, numbers ? new KeptStatus.ByNumber<>(record) : new KeptStatus.ByKey<>(record));
        }
    }

    /** The same as {@link #get}, also at snapshots from before this was made: then nothing was remembered. */
    @Nullable
    StatusRecord<T> getIfThere(ReadTxn txn, Key key) {
        try {
            return get(txn, key);
        } catch (TableRemovedException e) {
            return null;
        }
    }

    /** The same as {@link #withKind}, also at snapshots from before this was made. */
    Stream<Key> withKindIfThere(ReadTxn txn, StatusKind kind) {
        try {
            return withKind(txn, kind);
        } catch (TableRemovedException e) {
            return Stream.empty();
        }
    }

    boolean isEmpty(ReadTxn txn) {
        return statuses.count(txn) == 0;
    }

    @Override
    public Stream<Key> withKind(ReadTxn txn, StatusKind kind) {
        return kind == StatusKind.DONE
                ? statuses.all(txn).values().filter(kept -> kept.kind() == kind).map(KeptStatus::key)
                : statuses.list(txn, byKind.query(kind)).values().map(KeptStatus::key);
    }

    @Override
    public boolean knowsPending() {
        return false;
    }

    @Override
    public Iterable<StatusRecord<T>> all(ReadTxn txn) {
        return () -> statuses.all(txn).values().map(KeptStatus::record).iterator();
    }

    @Override
    public List<StatusRecord<T>> written(ReadTxn txn) {
        return statuses.byRevision(txn, 0).values().map(KeptStatus::record).toList();
    }

    @Override
    public void takeOver(Collection<StatusRecord<T>> records) {
        try (WriteTxn txn = database.writeTxn(statuses)) {
            for (StatusRecord<T> record : records) {
                write(txn, record.key(), record);
            }
            txn.commit();
        }
    }

    @Override
    public void walk(ReadTxn txn, long position, Visitor<T> visitor) {
        for (Row<KeptStatus<T>> row : statuses.byRevision(txn, position + 1)) {
            if (!visitor.visit(row.value().record(), row.revision())) {
                return;
            }
        }
    }

    @Override
    public void newest(ReadTxn txn, LongConsumer told) {
        told.accept(statuses.revision(txn));
    }

    @Override
    public void endWalks() {} // the table knows the order by itself

    @Override
    public void drop() {
        database.remove(statuses);
    }
}
