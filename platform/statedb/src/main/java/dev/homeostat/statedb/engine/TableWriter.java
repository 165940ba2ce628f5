package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.tree.RevisionVector;
import dev.homeostat.statedb.watch.Watched;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table in a write transaction: the next state of the table while it is being made.
 *
 * <p>Every write first computes and checks all that may fail, then changes the trees, which may not; so a write that throws leaves no trace.
 */
final class TableWriter<T> {
    private static final @Nullable Object[] NO_KEYS = {};
    /** The revision when the state was published: what comes late must not write into it. */
    private static final long ENDED = Long.MIN_VALUE;

    private final StoredTable<T> table;
    private final PrimaryIndex<T> primary;
    private final SecondaryIndex<T>[] secondaries;
    private final Edit edit = new Edit();
    private final Watched[] trees;
    private long revision;
    private RevisionVector byRevision;
    private Graveyard<T> graveyard;
    private Conditions conditions;
    private final List<Change.Delete<T>> deletes = new ArrayList<>(0);
    private boolean buried;
    /** The state as it was shown last; null when something was written since. */
    private @Nullable TableState<T> shown;

    private boolean changed;
    /** Set while the trees are being changed: if it stays set, a write broke off in the middle. */
    private boolean torn;

    TableWriter(TableState<T> base) {
        this.table = base.table();
        this.primary = table.primary();
        this.secondaries = table.secondaries();
        this.trees = base.trees().clone();
        this.revision = base.revision();
        this.byRevision = base.byRevision();
        this.graveyard = base.graveyard();
        this.conditions = base.conditions();
        this.shown = base;
    }

    StoredTable<T> table() {
        return table;
    }

    boolean changed() {
        return changed;
    }

    Conditions conditions() {
        return conditions;
    }

    /** The roots of the indexes as they are now: valid until the next write. */
    Watched[] trees() {
        return trees;
    }

    /** The state as it is now, immutable: what is written later does not show in it. */
    TableState<T> show() {
        TableState<T> state = shown;
        if (state == null) {
            state = new TableState<>(table, trees.clone(), revision, byRevision, graveyard, conditions);
            shown = state;
            edit.freeze();
        }
        return state;
    }

    /** The next version of a row, not yet stored. */
    StoredRow<T> next(T value) {
        return primary.row(value, revision + 1);
    }

    /** A row as it was at a revision above all that are stored. Only while nobody else knows the table. */
    StoredRow<T> nextAt(T value, long at) {
        revision = at - 1;
        return primary.row(value, at);
    }

    @SuppressWarnings("unchecked") // the tree holds rows of this table
    @Nullable
    StoredRow<T> find(StoredRow<T> row) {
        return (StoredRow<T>) primary.find(trees[0], row);
    }

    /** Stores the row in the place of the old one, which is the stored one of the same key. */
    void store(StoredRow<T> row, @Nullable StoredRow<T> old) {
        @Nullable Object[] keys = NO_KEYS;
        @Nullable Object[] oldKeys = NO_KEYS;
        if (secondaries.length > 0) {
            keys = keys(row.value());
            for (int i = 0; i < secondaries.length; i++) {
                secondaries[i].check(trees[i + 1], row, requireNonNull(keys[i]));
            }
            oldKeys = old == null ? new Object[secondaries.length] : keys(old.value());
        }
        refuseMeddling(row);
        touch();
        torn = true;
        trees[0] = primary.put(trees[0], row, edit);
        for (int i = 0; i < secondaries.length; i++) {
            trees[i + 1] = secondaries[i].update(trees[i + 1], old, oldKeys[i], row, keys[i], edit);
        }
        if (old != null) {
            edit.replaced((Watched) old);
            byRevision = byRevision.remove(old.revision(), edit);
        } else if (!graveyard.isEmpty()) {
            graveyard = graveyard.revive(row, edit);
        }
        byRevision = byRevision.append(row.revision(), row, edit);
        revision = row.revision();
        torn = false;
    }

