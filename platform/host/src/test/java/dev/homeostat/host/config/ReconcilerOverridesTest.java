package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.tree.YamlReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        return read("a/b:\n" + yaml.indent(2)).of("a/b").apply(declared);
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
        "round-size, 7",
        "round-rate, 2.5",
        "prune-interval, 5m",
        "refresh-interval, 6m",
        "retry-min, 200ms",
        "retry-max, 2m",
        "give-up-attempts, 5",
        "give-up-age, 3h",
        "concurrency, 4",
        "operation-deadline, 9s",
        "stop-deadline, 8s",
        "prune-guard-floor, 3",
        "prune-guard-share, 0.25",
        "prune-guard-count, 11",
        "mode, plan"
    })
    void eachKey_setsItsOption(String key, String value) {
        assertThat(apply(key + ": " + value, Options.defaults()).toString()).contains(key + "=" + value);
        assertThat(Options.defaults().toString()).doesNotContain(key + "=" + value);
    }

    @Test
    void refreshRate_isSetWithOrWithoutAnInterval() {
        assertThat(apply("refresh-rate: 5", Options.defaults()).refreshRate()).isEqualTo(5);
        Options refreshing = Options.defaults().refreshing(Duration.ofMinutes(1), 100);
        assertThat(apply("refresh-rate: 5", refreshing).refreshRate()).isEqualTo(5);
        assertThat(apply("refresh-rate: 5\nrefresh-interval: 1h", Options.defaults())
                        .refreshRate())
                .isEqualTo(5);
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
    void oneRetryBound_neverMovesTheOther() {
        assertThatThrownBy(() -> apply("retry-max: 50ms", Options.defaults()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("conf/homeostat.yaml:2", "retry-max: must be at least retry-min (");
        assertThatThrownBy(() -> read("a/b: {retry-max: 0s}")).hasMessageContaining("retry-max: must be positive");
    }

    @Test
    void retryBoundsThatContradictEachOther_areRefusedBeforeAnyPluginStarts() {
        assertThatThrownBy(() -> read("a/b:\n  retry-min: 5m\n  retry-max: 1m"))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("conf/homeostat.yaml:3: retry-max: must be at least retry-min (");
    }

    @Test
    void allThatIsWrong_isReportedTogether_unknownKeysTypesAndBounds() {
        List<Problem> problems =
                catchThrowableOfType(DocumentException.class, () -> read("""
                    a/b:
                      concurency: 2
                      round-size: 0
                      retry-min: 5
                      prune-guard-share: 2
                    c:
                      stop-deadline: none
                    """)).problems();
        assertThat(problems.stream().map(Problem::toString))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("conf/homeostat.yaml:2: ")
                                .contains("\"concurrency\""),
                        line -> assertThat(line)
                                .startsWith("conf/homeostat.yaml:3: ")
                                .contains("at least 1"),
                        line -> assertThat(line)
                                .startsWith("conf/homeostat.yaml:4: ")
                                .contains("5s"),
                        line -> assertThat(line)
                                .startsWith("conf/homeostat.yaml:5: ")
                                .contains("from 0 to 1"),
                        line -> assertThat(line)
                                .startsWith("conf/homeostat.yaml:6: ")
                                .contains("table/name"),
                        line -> assertThat(line)
                                .startsWith("conf/homeostat.yaml:7: ")
                                .contains("stop-deadline"));
    }

    @Test
    void entryOfWhichAllIsCommentedOut_saysNothing() {
        assertThat(read("a/b:\n#  concurrency: 2\n").of("a/b").apply(Options.defaults()))
                .isEqualTo(Options.defaults());
    }

    /** What is shown as the value of an option is what sets it. */
    @Test
    void textOfEachOption_setsItAgain() {
        Options odd = Options.defaults()
                .rounds(7, 2.5)
                .withoutPruning()
                .refreshing(Duration.ofSeconds(90), 9)
                .retrying(Duration.ofMillis(1500), Duration.ofHours(2))
                .giveUpAttempts(3)
                .pruneGuard(6, 0.25);
        Map<String, String> texts = new LinkedHashMap<>();
        for (ReconcilerOption option : ReconcilerOption.values()) {
            texts.put(option.key(), option.text(odd));
            assertThat(option.description()).endsWith(".");
        }
        assertThat(texts)
                .containsEntry("round-rate", "2.5")
                .containsEntry("refresh-rate", "9")
                .containsEntry("prune-interval", "none")
                .containsEntry("refresh-interval", "90s")
                .containsEntry("retry-min", "1500ms");
        assertThat(ReconcilerEntry.parse(texts, "a test", new YamlReader()).apply(Options.defaults()))
                .isEqualTo(odd);
    }

    @Test
    void otherReconcilers_keepWhatTheyDeclared() {
        assertThat(read("a/b: {concurrency: 2}").of("a/c").apply(Options.defaults()))
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
