package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusesInRow;
import java.util.Set;

/**
 * A row that carries its status.
 *
 * @param id the primary key
 * @param tags the keys of the tag index
 * @param status how far its reconciler is with it
 */
record StatusItem(long id, Set<String> tags, Status status) {
    static final LongIndex<StatusItem> ID = Index.uniqueLong("id", StatusItem::id);
    static final Index<StatusItem, String> TAG = Index.multi("tag", Keys.STRING, StatusItem::tags);
    static final StatusesInRow<StatusItem> STATUS =
            StatusesInRow.field("status", StatusItem::status, StatusItem::withStatus);
    static final TableSpec<StatusItem> BY_ID =
            TableSpec.of("items", StatusItem.class, ID).statuses(STATUS);
    static final TableSpec<StatusItem> BY_ID_AND_TAG = BY_ID.index(TAG);

    StatusItem withStatus(Status other) {
        return new StatusItem(id, tags, other);
    }
}
