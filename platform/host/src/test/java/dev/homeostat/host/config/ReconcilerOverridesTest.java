package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.tree.YamlReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReconcilerOverridesTest {
    private static ReconcilerOverrides read(String yaml) {
        return ReconcilerOverrides.of(((Tree.Mapping)
                        new YamlReader().read("conf/homeostat.yaml", yaml).getFirst())
                .entries());
    }

    private static Options apply(String yaml, Options declared) {
        return read("a/b:\n" + yaml.indent(2)).apply("a/b", declared);
    }

    /** The keys are those that Options prints of itself: one that is added there and forgotten here fails. */
    @Test
    void keys_areExactlyThoseOfOptions() {
        List<String> names = Pattern.compile("([a-z-]+)=")
                .matcher(Options.defaults().toString())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(Arrays.stream(ReconcilerOption.values()).map(ReconcilerOption::key))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @CsvSource({
        "round-size, 7, 7",
        "round-rate, 2.5, 2.5",
        "prune-interval, 5m, PT5M",
        "refresh-interval, 6m, PT6M",
        "retry-min, 200ms, PT0.2S",
        "retry-max, 2m, PT2M",
        "give-up-attempts, 5, 5",
        "give-up-age, 3h, PT3H",
        "concurrency, 4, 4",
        "operation-deadline, 9s, PT9S",
        "stop-deadline, 8s, PT8S",
        "prune-guard-floor, 3, 3",
        "prune-guard-share, 0.25, 0.25",
        "prune-guard-count, 11, 11",
        "mode, plan, plan"
    })
    void eachKey_setsItsOption(String key, String value, String shown) {
        assertThat(apply(key + ": " + value, Options.defaults()).toString()).contains(key + "=" + shown);
        assertThat(Options.defaults().toString()).doesNotContain(key + "=" + shown);
    }

    @Test
    void refreshRate_isSetTogetherWithOrAfterAnInterval() {
        Options refreshing = Options.defaults().refreshing(Duration.ofMinutes(1), 100);
        assertThat(apply("refresh-rate: 5", refreshing).refreshRate()).isEqualTo(5);
        assertThat(apply("refresh-rate: 5\nrefresh-interval: 1h", Options.defaults())
                        .refreshRate())
                .isEqualTo(5);
    }

    @Test
    void refreshRate_withoutAnInterval_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> apply("refresh-rate: 5", Options.defaults()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("conf/homeostat.yaml:2")
                .hasMessageContaining("refresh-interval");
    }

    @Test
    void none_switchesOffWhatCanBe() {
        Options declared = Options.defaults()
                .refreshing(Duration.ofMinutes(1), 1)
                .pruneGuardCount(5)
                .giveUpAttempts(6);
        Options options = apply(
                "prune-interval: none\nrefresh-interval: none\nprune-guard-count: none\ngive-up-attempts: none",
                declared);
        assertThat(options.pruneInterval()).isNull();
        assertThat(options.refreshInterval()).isNull();
        assertThat(options.pruneGuardCount()).isNull();
        assertThat(options.giveUpAttempts()).isNull();
        assertThatThrownBy(() -> apply("concurrency: none", declared)).hasMessageContaining("concurrency");
    }

    @Test
    void bothRetryBounds_canLeaveTheDeclaredOnes() {
        Options options = apply("retry-min: 5m\nretry-max: 10m", Options.defaults());
        assertThat(options.retryMin()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.retryMax()).isEqualTo(Duration.ofMinutes(10));
        Options smaller = apply("retry-min: 1ms\nretry-max: 2ms", Options.defaults());
        assertThat(smaller.retryMax()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void retryMin_aboveTheDeclaredMaximum_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> apply("concurrency: 1\nretry-min: 5m", Options.defaults()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("conf/homeostat.yaml:3")
                .hasMessageContaining("retry-max");
    }

    @Test
    void otherReconcilers_keepWhatTheyDeclared() {
        assertThat(read("a/b: {concurrency: 2}").apply("a/c", Options.defaults()))
                .isEqualTo(Options.defaults());
    }

    @Test
    void unknown_namesThePlaceTheNearestAndWhatThereIs() {
        assertThat(read("memos/dusk: {concurrency: 2}").unknown(List.of("files/files", "memos/disk")))
                .singleElement()
                .asString()
                .startsWith("conf/homeostat.yaml:1: ")
                .contains("\"memos/dusk\"", "did you mean \"memos/disk\"?", "there are files/files, memos/disk");
        assertThat(read("a/b: {concurrency: 2}").unknown(List.of()))
                .singleElement()
                .asString()
                .contains("a/b", "there is none");
        assertThat(read("a/b: {concurrency: 2}").unknown(List.of("a/b"))).isEmpty();
    }

    @Test
    void keysOfTheEnum_areLowerCase() {
        assertThat(ReconcilerOption.values())
                .allMatch(option -> option.key().equals(option.key().toLowerCase(Locale.ROOT)));
    }
}
