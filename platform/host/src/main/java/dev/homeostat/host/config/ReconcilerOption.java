package dev.homeostat.host.config;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options of a reconciler by their keys, and how each is put into options. In an order in which each can be put after those before it. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are made once and have no state
enum ReconcilerOption {
    ROUND_SIZE(set(Integer.class, (options, size) -> options.rounds(size, options.roundRate()))),
    ROUND_RATE(set(Double.class, (options, rate) -> options.rounds(options.roundSize(), rate))),
    PRUNE_INTERVAL(set(Duration.class, Options::pruning), Options::withoutPruning),
    REFRESH_INTERVAL(
            set(Duration.class, (options, age) -> options.refreshing(age, options.refreshRate())),
            Options::withoutRefreshing),
    REFRESH_RATE(set(Double.class, ReconcilerOption::refreshRate)),
    RETRY_MAX(set(Duration.class, (options, max) -> options.retrying(least(options.retryMin(), max), max))),
    RETRY_MIN(set(Duration.class, (options, min) -> options.retrying(min, options.retryMax()))),
    GIVE_UP_ATTEMPTS(set(Integer.class, Options::giveUpAttempts), options -> options.giveUpAttempts(null)),
    GIVE_UP_AGE(set(Duration.class, Options::giveUpAge), options -> options.giveUpAge(null)),
    CONCURRENCY(set(Integer.class, Options::concurrency)),
    OPERATION_DEADLINE(set(Duration.class, Options::operationDeadline)),
    STOP_DEADLINE(set(Duration.class, Options::stopDeadline)),
    PRUNE_GUARD_FLOOR(set(Integer.class, (options, floor) -> options.pruneGuard(floor, options.pruneGuardShare()))),
    PRUNE_GUARD_SHARE(set(Double.class, (options, share) -> options.pruneGuard(options.pruneGuardFloor(), share))),
    PRUNE_GUARD_COUNT(set(Integer.class, Options::pruneGuardCount), options -> options.pruneGuardCount(null)),
    MODE(set(Mode.class, Options::mode));

    /** What stands for an option that is switched off. */
    static final String NONE = "none";

    private final BiFunction<Options, Object, Options> setter;
    private final @Nullable Function<Options, Options> off;

    ReconcilerOption(BiFunction<Options, Object, Options> setter) {
        this(setter, null);
    }

    ReconcilerOption(BiFunction<Options, Object, Options> setter, @Nullable Function<Options, Options> off) {
        this.setter = setter;
        this.off = off;
    }

    static Optional<ReconcilerOption> of(String key) {
        return Arrays.stream(values())
                .filter(option -> option.key().equals(key))
                .findFirst();
    }

    /** Its name in configuration, which is that of its getter. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can be switched off. */
    boolean optional() {
        return off != null;
    }

    /**
     * The options with this one set.
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

    private static Options refreshRate(Options options, double rate) {
        Duration age = options.refreshInterval();
        if (age == null) {
            throw new IllegalArgumentException("refresh-rate: nothing is refreshed without a refresh-interval");
        }
        return options.refreshing(age, rate);
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static <V> BiFunction<Options, Object, Options> set(Class<V> type, BiFunction<Options, V, Options> setter) {
        return (options, value) -> setter.apply(options, type.cast(value));
    }
}