    /** Removes a stored row. */
    void remove(StoredRow<T> row) {
        long before = revision;
        @Nullable Object[] keys = secondaries.length > 0 ? keys(row.value()) : NO_KEYS;
        refuseMeddling(before);
        remove(row, keys);
    }

    private void remove(StoredRow<T> row, @Nullable Object[] keys) {
        touch();
        torn = true;
        trees[0] = primary.remove(trees[0], row, edit);
        for (int i = 0; i < secondaries.length; i++) {
            trees[i + 1] = secondaries[i].update(trees[i + 1], row, keys[i], null, null, edit);
        }
        edit.replaced((Watched) row);
        byRevision = byRevision.remove(row.revision(), edit);
        revision++;
        deletes.add(new Change.Delete<>(row, revision));
        torn = false;
    }

    /** Removes all rows, in the order of their keys. */
    long removeAll() {
        TableState<T> before = show();
        // Compute every key first: an index function that throws must leave no trace.
        List<@Nullable Object[]> keys = new ArrayList<>();
        if (secondaries.length > 0) {
            for (Row<T> row : table.rowsOf(before)) {
                keys.add(keys(row.value()));
            }
        }
        refuseMeddling(before.revision());
        int count = 0;
        for (Row<T> row : table.rowsOf(before)) {
            remove((StoredRow<T>) row, keys.isEmpty() ? NO_KEYS : keys.get(count));
            count++;
        }
        return count;
    }

    /** Replaces the set of initializers. */
    void conditions(Conditions next) {
        touch();
        edit.replaced(conditions);
        conditions = next;
    }

    /** Buries the deletes of this transaction if somebody follows the table, and drops those that all have seen. */
    void tend() {
        if (torn) {
            throw new IllegalStateException(
                    "table \"" + table.name() + "\": a write of this transaction broke off in the middle, so it cannot"
                            + " be committed; an index function that gives other keys for the same"
                            + " row does that");
        }
        if (!graveyard.isEmpty() && graveyard.oldest() <= table.trackers().lowWatermark()) {
            touch();
            collect();
        }
        if (table.trackers().any()) {
            bury();
        }
    }

    /** The state to publish. Called under the lock of the root, under which change iterators appear: what they must see is buried at the latest here. */
    TableState<T> finish() {
        if (table.trackers().any()) {
            bury();
        }
        return new TableState<>(table, trees, revision, byRevision, graveyard, conditions);
    }

    /** The transaction has ended: whatever a function that a write called would still write is refused. */
    void end() {
        revision = ENDED;
    }

    /** Wakes those who watch what was replaced. */
    void closeReplaced() {
        edit.closeReplaced();
    }

    /** Refuses to go on with a row if something was written since {@link #next} gave it. */
    void refuseMeddling(StoredRow<T> row) {
        refuseMeddling(row.revision() - 1);
    }

    /** Refuses to go on with what was found at that revision, if whoever was asked meanwhile, an index function or a merge, wrote to the table. */
    private void refuseMeddling(long before) {
        if (revision != before || before == ENDED) {
            throw new IllegalStateException(
                    "table \"" + table.name() + "\": an index function or a merge that this write called has itself"
                            + " written to the table or ended the transaction; such functions must only compute");
        }
    }

    private void bury() {
        if (!buried) {
            buried = true;
            for (Change.Delete<T> delete : deletes) {
                if (primary.find(trees[0], (StoredRow<T>) delete.row()) == null) {
                    graveyard = graveyard.bury(delete, edit);
                }
            }
        }
    }

    private void touch() {
        shown = null;
        if (!changed) {
            changed = true;
            collect();
        }
    }

    /** Drops the deletes that every change iterator has seen. */
    private void collect() {
        if (!graveyard.isEmpty()) {
            graveyard = graveyard.collect(table.trackers().lowWatermark(), edit);
        }
    }

    private @Nullable Object[] keys(T value) {
        @Nullable Object[] keys = new Object[secondaries.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = secondaries[i].keys(value);
        }
        return keys;
    }
}
