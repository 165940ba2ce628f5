package dev.homeostat.host.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.reconcile.Mode;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconcilerSteeringTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String NAME = "docs/disk";

    @TempDir
    Path home;

    private ReconcilerSteering steering;
    private final FakeReconciler<?> reconciler = new FakeReconciler<>("disk", new FakeTable<>(Example.Doc.TABLE));

    private ReconcilerSteering steering(ReconcilerOverrides configured) {
        return new ReconcilerSteering(configured, new KeptFile(home), new YamlReader(), () -> NOW);
    }

    @BeforeEach
    void home() throws IOException {
        Files.createDirectories(home.resolve("data"));
        steering = steering(ReconcilerOverrides.NONE);
    }

    /** The host was restarted: another process would begin so. */
    private void restart() {
        steering = steering(ReconcilerOverrides.NONE);
    }

    private static Key key(String text) {
        return Keys.STRING.encode(text);
    }

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
                .hasMessageStartingWith(
                        "conf/homeostat.yaml:3: reconciler docs/disk: retry-max: must be at least retry-min")
                .hasMessageEndingWith("; retry-min is from command at 2026-01-02T03:04:05Z");
        assertThatThrownBy(() -> charge.declare(Options.defaults()
                        .retrying(Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .concurrency(8)))
                .hasMessageContaining("retry-max: must be at least retry-min (");
        assertThatThrownBy(() -> steering.set(NAME, Map.of("retry-max", "20s", "concurrency", "7")))
                .hasMessageContaining("retry-max: must be at least retry-min (");
        assertThat(reconciler.options())
                .isEqualTo(Options.defaults().retrying(Duration.ofSeconds(30), Duration.ofMinutes(1)));
        configure("{}");
        assertThat(of("concurrency")).isEqualTo("1 from default");
    }

    @Test
    void reset_thatWhatIsSaidElsewhereForbids_namesThePlace() {
        start(Options.defaults());
        steering.set(NAME, Map.of("retry-max", "5m"));
        configure("docs/disk:\n  concurrency: 2\n  retry-min: 2m");
        assertThatThrownBy(() -> steering.reset(NAME, Set.of("retry-max")))
                .hasMessageStartingWith("conf/homeostat.yaml:3: reconciler docs/disk: retry-max: must be at least");
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

    @Test
    void pause_holdsTheModeBack_andResumeBringsItBack() {
        start(Options.defaults());
        configure("docs/disk: {mode: plan}");
        assertThat(steering.pause(NAME)).isTrue();
        assertThat(steering.pause(NAME)).isFalse();
        assertThat(of("mode")).isEqualTo("paused from command at 2026-01-02T03:04:05Z");
        assertThat(reconciler.options().mode()).isEqualTo(Mode.PAUSED);
        assertThat(steering.resume(NAME)).isTrue();
        assertThat(steering.resume(NAME)).isFalse();
        assertThat(of("mode")).isEqualTo("plan from conf/homeostat.yaml:1");
    }

    @Test
    void modePaused_isAPause_andAnyOtherModeEndsIt() {
        start(Options.defaults());
        steering.set(NAME, Map.of("mode", "plan"));
        steering.set(NAME, Map.of("mode", "paused", "concurrency", "2"));
        assertThat(reconciler.options())
                .isEqualTo(Options.defaults().mode(Mode.PAUSED).concurrency(2));
        steering.resume(NAME);
        assertThat(reconciler.options().mode()).isEqualTo(Mode.PLAN);
        steering.pause(NAME);
        steering.set(NAME, Map.of("mode", "apply"));
        assertThat(reconciler.options().mode()).isEqualTo(Mode.APPLY);
        steering.pause(NAME);
        steering.reset(NAME, Set.of("mode"));
        assertThat(of("mode")).isEqualTo("apply from default");
    }

    @Test
    void modesAndPauses_areKeptOverARestart_andOtherOptionsAreNot() {
        start(Options.defaults());
        steering.set(NAME, Map.of("mode", "plan", "concurrency", "4"));
        steering.pause(NAME);
        steering.pause(NAME, "b.txt");
        steering.pause(NAME, "odd\u0000\u2028 \"key\"");
        restart();
        start(Options.defaults());
        assertThat(of("mode")).isEqualTo("paused from command at 2026-01-02T03:04:05Z");
        assertThat(of("concurrency")).isEqualTo("1 from default");
        assertThat(reconciler.pausedKeys()).containsExactly(key("b.txt"), key("odd\u0000\u2028 \"key\""));
        assertThat(steering.pausedRows(NAME)).containsOnlyKeys("b.txt", "odd\u0000\u2028 \"key\"");
        steering.resume(NAME);
        assertThat(of("mode")).isEqualTo("plan from command at 2026-01-02T03:04:05Z");
        assertThat(steering.resume(NAME, "b.txt")).isTrue();
        assertThat(steering.resume(NAME, "b.txt")).isFalse();
        restart();
        start(Options.defaults());
        assertThat(of("mode")).startsWith("plan from command");
        assertThat(steering.pausedRows(NAME)).hasSize(1);
    }

    @Test
    void rowsThatArePaused_arePausedBeforeAnythingBegins() {
        steering.pause(NAME, "b.txt");
        Charge charge = steering.take(NAME, Options.defaults());
        assertThat(charge.options().mode()).isEqualTo(Mode.PAUSED);
        reconciler.options(charge.options());
        charge.started(reconciler);
        assertThat(reconciler.pausedKeys()).containsExactly(key("b.txt"));
        assertThat(reconciler.options()).isEqualTo(Options.defaults());
    }

    @Test
    void whatCannotBeKept_isNotDone() throws IOException {
        start(Options.defaults());
        Files.delete(home.resolve("data"));
        assertThatThrownBy(() -> steering.pause(NAME))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nothing was changed", "data/reconcilers.json");
        assertThatThrownBy(() -> steering.pause(NAME, "a")).isInstanceOf(UncheckedIOException.class);
        assertThat(reconciler.options().mode()).isEqualTo(Mode.APPLY);
        assertThat(reconciler.pausedKeys()).isEmpty();
        steering.set(NAME, Map.of("concurrency", "2"));
        assertThat(reconciler.options().concurrency()).isEqualTo(2);
    }

    @Test
    void damagedFile_keepsTheHostFromStarting() throws IOException {
        for (String damage : List.of("", "{\"reconcilers\":", "{\"reconcilers\":{\"a/b\":{\"mode\":\"stopped\"}}}")) {
            Files.writeString(home.resolve("data/reconcilers.json"), damage);
            assertThatThrownBy(this::restart)
                    .as(damage)
                    .isInstanceOf(DocumentException.class)
                    .hasMessageStartingWith("data/reconcilers.json: ")
                    .hasMessageContaining("mend the file, or delete it");
        }
    }

    @Test
    void reconcilerThatDoesNotRun_isNamedWithWhatWaitsForIt_untilThatIsTakenBack() {
        steering.set("memos/dusk", Map.of("mode", "plan"));
        steering.pause("memos/dusk", "a");
        steering.pause("memos/dusk");
        assertThat(steering.waiting())
                .containsOnlyKeys("memos/dusk")
                .extractingByKey("memos/dusk")
                .asString()
                .contains("mode was set to plan; it was paused; 1 row of it was paused: a", "--reset mode", "resume");
        assertThat(steering.resume("memos/dusk", "a")).isTrue();
        steering.reset("memos/dusk", Set.of());
        assertThat(steering.waiting()).isEmpty();
        restart();
        assertThat(steering.waiting()).isEmpty();
    }
}
