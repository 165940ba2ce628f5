package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one operation came to. Made by the factories here; more kinds may come. Reasons are one line for people, who see them as the row's error; a reason that is null
 * is refused with a {@link NullPointerException}.
 *
 * <p>Which one: {@link #retry} for what may pass, such as a target that is down (throwing says the same); {@link #permanent} for what only another row can mend, such as
 * a name that the target does not take; {@link #blocked} for what waits for another row, rather than a retry that looks again and again.
 */
public sealed interface Outcome {
    /** The target is as desired. */
    static Outcome done() {
        return Done.INSTANCE;
    }

    /**
     * The target is as desired, and the update learned something that belongs into the row, such as an address that was assigned. The function is applied to
     * the row as it is when the status is committed, if what it desires is still what the update was given; it may run more than once, so it must be pure.
     * It must not change the primary key nor another reconciler's status (whatever it makes of this reconciler's own is replaced by what came of the update), and what it gives must not have a unique key of another row: such an update failed, and is tried again.
     *
     * <p>Only where statuses live in the rows, else the outcome is a permanent failure: use {@link OperationContext#learn} there. A delete has no row to change: there
     * it is the same as {@link #done()}.
     */
    static <T> Outcome done(Class<T> rowType, UnaryOperator<T> change) {
        return new Done(new Learned<>(rowType, change));
    }

    /** It failed; try again after the reconciler's backoff. */
    static Outcome retry(String reason) {
        return new Retry(reason, null);
    }

    /** It failed; try again after that time, which must be positive. */
    static Outcome retry(String reason, Duration after) {
        return new Retry(reason, requireNonNull(after, "after"));
    }

    /** It failed, and trying again is of no use until the row changes or somebody asks for a retry. */
    static Outcome permanent(String reason) {
        return new Permanent(reason);
    }

    /**
     * It cannot be done before something is so with another row, of whatever table. It is not tried again by time, but at once when that row appears, changes or
     * is deleted, when a reconciler of its table has done it, or when its delete is done. That counts from this attempt's own
     * {@linkplain OperationContext#txn snapshot} on, so nothing that happened meanwhile is missed. What the row itself waits for makes a chain;
     * one that comes back to its beginning is reported as a cycle.
     *
     * <p>A table that does not exist, a key that cannot be decoded as one of that table, and the row's own key are failures, to be retried, that say so.
     *
     * @param table the name of the table of the other row
     * @param key the primary key of the other row, which need not exist
     * @param reason what of the row is missing, for people, in one line
     */
    static Outcome blocked(String table, Key key, String reason) {
        return new Blocked(table, key, reason);
    }

    /** See {@link Outcome#done()}. */
    record Done(@Nullable Learned<?> learned) implements Outcome {
        private static final Done INSTANCE = new Done(null);
    }

    /** See {@link Outcome#done(Class, UnaryOperator)}. */
    record Learned<T>(Class<T> rowType, UnaryOperator<T> change) {
        public Learned {
            requireNonNull(rowType, "rowType");
            requireNonNull(change, "change");
        }
    }

    /** See {@link Outcome#retry}. */
    record Retry(String reason, @Nullable Duration after) implements Outcome {
        public Retry {
            requireNonNull(reason, "reason");
            if (after != null && (after.isNegative() || after.isZero())) {
                throw new IllegalArgumentException("after: must be positive, but was " + after);
            }
        }
    }

    /** See {@link Outcome#permanent}. */
    record Permanent(String reason) implements Outcome {
        public Permanent {
            requireNonNull(reason, "reason");
        }
    }

    /** See {@link Outcome#blocked}. */
    record Blocked(String table, Key key, String reason) implements Outcome {
        public Blocked {
            requireNonNull(table, "table");
            requireNonNull(key, "key");
            requireNonNull(reason, "reason");
        }
    }
}
