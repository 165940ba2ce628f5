package dev.homeostat.statedb;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import java.util.stream.Stream;

/**
 * One table as documents, consistent with one snapshot: what a JSON writer needs, one row at a time.
 *
 * <p>Made by {@link StateDatabase#dump}. Holds the snapshot. Safe for all threads.
 */
public final class TableDump {
    /**
     * One row.
     *
     * @param key the primary key, as text
     * @param revision the row's revision
     * @param document the row as its codec writes it; where the table has none, the text that the row's {@code toString} gives
     */
    public record Entry(String key, long revision, Tree document) {}

    private final ReadTxn txn;
    private final Table<?> table;

    TableDump(ReadTxn txn, Table<?> table) {
        this.txn = requireNonNull(txn, "txn");
        this.table = requireNonNull(table, "table");
    }

    /** The table's name. */
    public String name() {
        return table.name();
    }

    /** The table's revision in the snapshot. */
    public long revision() {
        return table.revision(txn);
    }

    /** The number of rows in the snapshot. */
    public long count() {
        return table.count(txn);
    }

    /** Whether the table has a codec, so that its documents can be read back. */
    public boolean hasCodec() {
        return table.spec().codec() != null;
    }

    /** The rows in the order of their primary keys; each is encoded when it is taken. Gives a new stream each time. */
    public Stream<Entry> entries() {
        return entries(table);
    }

    private <T> Stream<Entry> entries(Table<T> typed) {
        return typed.all(txn).stream().map(row -> entry(typed, row));
    }

    private static <T> Entry entry(Table<T> table, Row<T> row) {
        RowCodec<T> codec = table.spec().codec();
        Tree document = codec == null ? Tree.scalar(String.valueOf(row.value())) : codec.encode(row.value());
        return new Entry(table.spec().formatKey(row.key()), row.revision(), document);
    }
}
