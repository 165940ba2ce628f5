package dev.homeostat.host.config;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.Description;
import dev.homeostat.api.tree.RecordCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options of a reconciler by their keys: how each is read from options, put into them, and switched off. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are made once and have no state
public enum ReconcilerOption {
    ROUND_SIZE(Options::roundSize, set(Integer.class, (options, size) -> options.rounds(size, options.roundRate()))),
    ROUND_RATE(Options::roundRate, set(Double.class, (options, rate) -> options.rounds(options.roundSize(), rate))),
    PRUNE_INTERVAL(Options::pruneInterval, set(Duration.class, Options::pruning), Options::withoutPruning),
    REFRESH_INTERVAL(
            Options::refreshInterval,
            set(Duration.class, (options, age) -> options.refreshing(age, options.refreshRate())),
            Options::withoutRefreshing),
    REFRESH_RATE(Options::refreshRate, set(Double.class, Options::refreshRate)),
    RETRY_MIN(Options::retryMin, set(Duration.class, ReconcilerOption::retryMin)),
    RETRY_MAX(Options::retryMax, set(Duration.class, ReconcilerOption::retryMax)),
    GIVE_UP_ATTEMPTS(
            Options::giveUpAttempts,
            set(Integer.class, Options::giveUpAttempts),
            options -> options.giveUpAttempts(null)),
    GIVE_UP_AGE(Options::giveUpAge, set(Duration.class, Options::giveUpAge), options -> options.giveUpAge(null)),
    CONCURRENCY(Options::concurrency, set(Integer.class, Options::concurrency)),
    OPERATION_DEADLINE(Options::operationDeadline, set(Duration.class, Options::operationDeadline)),
    STOP_DEADLINE(Options::stopDeadline, set(Duration.class, Options::stopDeadline)),
    PRUNE_GUARD_FLOOR(
            Options::pruneGuardFloor,
            set(Integer.class, (options, floor) -> options.pruneGuard(floor, options.pruneGuardShare()))),
    PRUNE_GUARD_SHARE(
            Options::pruneGuardShare,
            set(Double.class, (options, share) -> options.pruneGuard(options.pruneGuardFloor(), share))),
    PRUNE_GUARD_COUNT(
            Options::pruneGuardCount,
            set(Integer.class, Options::pruneGuardCount),
            options -> options.pruneGuardCount(null)),
    MODE(Options::mode, set(Mode.class, Options::mode));

    /** What stands for an option that is switched off. */
    public static final String NONE = "none";

    private final Function<Options, @Nullable Object> getter;
    private final BiFunction<Options, Object, Options> setter;
    private final @Nullable Function<Options, Options> off;

    ReconcilerOption(Function<Options, @Nullable Object> getter, BiFunction<Options, Object, Options> setter) {
        this(getter, setter, null);
    }

    ReconcilerOption(
            Function<Options, @Nullable Object> getter,
            BiFunction<Options, Object, Options> setter,
            @Nullable Function<Options, Options> off) {
        this.getter = getter;
        this.setter = setter;
        this.off = off;
    }

    static Optional<ReconcilerOption> of(String key) {
        return Arrays.stream(values())
                .filter(option -> option.key().equals(key))
                .findFirst();
    }

    /** Its name in configuration, which is that of its getter. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, in one sentence for people. */
    public String description() {
        return Arrays.stream(ReconcilerValues.class.getRecordComponents())
                .filter(component -> component.getName().equalsIgnoreCase(name().replace("_", "")))
                .map(component -> component.getAnnotation(Description.class).value())
                .findFirst()
                .orElseThrow();
    }

    /** Its value as the configuration would have it. */
    public String text(Options options) {
        return switch (get(options)) {
            case null -> NONE;
            case Duration duration -> RecordCodec.durationText(duration);
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> Long.toString(number.longValue());
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Object other -> other.toString();
        };
    }

    /** Whether it can be switched off. */
    boolean optional() {
        return off != null;
    }

    /** Its value, null where it is switched off. */
    @Nullable
    Object get(Options options) {
        return getter.apply(options);
    }

    /**
     * The options with this one set. Of the two bounds of retries, the other one gives way: whoever sets one checks that they go together.
     *
     * @throws IllegalArgumentException if they refuse the value; names the option, the value and the bound
     */
    Options set(Options options, Object value) {
        return setter.apply(options, value);
    }

    /** The options without it. */
    Options switchOff(Options options) {
        return off == null ? options : off.apply(options);
    }

    private static Options retryMin(Options options, Duration min) {
        Duration max = options.retryMax();
        return options.retrying(min, max.compareTo(min) < 0 ? min : max);
    }

    private static Options retryMax(Options options, Duration max) {
        Duration min = options.retryMin();
        return options.retrying(max.isPositive() && max.compareTo(min) < 0 ? max : min, max);
    }

    private static <V> BiFunction<Options, Object, Options> set(Class<V> type, BiFunction<Options, V, Options> setter) {
        return (options, value) -> setter.apply(options, type.cast(value));
    }
}
