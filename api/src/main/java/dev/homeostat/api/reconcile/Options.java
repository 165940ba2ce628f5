package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.RecordCodec;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a reconciler works. Immutable: each method that sets something gives a new one, and refuses nonsense at once with an
 * {@link IllegalArgumentException} that names the option, the value and the bound. In configuration the options have the names of the getters, in
 * {@code kebab-case}.
 */
public final class Options {
    private static final Options DEFAULTS = new Options(new Values());

    private final Values values;

    private Options(Values values) {
        this.values = values;
    }

    /**
     * The defaults: round size 1000, round rate 1000/s, pruning every hour, no refreshing (rate 100/s), retries from 100 ms
     * to 1 min, concurrency 1, operation deadline 1 min, stop deadline 10 s, prune guard at a floor of 10 and a share of one half, no limit to retries,
     * mode APPLY.
     */
    public static Options defaults() {
        return DEFAULTS;
    }

    /** Prunes that often. */
    public Options pruning(Duration interval) {
        return with(v -> v.pruneInterval = positive("prune-interval", interval));
    }

    /** Prunes on demand only. */
    public Options withoutPruning() {
        return with(v -> v.pruneInterval = null);
    }

    /** Checks each done row again after that time, at most {@code perSecond} rows a second. */
    public Options refreshing(Duration interval, double perSecond) {
        return with(v -> {
            v.refreshInterval = positive("refresh-interval", interval);
            v.refreshRate = positive("refresh-rate", perSecond);
        });
    }

    /** Checks at most {@code perSecond} rows a second again, be it for their age or because somebody asked for it. */
    public Options refreshRate(double perSecond) {
        return with(v -> v.refreshRate = positive("refresh-rate", perSecond));
    }

    /** Never checks done rows again, unless somebody asks for it. */
    public Options withoutRefreshing() {
        return with(v -> v.refreshInterval = null);
    }

    /**
     * Retries after {@code min} at first, and after further failures some time drawn at random between {@code min} and a ceiling that doubles with each, up to
     * {@code max}: so rows that failed together do not come back together.
     */
    public Options retrying(Duration min, Duration max) {
        return with(v -> {
            v.retryMin = positive("retry-min", min);
            v.retryMax = positive("retry-max", max);
            if (max.compareTo(min) < 0) {
                throw new IllegalArgumentException(
                        "retry-max: must be at least retry-min (" + text(min) + "), but was " + text(max));
            }
        });
    }

    /**
     * Gives up a row or a delete when so many attempts at one generation have failed in a row: the last failure becomes permanent. An attempt that found it blocked
     * begins the row anew, and so does a retry that somebody asks for afterwards. A change of the limit holds from the next failure on.
     *
     * @param attempts at least 1; null for no such limit
     */
    public Options giveUpAttempts(@Nullable Integer attempts) {
        return with(v -> v.giveUpAttempts = attempts == null ? null : atLeast("give-up-attempts", 1, attempts));
    }

    /**
     * Gives up a row or a delete when an attempt fails that long after the first one of the same row of failures began: the failure becomes permanent. What
     * begins a row anew is as with {@link #giveUpAttempts}, and a restart of the reconciler besides. A change of the limit holds from the next failure on.
     *
     * @param age positive; null for no such limit
     */
    public Options giveUpAge(@Nullable Duration age) {
        return with(v -> v.giveUpAge = age == null ? null : positive("give-up-age", age));
    }

    /** Works in rounds of at most {@code size} rows, at most {@code perSecond} rounds a second. */
    public Options rounds(int size, double perSecond) {
        return with(v -> {
            v.roundSize = atLeast("round-size", 1, size);
            v.roundRate = positive("round-rate", perSecond);
        });
    }

    /** Runs that many operations at a time; 1 gives strict serial order. When there are fewer from now on, those that run end as they would have. */
    public Options concurrency(int operations) {
        return with(v -> v.concurrency = atLeast("concurrency", 1, operations));
    }

    /** Cancels an operation after that time; one that runs already keeps the deadline that it was told. */
    public Options operationDeadline(Duration deadline) {
        return with(v -> v.operationDeadline = positive("operation-deadline", deadline));
    }

    /** Waits at most that long for running operations when it stops. */
    public Options stopDeadline(Duration deadline) {
        return with(v -> v.stopDeadline = positive("stop-deadline", deadline));
    }

