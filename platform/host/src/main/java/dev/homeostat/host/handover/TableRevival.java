package dev.homeostat.host.handover;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.RowStatuses;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.TableRestore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table anew, of rows as documents. Its codec and its key functions are a plugin's code and may throw anything: that is the end of one row, which is set
 * aside. Used once, by one thread.
 */
final class TableRevival<T> {
    private static final Logger LOG = LoggerFactory.getLogger(TableRevival.class);

    private final RowKeeping keeping;
    private final TableSpec<T> spec;
    private final RowCodec<T> codec;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final Set<String> dropped = new TreeSet<>();
    private final Map<Key, RowOwner> owned = new HashMap<>();
    private long shortened;

    TableRevival(RowKeeping keeping, TableSpec<T> spec, RowCodec<T> codec) {
        this.keeping = keeping;
        this.spec = spec;
        this.codec = codec;
    }

    /** What did not fit, up to now. */
    List<RejectedRow> rejected() {
        return rejected;
    }

    /** The row that the document describes; what this version does not know any more is dropped, which is noted. */
    T decode(Tree document) {
        List<String> unknown = new ArrayList<>();
        T row = codec.decodeKept(document, unknown::add);
        dropped.addAll(unknown);
        shortened += unknown.isEmpty() ? 0 : 1;
        return row;
    }

    /** Makes the table with these rows, at their revisions. */
    RWTable<T> restore(CarriedTable carried, List<String> initializers) {
        TableRestore<T> restore = StateDatabase.restore(keeping.database(), spec);
        for (RowDocument row : carried.rows()) {
            try {
                T value = decode(row.document());
                restore.add(value, row.revision());
                if (row.owner() != null) {
                    owned.put(PrimaryKey.of(spec, value), row.owner());
                }
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                rejected.add(row.setAside(spec.name(), Why.of(e), keeping.now()));
            }
        }
        rejected.addAll(carried.unwritten());
        RWTable<T> table = restore.create(carried.revision(), List.of(), initializers);
        giveBack();
        LOG.atInfo()
                .addKeyValue("table", spec.name())
                .log(
                        "table \"{}\" goes on with {} of its {} rows",
                        spec.name(),
                        carried.rows().size() + carried.unwritten().size() - rejected.size(),
                        carried.rows().size() + carried.unwritten().size());
        return table;
    }

    /** Tries those again that did not fit before; what still does not is set aside again. */
    void retry(RWTable<T> table, Collection<RejectedRow> earlier) {
        if (earlier.isEmpty()) {
            return;
        }
        int before = rejected.size();
        try (WriteTxn txn = keeping.database().writeTxn(table)) {
            for (RejectedRow row : earlier) {
                String reason = row.deleted() ? row.reason() : refusal(table, txn, row);
                if (reason != null) {
                    rejected.add(new RejectedRow(
                            row.table(), row.key(), row.document(), reason, row.deleted(), row.since(), row.owner()));
                }
            }
            txn.commit();
        }
        giveBack();
        int taken = earlier.size() - (rejected.size() - before);
        if (taken > 0) {
            LOG.atInfo()
                    .addKeyValue("table", spec.name())
                    .log("table \"{}\" takes {} rows that were set aside", spec.name(), taken);
        }
    }

    /** Why the row cannot come into the table; null when it did, or is there. */
    private @Nullable String refusal(RWTable<T> table, WriteTxn txn, RejectedRow rejectedRow) {
        try {
            T row = decode(rejectedRow.document());
            RowStatuses<T> statuses = spec.statuses();
            T desired = statuses == null ? row : statuses.pending(row);
            Key key = PrimaryKey.of(spec, desired);
            Row<T> present = table.get(txn, spec.lookup(key));
            if (present == null) {
                table.insert(txn, desired);
                if (rejectedRow.owner() != null) {
                    owned.put(key, rejectedRow.owner());
                }
                return null;
            }
            return spec.isSameDesired(desired, present.value())
                    ? null
                    : "its key is that of another row: " + RowDocument.key(spec, present);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return Why.of(e);
        }
    }

    /** The owners of the rows that came back have them again: nobody may know of them any more, after a restart or under another key. */
    private void giveBack() {
        owned.forEach((key, owner) -> {
            if (keeping.owners().ownerOf(spec.name(), key) == null) {
                keeping.owners().back(spec.name(), key, owner);
            }
        });
        owned.clear();
    }

    /** Says in the log what was not taken over as it was. */
    void tell() {
        if (!dropped.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("table", spec.name())
                    .log(
                            "table \"{}\": {} of its rows had what is not known any more, and was dropped: {}",
                            spec.name(),
                            shortened,
                            String.join(", ", dropped));
        }
        if (!rejected.isEmpty()) {
            RejectedRow first = rejected.getFirst();
            LOG.atWarn()
                    .addKeyValue("table", spec.name())
                    .log(
                            "table \"{}\": {} rows do not fit and are set aside (\"homeostat db rejected\" lists"
                                    + " them); the first is \"{}\": {}",
                            spec.name(),
                            rejected.size(),
                            first.key(),
                            first.reason());
        }
    }
}
