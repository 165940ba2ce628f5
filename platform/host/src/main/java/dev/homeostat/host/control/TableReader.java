package dev.homeostat.host.control;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusesInRow;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.Nearest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads one table for people: keys as text, rows as documents, joined with the status that each reconciler has for them, all at one snapshot. */
final class TableReader<T> {
    /** Beyond that many rows, nobody looks for the key that was meant. */
    private static final int MOST_SUGGESTED_FROM = 5_000;

    private final Table<T> table;
    private final List<? extends Reconciler<?>> reconcilers;

    TableReader(Table<T> table, List<? extends Reconciler<?>> reconcilers) {
        this.table = table;
        this.reconcilers = reconcilers;
    }

    String name() {
        return table.name();
    }

    /** Whether rows can be given to it as documents. */
    boolean takesDocuments() {
        return table.spec().codec() != null;
    }

    long revision(ReadTxn txn) {
        return table.revision(txn);
    }

    /** The index of that name, the primary one for null. */
    Index<T, ?> index(@Nullable String name) throws ControlException {
        List<Index<T, ?>> indexes = table.spec().indexes();
        if (name == null) {
            return indexes.getFirst();
        }
        for (Index<T, ?> index : indexes) {
            if (index.name().equals(name)) {
                return index;
            }
        }
        List<String> names = indexes.stream().map(Index::name).toList();
        throw new ControlException(
                Code.UNKNOWN_INDEX,
                "table \"" + name() + "\" has no index \"" + name + "\"",
                Nearest.hint(name, names) + "it has " + String.join(", ", names));
    }

    Key key(String text) throws ControlException {
        return key(table.spec().primary(), text);
    }

    /** The rows of a key; of an index of prefixes, those of the longest match. */
    Query<T> ofKey(Index<T, ?> index, String text) throws ControlException {
        return queryOf(index, text);
    }

    private <K> Query<T> queryOf(Index<T, K> index, String text) throws ControlException {
        return index.query(index.keyType().decode(key(index, text)));
    }

    Query<T> prefix(Index<T, ?> index, String text) throws ControlException {
        return index.prefixKey(parsed(
                index,
                text,
                "prefix of keys",
                KeyType::parsePrefix,
                kind(index) + "\"homeostat db lowerbound\" lists the rows from a key on"));
    }

    Query<T> lowerBound(Index<T, ?> index, String text) throws ControlException {
        return lowerBoundOf(index, text);
    }

    private <K> Query<T> lowerBoundOf(Index<T, K> index, String text) throws ControlException {
        return index.lowerBound(index.keyType().decode(key(index, text)));
    }

    private <K> Key key(Index<T, K> index, String text) throws ControlException {
        return parsed(
                index,
                text,
                "key",
                (type, written) -> type.encode(type.parse(written)),
                kind(index).strip());
    }

    private <K> Key parsed(
            Index<T, K> index, String text, String what, BiFunction<KeyType<K>, String, Key> parser, String hint)
            throws ControlException {
        try {
            return parser.apply(index.keyType(), text);
        } catch (IllegalArgumentException e) {
            throw new ControlException(
                    Code.BAD_KEY,
                    "table \"" + name() + "\": \"" + text + "\" is no " + what + " of index \"" + index.name() + "\": "
                            + e.getMessage(),
                    hint);
        }
    }

    /** All rows, and the undone deletes, in the order of the primary key. */
    Iterator<JoinedRow> all(ReadTxn txn) {
        return new MergedRows<>(
                table.all(txn).iterator(), undoneDeletes(), row -> joined(txn, row), key -> deleted(txn, key));
    }

    Iterator<JoinedRow> matching(ReadTxn txn, Query<T> query) {
        Rows<T> rows = table.list(txn, query);
        return rows.stream().map(row -> joined(txn, row)).iterator();
    }

    /** The first row that the query finds, or null. */
    @Nullable
    JoinedRow first(ReadTxn txn, Query<T> query) {
        Row<T> row = table.get(txn, query);
        return row == null ? null : joined(txn, row);
    }