    /** Holds a prune of more than {@code floor} removals that are also more than {@code share} of removals plus rows. */
    public Options pruneGuard(int floor, double share) {
        return with(v -> {
            v.pruneGuardFloor = atLeast("prune-guard-floor", 0, floor);
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("prune-guard-share: must be from 0 to 1, but was " + share);
            }
            v.pruneGuardShare = share;
        });
    }

    /** Holds, besides, a prune of more than that many removals; null for no such bound. */
    public Options pruneGuardCount(@Nullable Integer count) {
        return with(v -> v.pruneGuardCount = count == null ? null : atLeast("prune-guard-count", 0, count));
    }

    /** How much it may do. */
    public Options mode(Mode mode) {
        return with(v -> v.mode = requireNonNull(mode, "mode"));
    }

    /** The largest number of rows that one round takes up, at least 1. */
    public int roundSize() {
        return values.roundSize;
    }

    /** The largest number of rounds a second, above 0. */
    public double roundRate() {
        return values.roundRate;
    }

    /** The time between two prunes, or null when it prunes on demand only. */
    public @Nullable Duration pruneInterval() {
        return values.pruneInterval;
    }

    /** The age at which a done row is checked again, or null when none is. */
    public @Nullable Duration refreshInterval() {
        return values.refreshInterval;
    }

    /** The largest number of rows a second that are taken up for a refresh, above 0. */
    public double refreshRate() {
        return values.refreshRate;
    }

    /** The delay before the first retry, and the least before any; the ceiling of the others doubles with each failure. */
    public Duration retryMin() {
        return values.retryMin;
    }

    /** The longest delay before a retry, at least {@link #retryMin}. */
    public Duration retryMax() {
        return values.retryMax;
    }

    /** The number of failures after which one becomes permanent, at least 1, or null for no such limit. */
    public @Nullable Integer giveUpAttempts() {
        return values.giveUpAttempts;
    }

    /** The age of a failing row or delete at which its next failure becomes permanent, or null for no such limit. */
    public @Nullable Duration giveUpAge() {
        return values.giveUpAge;
    }

    /** The number of operations that run at a time, at least 1; 1 gives strict serial order. */
    public int concurrency() {
        return values.concurrency;
    }

    /** The time after which an operation is cancelled. */
    public Duration operationDeadline() {
        return values.operationDeadline;
    }

    /** The longest time that a stop waits for running operations. */
    public Duration stopDeadline() {
        return values.stopDeadline;
    }

    /** A prune of at most that many removals is not held for its share; at least 0. */
    public int pruneGuardFloor() {
        return values.pruneGuardFloor;
    }

    /** A prune of more than the floor is held when it would remove more than this share of removals plus rows; 0 to 1. */
    public double pruneGuardShare() {
        return values.pruneGuardShare;
    }

    /** A prune of more removals than this is held, or null for no such bound. */
    public @Nullable Integer pruneGuardCount() {
        return values.pruneGuardCount;
    }

    /** How much it may do. */
    public Mode mode() {
        return values.mode;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Options options && values.toString().equals(options.values.toString());
    }

    @Override
    public int hashCode() {
        return values.toString().hashCode();
    }

    /** All options with their values, as a configuration has them: {@code round-size=1000, …, prune-interval=1h, refresh-interval=none, …}. */
    @Override
    public String toString() {
        return values.toString();
    }

    private Options with(Consumer<Values> change) {
        Values copy = new Values(values);
        change.accept(copy);
        return new Options(copy);
    }

    private static Duration positive(String name, Duration value) {
        requireNonNull(value, () -> name + ": must be a positive duration, but was null");
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": must be positive, but was " + text(value));
        }
        return value;
    }

    /** As people write it in a configuration. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Duration duration -> RecordCodec.durationText(duration);
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> Long.toString(number.longValue());
            case Object other -> other.toString();
        };
    }

    private static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": must be a positive, finite number, but was " + value);
        }
        return value;
    }

    private static int atLeast(String name, int bound, int value) {
        if (value < bound) {
            throw new IllegalArgumentException(name + ": must be at least " + bound + ", but was " + value);
        }
        return value;
    }

    /** The values; changed only while a new one is being made. */
    private static final class Values {
        private int roundSize = 1000;
        private double roundRate = 1000;
        private @Nullable Duration pruneInterval = Duration.ofHours(1);
        private @Nullable Duration refreshInterval;
        private double refreshRate = 100;
        private Duration retryMin = Duration.ofMillis(100);
        private Duration retryMax = Duration.ofMinutes(1);
        private @Nullable Integer giveUpAttempts;
        private @Nullable Duration giveUpAge;
        private int concurrency = 1;
        private Duration operationDeadline = Duration.ofMinutes(1);
        private Duration stopDeadline = Duration.ofSeconds(10);
        private int pruneGuardFloor = 10;
        private double pruneGuardShare = 0.5;
        private @Nullable Integer pruneGuardCount;
        private Mode mode = Mode.APPLY;

        Values() {}

        Values(Values from) {
            roundSize = from.roundSize;
            roundRate = from.roundRate;
            pruneInterval = from.pruneInterval;
            refreshInterval = from.refreshInterval;
            refreshRate = from.refreshRate;
            retryMin = from.retryMin;
            retryMax = from.retryMax;
            giveUpAttempts = from.giveUpAttempts;
            giveUpAge = from.giveUpAge;
            concurrency = from.concurrency;
            operationDeadline = from.operationDeadline;
            stopDeadline = from.stopDeadline;
            pruneGuardFloor = from.pruneGuardFloor;
            pruneGuardShare = from.pruneGuardShare;
            pruneGuardCount = from.pruneGuardCount;
            mode = from.mode;
        }

        @Override
        public String toString() {
            return "round-size=" + roundSize
                    + ", round-rate=" + text(roundRate)
                    + ", prune-interval=" + text(pruneInterval)
                    + ", refresh-interval=" + text(refreshInterval)
                    + ", refresh-rate=" + text(refreshRate)
                    + ", retry-min=" + text(retryMin)
                    + ", retry-max=" + text(retryMax)
                    + ", give-up-attempts=" + text(giveUpAttempts)
                    + ", give-up-age=" + text(giveUpAge)
                    + ", concurrency=" + concurrency
                    + ", operation-deadline=" + text(operationDeadline)
                    + ", stop-deadline=" + text(stopDeadline)
                    + ", prune-guard-floor=" + pruneGuardFloor
                    + ", prune-guard-share=" + text(pruneGuardShare)
                    + ", prune-guard-count=" + text(pruneGuardCount)
                    + ", mode=" + mode.name().toLowerCase(Locale.ROOT);
        }
    }
}
