package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import java.util.Iterator;

/** A table that accepts sources, with its rows as plain objects. Calls its plugin's codec and key function, which may throw anything. */
final class BoardTable<T> {
    private final RWTable<T> table;
    private final TableSpec<T> spec;
    private final RowCodec<T> codec;

    BoardTable(RWTable<T> table) {
        this.table = table;
        this.spec = table.spec();
        this.codec = requireNonNull(spec.codec(), "a table that accepts sources has a codec");
    }

    String name() {
        return spec.name();
    }

    RWTable<T> table() {
        return table;
    }

    /** Whether it was removed from the database. */
    boolean isGone(ReadTxn now) {
        try {
            table.revision(now);
            return false;
        } catch (IllegalStateException e) { // TableRemovedException
            return true;
        }
    }

    Object decode(Tree row) {
        return requireNonNull(codec.decode(row), "the table's codec gave no row");
    }

    Key key(Object value) {
        return key(spec.primary(), spec.rowType().cast(value));
    }

    /** The key for a message. */
    String formatKey(Key key) {
        return "\"" + keyText(key) + "\"";
    }

    /** The key as people read and write it; its bytes where the key type cannot. */
    String keyText(Key key) {
        try {
            return spec.formatKey(key);
        } catch (RuntimeException e) { // a key type of a plugin
            return key.toString();
        }
    }

    /** The revision of the row's last change; 0 where there is none. */
    long revision(ReadTxn txn, Key key) {
        Row<T> row = table.get(txn, spec.lookup(key));
        return row == null ? 0 : row.revision();
    }

    /** Whether a row is there that asks for the very same. */
    boolean isStored(ReadTxn txn, Claim claim) {
        Row<T> row = table.get(txn, spec.lookup(claim.key()));
        try {
            return row != null && spec.isSameDesired(spec.rowType().cast(claim.value()), row.value());
        } catch (RuntimeException e) { // the plugin's comparison
            return false;
        }
    }

    boolean contains(ReadTxn txn, Key key) {
        return table.get(txn, spec.lookup(key)) != null;
    }

    /** Stores the row unless an equal one is there; says whether it did. */
    boolean apply(WriteTxn txn, Object value) {
        long before = table.revision(txn);
        table.apply(txn, spec.rowType().cast(value));
        return table.revision(txn) != before;
    }

    boolean delete(WriteTxn txn, Key key) {
        return table.delete(txn, spec.lookup(key)) != null;
    }

    boolean awaits(ReadTxn txn, String initializer) {
        return table.pendingInitializers(txn).contains(initializer);
    }

    void complete(WriteTxn txn, String initializer) {
        table.initializer(initializer).complete(txn);
    }

    private static <T, K> Key key(Index<T, K> primary, T row) {
        Iterator<? extends K> keys = primary.keys(row).iterator();
        if (!keys.hasNext()) {
            throw new IllegalArgumentException("the row has no primary key");
        }
        Key key = primary.keyType().encode(keys.next());
        if (keys.hasNext()) {
            throw new IllegalArgumentException("the row has more than one primary key");
        }
        return key;
    }
}
