package dev.homeostat.api.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OptionsTest {
    record Refused(UnaryOperator<Options> change, String option, String value) {}

    static List<Refused> nonsense() {
        return List.of(
                new Refused(o -> o.rounds(0, 1), "round-size", "0"),
                new Refused(o -> o.rounds(1, 0), "round-rate", "0.0"),
                new Refused(o -> o.rounds(1, Double.NaN), "round-rate", "NaN"),
                new Refused(
                        o -> o.rounds(1, Double.POSITIVE_INFINITY), "round-rate", "finite number, but was Infinity"),
                new Refused(o -> o.refreshRate(Double.POSITIVE_INFINITY), "refresh-rate", "Infinity"),
                new Refused(o -> o.pruning(Duration.ZERO), "prune-interval", "0s"),
                new Refused(o -> o.refreshing(Duration.ofSeconds(-1), 1), "refresh-interval", "-1s"),
                new Refused(o -> o.refreshing(Duration.ofSeconds(1), -1), "refresh-rate", "-1.0"),
                new Refused(o -> o.refreshRate(0), "refresh-rate", "0.0"),
                new Refused(o -> o.retrying(Duration.ZERO, Duration.ofSeconds(1)), "retry-min", "0s"),
                new Refused(
                        o -> o.retrying(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                        "retry-max",
                        "retry-min (2s), but was 1s"),
                new Refused(o -> o.giveUpAttempts(0), "give-up-attempts", "0"),
                new Refused(o -> o.giveUpAge(Duration.ZERO), "give-up-age", "0s"),
                new Refused(o -> o.concurrency(0), "concurrency", "0"),
                new Refused(o -> o.operationDeadline(Duration.ZERO), "operation-deadline", "0s"),
                new Refused(o -> o.stopDeadline(Duration.ofSeconds(-5)), "stop-deadline", "-5s"),
                new Refused(o -> o.pruneGuard(-1, 0.5), "prune-guard-floor", "-1"),
                new Refused(o -> o.pruneGuard(1, 1.5), "prune-guard-share", "1.5"),
                new Refused(o -> o.pruneGuard(1, Double.NaN), "prune-guard-share", "NaN"),
                new Refused(o -> o.pruneGuardCount(-1), "prune-guard-count", "-1"));
    }

    @Test
    void promise_B7_defaults() {
        assertThat(Options.defaults())
                .hasToString("round-size=1000, round-rate=1000, prune-interval=1h, refresh-interval=none,"
                        + " refresh-rate=100, retry-min=100ms, retry-max=1m, give-up-attempts=none,"
                        + " give-up-age=none, concurrency=1,"
                        + " operation-deadline=1m, stop-deadline=10s, prune-guard-floor=10,"
                        + " prune-guard-share=0.5, prune-guard-count=none, mode=apply");
    }

    @Test
    void promise_B7_eachOptionCanBeSet() {
        Options options = Options.defaults()
                .rounds(7, 8)
                .pruning(Duration.ofMinutes(1))
                .refreshing(Duration.ofMinutes(2), 9)
                .retrying(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .giveUpAttempts(12)
                .giveUpAge(Duration.ofHours(13))
                .concurrency(3)
                .operationDeadline(Duration.ofSeconds(4))
                .stopDeadline(Duration.ofSeconds(5))
                .pruneGuard(6, 0.25)
                .pruneGuardCount(11)
                .mode(Mode.PLAN);
        assertThat(options)
                .hasToString("round-size=7, round-rate=8, prune-interval=1m, refresh-interval=2m, refresh-rate=9,"
                        + " retry-min=1s, retry-max=2s, give-up-attempts=12, give-up-age=13h, concurrency=3,"
                        + " operation-deadline=4s, stop-deadline=5s, prune-guard-floor=6,"
                        + " prune-guard-share=0.25, prune-guard-count=11, mode=plan");
        assertThat(options.refreshRate(12).refreshRate()).isEqualTo(12);
        assertThat(options.withoutPruning().pruneInterval()).isNull();
        assertThat(options.withoutRefreshing().refreshInterval()).isNull();
        assertThat(options.giveUpAttempts(null).giveUpAttempts()).isNull();
        assertThat(options.giveUpAge(null).giveUpAge()).isNull();
        assertThat(options.pruneGuardCount(null).pruneGuardCount()).isNull();
    }

    @Test
    @SuppressWarnings("NullAway") // what callers may do
    void null_isRefusedNamingTheOption() {
        Duration second = Duration.ofSeconds(1);
        Map.<String, UnaryOperator<Options>>of(
                        "prune-interval", o -> o.pruning(null),
                        "refresh-interval", o -> o.refreshing(null, 1),
                        "retry-min", o -> o.retrying(null, second),
                        "retry-max", o -> o.retrying(second, null),
                        "operation-deadline", o -> o.operationDeadline(null),
                        "stop-deadline", o -> o.stopDeadline(null))
                .forEach((option, change) -> assertThatThrownBy(() -> change.apply(Options.defaults()))
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(option + ": must be a positive duration, but was null"));
        assertThatThrownBy(() -> Options.defaults().mode(null)).hasMessageContaining("mode");
    }

    @Test
    void settingOne_changesNoOther_andEqualsByValue() {
        Options changed = Options.defaults().concurrency(2);
        assertThat(Options.defaults().concurrency()).isEqualTo(1);
        assertThat(changed)
                .isEqualTo(Options.defaults().concurrency(2))
                .hasSameHashCodeAs(Options.defaults().concurrency(2));
        assertThat(changed).isNotEqualTo(Options.defaults());
        assertThat(changed.concurrency(1)).isEqualTo(Options.defaults());
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsense_isRefusedNamingOptionAndValue(Refused refused) {
        assertThatThrownBy(() -> refused.change().apply(Options.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(refused.option() + ": must be")
                .hasMessageContaining(refused.value());
    }
}