    /** The row with that primary key, or its undone delete, or null. */
    @Nullable
    JoinedRow one(ReadTxn txn, Key key) {
        JoinedRow row = first(txn, table.spec().lookup(key));
        return row != null ? row : deleted(txn, key);
    }

    /** Keys of the index of that name, of the primary one for null, that begin so: see {@link KeyNames}. */
    List<String> keys(ReadTxn txn, @Nullable String index, String begun, int most) throws ControlException {
        return new KeyNames<>(table, reconcilers).of(txn, index(index), begun, most);
    }

    ControlException unknown(ReadTxn txn, String key) {
        return new ControlException(
                Code.UNKNOWN_KEY,
                "table \"" + name() + "\" has no row \"" + key + "\", and no reconciler has an undone delete of it",
                nearest(txn, key) + kind(table.spec().primary()) + "\"homeostat db show " + name()
                        + "\" lists its rows");
    }

    /** What the keys of an index are, with a blank at its end, or nothing: so whoever gave something else for which there happens to be a key sees it. */
    private static String kind(Index<?, ?> index) {
        String kind = index.keyType().kind();
        return kind.isEmpty() ? "" : "the keys (" + index.name() + ") are " + kind + "; ";
    }

    /** A question for the row that was meant, with a blank at its end, or nothing. */
    String nearest(ReadTxn txn, String key) {
        List<String> keys = table.all(txn).stream()
                .limit(MOST_SUGGESTED_FROM)
                .map(row -> table.spec().formatKey(row.key()))
                .toList();
        return Nearest.hint(key, keys);
    }

    private NavigableSet<Key> undoneDeletes() {
        NavigableSet<Key> keys = new TreeSet<>();
        reconcilers.forEach(reconciler -> keys.addAll(reconciler.undoneDeletes()));
        return keys;
    }

    /** The row with what reconcilers say of it at that snapshot; it need not be in the table any more. */
    JoinedRow joined(ReadTxn txn, Row<T> row) {
        String key = table.spec().formatKey(row.key());
        SortedMap<String, Status> statuses = statuses(txn, row.key());
        var codec = table.spec().codec();
        if (codec == null) {
            return new JoinedRow(key, false, row.revision(), null, text(row.value()), statuses);
        }
        try {
            Tree values = withoutStatuses(row.value(), codec.encode(row.value()));
            return new JoinedRow(key, false, row.revision(), values, "", statuses);
        } catch (RuntimeException | Error e) { // a plugin's code may throw anything: that is this row's
            String text = text(row.value()) + " (its codec failed: " + e + ")";
            return new JoinedRow(key, false, row.revision(), null, text, statuses);
        }
    }

    private static String text(Object row) {
        try {
            return String.valueOf(row);
        } catch (RuntimeException | Error e) { // as above
            return "a " + row.getClass().getName();
        }
    }

    /** What is desired: the statuses that a row carries are shown apart from it, as those of reconcilers that keep theirs elsewhere. */
    private Tree withoutStatuses(T row, Tree document) {
        if (!(table.spec().statuses() instanceof StatusesInRow<T> carried) || !(document instanceof Tree.Mapping all)) {
            return document;
        }
        Map<String, Tree> entries = new LinkedHashMap<>(all.entries());
        entries.values().removeAll(carried.documents(row));
        return new Tree.Mapping(entries, all.place());
    }

    private @Nullable JoinedRow deleted(ReadTxn txn, Key key) {
        SortedMap<String, Status> statuses = statuses(txn, key);
        return statuses.isEmpty() ? null : JoinedRow.deleted(table.spec().formatKey(key), statuses);
    }

    private SortedMap<String, Status> statuses(ReadTxn txn, Key key) {
        SortedMap<String, Status> statuses = new TreeMap<>();
        for (Reconciler<?> reconciler : reconcilers) {
            Status status = reconciler.status(txn, key);
            if (status != null) {
                statuses.put(reconciler.name(), status);
            }
        }
        return statuses;
    }
}
