package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.KeyInput;
import dev.homeostat.api.db.KeyOutput;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the statuses in a table of their own in the same database, keyed as the table itself. A row's generation is its revision. */
final class BesideTheRow<T> implements StatusStore<T> {
    private final Database database;
    private final RWTable<StatusRecord<T>> statuses;
    private final Index<StatusRecord<T>, Key> byKey;

    private BesideTheRow(Database database, RWTable<StatusRecord<T>> statuses, Index<StatusRecord<T>, Key> byKey) {
        this.database = database;
        this.statuses = statuses;
        this.byKey = byKey;
    }

    /** Makes the status table. */
    static <T> BesideTheRow<T> create(Database database, TableSpec<T> table, String reconciler) {
        Index<StatusRecord<T>, Key> byKey = Index.unique("key", new KeysOf(table), StatusRecord::key);
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        Class<StatusRecord<T>> rowType = (Class<StatusRecord<T>>) (Class<?>) StatusRecord.class;
        String name = StatusTableName.of(table.name(), reconciler);
        return new BesideTheRow<>(database, database.create(TableSpec.of(name, rowType, byKey)), byKey);
    }

    RWTable<?> table() {
        return statuses;
    }

    @Override
    public long generation(Row<T> row) {
        return row.revision();
    }

    @Override
    public @Nullable StatusRecord<T> get(ReadTxn txn, Key key) {
        Row<StatusRecord<T>> row = statuses.get(txn, byKey.queryKey(key));
        return row == null ? null : row.value();
    }

    @Override
    public void commit(Map<Key, @Nullable StatusRecord<T>> changes) {
        try (WriteTxn txn = database.writeTxn(statuses)) {
            for (Map.Entry<Key, @Nullable StatusRecord<T>> change : changes.entrySet()) {
                StatusRecord<T> value = change.getValue();
                if (value == null) {
                    statuses.delete(txn, byKey.queryKey(change.getKey()));
                } else {
                    statuses.insert(txn, value);
                }
            }
            txn.commit();
        }
    }

    @Override
    public Iterable<StatusRecord<T>> all(ReadTxn txn) {
        return () -> statuses.all(txn).values().iterator();
    }

    @Override
    public void walk(ReadTxn txn, long position, Visitor<T> visitor) {
        for (Row<StatusRecord<T>> row : statuses.byRevision(txn, position + 1)) {
            if (!visitor.visit(row.value(), row.revision())) {
                return;
            }
        }
    }

    @Override
    public long newest(ReadTxn txn) {
        return statuses.revision(txn);
    }

    @Override
    public void drop() {
        database.remove(statuses);
    }

    /** Keys that are keys of another table, and read as those do. */
    private static final class KeysOf extends KeyType<Key> {
        private final TableSpec<?> table;

        KeysOf(TableSpec<?> table) {
            this.table = table;
        }

        @Override
        protected void write(Key value, KeyOutput out) {
            out.writeBytes(value.bytes());
        }

        @Override
        protected Key read(KeyInput in) {
            return Key.of(in.readRemaining());
        }

        @Override
        public String format(Key value) {
            return table.formatKey(value);
        }

        @Override
        public Key parse(String text) {
            return table.parseKey(text);
        }
    }
}
