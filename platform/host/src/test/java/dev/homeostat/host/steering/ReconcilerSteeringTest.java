package dev.homeostat.host.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.config.ReconcilerOverrides;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeReconciler;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.plugin.OptionsOverrides.Charge;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.OptionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReconcilerSteeringTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String NAME = "docs/disk";

    private final ReconcilerSteering steering =
            new ReconcilerSteering(ReconcilerOverrides.NONE, new YamlReader(), () -> NOW);
    private final FakeReconciler<?> reconciler = new FakeReconciler<>("disk", new FakeTable<>(Example.Doc.TABLE));

    private Charge start(Options declared) {
        Charge charge = steering.take(NAME, declared);
        reconciler.options(charge.options());
        charge.started(reconciler);
        return charge;
    }

    private void configure(String yaml) {
        steering.configure(overrides(yaml));
    }

    private static ReconcilerOverrides overrides(String yaml) {
        return ReconcilerOverrides.of(((Tree.Mapping)
                        new YamlReader().read("conf/homeostat.yaml", yaml).getFirst())
                .entries());
    }

    private OptionView option(String name) {
        return steering.options(NAME).stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String of(String name) {
        return option(name).value() + " from " + option(name).from();
    }

    @Test
    void layers_commandBeforeConfigurationBeforePluginBeforeDefault() {
        Charge charge = start(Options.defaults().concurrency(2).rounds(7, 7));
        assertThat(of("concurrency")).isEqualTo("2 from plugin");
        assertThat(of("stop-deadline")).isEqualTo("10s from default");
        configure("docs/disk:\n  concurrency: 3\n  prune-interval: none");
        assertThat(of("concurrency")).isEqualTo("3 from conf/homeostat.yaml:2");
        assertThat(of("prune-interval")).isEqualTo("none from conf/homeostat.yaml:3");
        steering.set(NAME, Map.of("concurrency", "4", "refresh-interval", "5m"));
        assertThat(of("concurrency")).isEqualTo("4 from command at 2026-01-02T03:04:05Z");
        assertThat(reconciler.options().concurrency()).isEqualTo(4);
        assertThat(reconciler.options().refreshInterval()).isEqualTo(Duration.ofMinutes(5));
        configure("docs/disk: {concurrency: 5}");
        assertThat(of("concurrency")).startsWith("4 from command");
        assertThat(of("prune-interval")).isEqualTo("1h from default");
        charge.declare(reconciler.options().rounds(9, 7));
        assertThat(of("round-size")).isEqualTo("9 from plugin");
        steering.reset(NAME, Set.of("concurrency"));
        assertThat(of("concurrency")).isEqualTo("5 from conf/homeostat.yaml:1");
        assertThat(of("refresh-interval")).startsWith("5m from command");
        configure("other/one: {concurrency: 9}");
        assertThat(of("concurrency")).isEqualTo("2 from plugin");
        steering.reset(NAME, Set.of());
        assertThat(reconciler.options())
                .isEqualTo(Options.defaults().concurrency(2).rounds(9, 7));
    }

    @Test
    void whatDoesNotGoTogether_isRefused_andChangesNothing() {
        Charge charge = start(Options.defaults());
        steering.set(NAME, Map.of("retry-min", "30s"));
        assertThatThrownBy(() -> configure("docs/disk:\n  concurrency: 5\n  retry-max: 10s"))
                .isInstanceOf(DocumentException.class)
                .hasMessage("conf/homeostat.yaml:3: reconciler docs/disk: retry-max: must be at least retry-min"
                        + " (PT30S), but was PT10S");
        assertThatThrownBy(() -> charge.declare(Options.defaults()
                        .retrying(Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .concurrency(8)))
                .hasMessageContaining("retry-max: must be at least retry-min (PT30S), but was PT2S");
        assertThatThrownBy(() -> steering.set(NAME, Map.of("retry-max", "20s", "concurrency", "7")))
                .hasMessageContaining("retry-max: must be at least retry-min (PT30S), but was PT20S");
        assertThat(reconciler.options())
                .isEqualTo(Options.defaults().retrying(Duration.ofSeconds(30), Duration.ofMinutes(1)));
        configure("{}");
        assertThat(of("concurrency")).isEqualTo("1 from default");
    }

    @Test
    void set_refusesAllThatIsWrongTogether() {
        start(Options.defaults());
        assertThatThrownBy(() -> steering.set(NAME, Map.of("concurency", "2", "round-size", "0", "retry-min", "soon")))
                .hasMessageContaining("unknown key \"concurency\"; did you mean \"concurrency\"?")
                .hasMessageContaining("round-size: must be at least 1, but was 0")
                .hasMessageContaining("retry-min: expected a duration");
        assertThat(reconciler.options()).isEqualTo(Options.defaults());
    }

    @Test
    void reset_refusesWhatNobodySet_andWhatThereIsNot() {
        start(Options.defaults());
        assertThatThrownBy(() -> steering.reset(NAME, Set.of("concurrency")))
                .hasMessageContaining("nothing to take back");
        assertThatThrownBy(() -> steering.reset(NAME, Set.of("concurency")))
                .hasMessageContaining("unknown option \"concurency\"; did you mean \"concurrency\"?");
    }

    @Test
    void reconcilerThatIsStartedAgain_findsWhatWasSet() {
        start(Options.defaults()).release();
        assertThat(steering.options(NAME)).isEmpty();
        configure("docs/disk: {round-size: 5}");
        steering.set(NAME, Map.of("concurrency", "4"));
        assertThat(steering.take(NAME, Options.defaults()).options())
                .isEqualTo(Options.defaults().concurrency(4).rounds(5, 1000));
    }

    @Test
    void changeBetweenTheTakingAndTheStart_reachesTheReconciler() {
        Charge charge = steering.take(NAME, Options.defaults());
        reconciler.options(charge.options());
        configure("docs/disk: {round-size: 5}");
        charge.started(reconciler);
        assertThat(reconciler.options().roundSize()).isEqualTo(5);
    }

    @Test
    void earlierCharge_releasedLate_takesNothingFromTheNewOne() {
        Charge earlier = start(Options.defaults());
        Charge later = start(Options.defaults().concurrency(2));
        earlier.release();
        assertThat(steering.options(NAME)).isNotEmpty();
        later.release();
        assertThat(steering.options(NAME)).isEmpty();
    }

    @Test
    void everyOption_isShownWithItsMeaning() {
        start(Options.defaults());
        assertThat(steering.options(NAME))
                .hasSameSizeAs(List.of(Options.defaults().toString().split(", ", -1)))
                .allMatch(option ->
                        !option.value().isEmpty() && option.description().endsWith("."));
    }
}
