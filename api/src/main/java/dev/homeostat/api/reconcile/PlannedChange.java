package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.stability.Experimental;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a reconciler would do in its target, if its mode were {@link Mode#APPLY}: a row of its {@linkplain Reconciler#plan() plan}.
 *
 * @param operation {@code update}, {@code delete} or {@code prune}
 * @param key the key of the row as text; of a prune, the name of what it would remove
 * @param cause what would start it
 * @param generation the generation of the row, or of its delete; of a prune, the revision of the table that it searched by
 * @param since since when it is planned at that generation
 * @param drift in what the target differed when it was last looked at; null where nobody could tell
 * @param error why the target could not be looked at, or null
 * @param held of a prune, why the guard would hold it, or null when it would not
 */
@Experimental
public record PlannedChange(
        String operation,
        String key,
        Cause cause,
        long generation,
        Instant since,
        @Nullable String drift,
        @Nullable String error,
        @Nullable String held) {
    /** By the whole change, such as {@code update a}; unique. */
    public static final Index<PlannedChange, String> CHANGE =
            Index.unique("change", Keys.STRING, change -> change.operation() + " " + change.key());

    /** By the key alone. */
    public static final Index<PlannedChange, String> KEY = Index.nonUnique("key", Keys.STRING, PlannedChange::key);

    public PlannedChange {
        requireNonNull(operation, "operation");
        requireNonNull(key, "key");
        requireNonNull(cause, "cause");
        requireNonNull(since, "since");
    }
}
