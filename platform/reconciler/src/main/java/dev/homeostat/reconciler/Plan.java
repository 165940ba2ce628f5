package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.PlannedChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler would do, as a table of its own in the same database, made when there is first something to plan.
 *
 * <p>Changed by the owner of the event loop, under the lock; what was changed is taken there and written without it, as statuses are.
 */
final class Plan {
    private final Database database;
    private final TableSpec<PlannedChange> spec;
    private final Map<Key, PlannedChange> rows = new HashMap<>();
    private List<PlannedChange> removals = List.of();
    private LinkedHashMap<String, @Nullable PlannedChange> unwritten = new LinkedHashMap<>();
    private boolean emptyFirst;
    private volatile @Nullable RWTable<PlannedChange> table;

    /** Guarded by the monitor, as the making and the removal of the table are. */
    private boolean dropped;

    /**
     * What is to be written in one transaction.
     *
     * @param emptyFirst whether all that was there goes
     * @param changes by {@link PlannedChange#CHANGE}; null for what goes
     */
    record Part(boolean emptyFirst, LinkedHashMap<String, @Nullable PlannedChange> changes) {}

    Plan(Database database, String tableName) {
        this.database = database;
        this.spec = TableSpec.of(tableName, PlannedChange.class, PlannedChange.CHANGE)
                .index(PlannedChange.KEY);
    }

    /** The table, once there was something to plan. */
    @Nullable
    RWTable<PlannedChange> table() {
        return table;
    }

    /** The number of changes that are planned. */
    int size() {
        return rows.size() + removals.size();
    }

    /** What is planned for the row of that key, or null. */
    @Nullable
    PlannedChange of(Key key) {
        return rows.get(key);
    }

    List<PlannedChange> removals() {
        return removals;
    }

    void put(Key key, PlannedChange change) {
        PlannedChange earlier = rows.put(key, change);
        if (change.equals(earlier)) {
            return;
        }
        if (earlier != null) {
            unwritten.put(id(earlier), null);
        }
        unwritten.put(id(change), change);
    }

    void remove(Key key) {
        PlannedChange earlier = rows.remove(key);
        if (earlier != null) {
            unwritten.put(id(earlier), null);
        }
    }

    /** The removals of the latest prune, instead of those of earlier ones; what was planned already is so since then. */
    void removals(List<PlannedChange> found) {
        Map<String, Instant> since = new HashMap<>();
        for (PlannedChange earlier : removals) {
            since.put(earlier.key(), earlier.since());
            unwritten.put(id(earlier), null);
        }
        removals = found.stream()
                .map(change -> since(change, since.getOrDefault(change.key(), change.since())))
                .toList();
        removals.forEach(change -> unwritten.put(id(change), change));
    }

    private static PlannedChange since(PlannedChange change, Instant since) {
        return new PlannedChange(
                change.operation(),
                change.key(),
                change.cause(),
                change.generation(),
                since,
                change.drift(),
                change.error(),
                change.held());
    }

    void clear() {
        rows.clear();
        removals = List.of();
        unwritten.clear();
        emptyFirst = table != null;
    }

    boolean isUnwritten() {
        return emptyFirst || !unwritten.isEmpty();
    }

    /** What is to be written now; give it to {@link #write}, and to {@link #giveBack} if that fails. */
    Part take() {
        Part part = new Part(emptyFirst, unwritten);
        emptyFirst = false;
        unwritten = new LinkedHashMap<>();
        return part;
    }

    void giveBack(Part part) {
        if (emptyFirst) {
            return;
        }
        emptyFirst = part.emptyFirst();
        LinkedHashMap<String, @Nullable PlannedChange> newer = unwritten;
        unwritten = new LinkedHashMap<>(part.changes());
        unwritten.putAll(newer);
    }

    /** Called without the loop's lock. */
    synchronized void write(Part part) {
        if (dropped) {
            return;
        }
        RWTable<PlannedChange> into = table;
        if (into == null) {
            into = database.create(spec);
            table = into;
        }
        try (WriteTxn txn = database.writeTxn(into)) {
            if (part.emptyFirst()) {
                into.deleteAll(txn);
            }
            for (Map.Entry<String, @Nullable PlannedChange> change :
                    part.changes().entrySet()) {
                PlannedChange planned = change.getValue();
                if (planned == null) {
                    into.delete(txn, PlannedChange.CHANGE.query(change.getKey()));
                } else {
                    into.insert(txn, planned);
                }
            }
            txn.commit();
        }
    }

    /** Removes the table, if there is one; there will be no other. */
    synchronized void drop() {
        RWTable<PlannedChange> present = table;
        dropped = true;
        if (present != null) {
            table = null;
            database.remove(present);
        }
    }

    private static String id(PlannedChange change) {
        return change.operation() + " " + change.key();
    }
}
