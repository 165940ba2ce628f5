package dev.homeostat.host.config;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.tree.Description;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options of one reconciler as they stand in the configuration; null where nothing is said. The components have the names of the options. */
record ReconcilerValues(
        @Description("The largest number of rows of one round.") @Nullable
        Integer roundSize,

        @Description("The largest number of rounds a second.") @Nullable
        Double roundRate,

        @Description("The time between two prunes, or none.") @Nullable
        Duration pruneInterval,

        @Description("The age at which a done row is checked again, or none.") @Nullable
        Duration refreshInterval,

        @Description("The largest number of rows a second that are checked again.") @Nullable
        Double refreshRate,

        @Description("The delay before the first retry.") @Nullable
        Duration retryMin,

        @Description("The longest delay before a retry.") @Nullable
        Duration retryMax,

        @Description("The number of failed attempts after which a failure becomes permanent, or none.") @Nullable
        Integer giveUpAttempts,

        @Description("The time of failing after which a failure becomes permanent, or none.") @Nullable
        Duration giveUpAge,

        @Description("The number of operations at a time.") @Nullable
        Integer concurrency,

        @Description("The time after which an operation is cancelled.") @Nullable
        Duration operationDeadline,

        @Description("The longest time that a stop waits for operations.") @Nullable
        Duration stopDeadline,

        @Description("A prune of at most that many removals is not held for its share.") @Nullable
        Integer pruneGuardFloor,

        @Description("The share of removals above which a prune is held.") @Nullable
        Double pruneGuardShare,

        @Description("The number of removals above which a prune is held, or none.") @Nullable
        Integer pruneGuardCount,

        @Description("How much it may do: apply, plan or paused.") @Nullable
        Mode mode) {

    /** The value of an option, or null where nothing is said. */
    @Nullable
    Object get(ReconcilerOption option) {
        return switch (option) {
            case ROUND_SIZE -> roundSize;
            case ROUND_RATE -> roundRate;
            case PRUNE_INTERVAL -> pruneInterval;
            case REFRESH_INTERVAL -> refreshInterval;
            case REFRESH_RATE -> refreshRate;
            case RETRY_MIN -> retryMin;
            case RETRY_MAX -> retryMax;
            case GIVE_UP_ATTEMPTS -> giveUpAttempts;
            case GIVE_UP_AGE -> giveUpAge;
            case CONCURRENCY -> concurrency;
            case OPERATION_DEADLINE -> operationDeadline;
            case STOP_DEADLINE -> stopDeadline;
            case PRUNE_GUARD_FLOOR -> pruneGuardFloor;
            case PRUNE_GUARD_SHARE -> pruneGuardShare;
            case PRUNE_GUARD_COUNT -> pruneGuardCount;
            case MODE -> mode;
        };
    }
}
