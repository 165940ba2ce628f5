package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler remembers of one key.
 *
 * @param key the primary key of the row
 * @param status what came of the row, or of its delete; for the generation that it names and no other
 * @param facts what operations learned about the key
 * @param deleted the last state of a row whose delete is not done yet; null for a row that is there
 * @param sinceNanos when the status was set, on the scheduler's monotonic clock
 */
record StatusRecord<T>(
        Key key,
        Status status,
        Map<String, String> facts,
        @Nullable Row<T> deleted,
        long sinceNanos) {

    boolean isDelete() {
        return deleted != null;
    }
}
