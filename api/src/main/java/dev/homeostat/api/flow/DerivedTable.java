package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Initializer;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.RowFunctionException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.WriteTxn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The derived table as its derivation writes it. */
final class DerivedTable<O> {
    private final RWTable<O> table;
    private final TableSpec<O> spec;
    private final Initializer initializer;

    /** Finds the initializer of that name, or adds it. */
    DerivedTable(Database database, RWTable<O> table, String initializer) {
        this.table = table;
        this.spec = table.spec();
        this.initializer = initializer(database, initializer);
    }

    RWTable<O> table() {
        return table;
    }

    TableSpec<O> spec() {
        return spec;
    }

    /** The rows by their keys, as a function gave them. */
    Map<Key, O> byKey(Collection<? extends O> rows) {
        Map<Key, O> byKey = HashMap.newHashMap(
                requireNonNull(rows, "the function gave null for rows").size());
        for (O row : rows) {
            Key key = key(spec.primary(), requireNonNull(row, "the function gave a row that is null"));
            O twin = byKey.put(key, row);
            if (twin != null && !spec.isSameDesired(row, twin)) {
                throw new IllegalArgumentException(
                        "the function gave two different rows with key " + spec.formatKey(key));
            }
        }
        return Map.copyOf(byKey);
    }

    /** Deletes what nobody claims. */
    void sweep(WriteTxn txn, Claims<O> claims) {
        List<Key> unclaimed = new ArrayList<>();
        for (Row<O> row : table.all(txn)) {
            if (!claims.claimed(row.key())) {
                unclaimed.add(row.key());
            }
        }
        unclaimed.forEach(key -> delete(txn, key));
    }

    /**
     * Brings the table in line with the claims.
     *
     * @param keys of the rows that may differ, in the order in which to write
     * @param fresh whether the row that gives a derived row was derived for this
     * @return why rows could not be stored, by their keys; then the transaction is good for nothing but abort
     */
    Map<Key, RuntimeException> write(WriteTxn txn, Collection<Key> keys, Claims<O> claims, Predicate<Key> fresh) {
        List<Key> left = new ArrayList<>(keys.size());
        for (Key key : keys) {
            if (claims.claimed(key)) {
                left.add(key);
            } else {
                delete(txn, key);
            }
        }
        Map<Key, RuntimeException> refused = apply(txn, left, claims, fresh);
        List<Key> rivals = left.stream()
                .filter(key -> refused.get(key) instanceof UniqueViolationException)
                .toList();
        if (!rivals.isEmpty()) {
            // Rows may exchange unique keys among themselves: take them all out, then bring them again.
            rivals.forEach(key -> {
                refused.remove(key);
                delete(txn, key);
            });
            refused.putAll(apply(txn, rivals, claims, fresh));
        }
        return refused;
    }

    /** Says that the table is complete. */
    void complete(WriteTxn txn) {
        initializer.complete(txn);
    }

    /** Applies rows until none of those that are left can be: one may have to give up a unique key before another can take it. */
    private Map<Key, RuntimeException> apply(WriteTxn txn, List<Key> keys, Claims<O> claims, Predicate<Key> fresh) {
        Map<Key, RuntimeException> refused = new LinkedHashMap<>();
        List<Key> left = keys;
        int before;
        do {
            before = left.size();
            refused.clear();
            List<Key> again = new ArrayList<>();
            for (Key key : left) {
                try {
                    apply(txn, key, requireNonNull(claims.row(key)), fresh.test(claims.winner(key)));
                } catch (UniqueViolationException | IllegalArgumentException | RowFunctionException e) {
                    refused.put(key, e);
                    again.add(key);
                }
            }
            left = again;
        } while (!left.isEmpty() && left.size() < before);
        return refused;
    }

    private void apply(WriteTxn txn, Key key, O row, boolean fresh) {
        // An instance that this derivation stored, and that now counts again, was not given anew.
        if (fresh || spec.mayStoreAgain(row) || !isStored(txn, key, row)) {
            table.apply(txn, row);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very instance is meant
    private boolean isStored(WriteTxn txn, Key key, O row) {
        Row<O> stored = table.get(txn, spec.lookup(key));
        return stored != null && stored.value() == row;
    }

    private void delete(WriteTxn txn, Key key) {
        Query<O> lookup = spec.lookup(key);
        table.delete(txn, lookup);
    }

    private <K> Key key(Index<O, K> primary, O row) {
        Iterator<? extends K> keys = primary.keys(row).iterator();
        if (!keys.hasNext()) {
            throw new InvalidKeyException("table \"" + spec.name() + "\": a derived row has no key in " + primary);
        }
        return primary.keyType().encode(keys.next());
    }

    private Initializer initializer(Database database, String name) {
        try {
            return table.initializer(name);
        } catch (IllegalArgumentException notRegistered) {
            return database.write(table, txn -> table.addInitializer(txn, name));
        }
    }
}
