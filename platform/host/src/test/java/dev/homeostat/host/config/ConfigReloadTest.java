package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReloadTest {
    @TempDir
    Path home;

    private final HealthBoard board = new HealthBoard(VirtualScheduler.inOrder());
    private final List<ReconcilerOverrides> applied = new ArrayList<>();
    private boolean refuses;

    private void file(String text) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/homeostat.yaml"), text);
    }

    private ConfigLoader.Loaded load() {
        return new ConfigLoader(new YamlReader())
                .load(home, Map.of(), Map.of("homeostat.reconcilers.a/b.round-size", "5"), Map.of());
    }

    private ConfigReload started() {
        ConfigLoader.Loaded loaded = load();
        ConfigurationHealth health = new ConfigurationHealth(
                board,
                loaded.overrides(),
                UnusedSettings.of(home, loaded.document(), Map.of(), Map.of(), PluginNames.UNKNOWN));
        health.pluginChanged(plugin("files"));
        ConfigReload reload = new ConfigReload(this::load, loaded, this::apply, health);
        health.accepted(ReconcilerOverrides.NONE, List.of());
        health.show();
        return reload;
    }

    private static PluginView plugin(String id) {
        return new PluginView(id, "1", PluginView.State.FOUND, "", "", "", Instant.EPOCH, List.of(), List.of());
    }

    @Test
    void whatNothingUses_isShownWithWhatMayHaveBeenMeant_andIsNoFault() throws IOException {
        file("plugins: {disabled: [fles, files]}");
        Files.createDirectories(home.resolve("conf/plugins"));
        Files.writeString(home.resolve("conf/plugins/fils.yaml"), "directory: x");
        Files.writeString(home.resolve("conf/plugins/files.yaml"), "directory: x");
        started();
        assertThat(ok()).isTrue();
        assertThat(message().lines())
                .containsExactly(
                        "is not used: conf/plugins/fils.yaml: there is no plugin \"fils\"; did you mean \"files\"?",
                        "is not used: conf/homeostat.yaml:1: plugins.disabled: there is no plugin \"fles\"; did you"
                                + " mean \"files\"?");
    }

    private void apply(ReconcilerOverrides overrides) {
        if (refuses) {
            throw new DocumentException(new Place("conf/homeostat.yaml", 9), "does not go with the plugin");
        }
        applied.add(overrides);
    }

    private int concurrency() {
        return applied.getLast().of("a/b").apply(Options.defaults()).concurrency();
    }

    private String message() {
        return board.lines().stream().map(HealthLine::message).findFirst().orElse("");
    }

    private boolean ok() {
        return board.lines().stream().allMatch(HealthLine::ok);
    }

    @Test
    void goodChange_isApplied_underWhatGoesBeforeTheFile() throws IOException {
        file("");
        ConfigReload reload = started();
        file("reconcilers: {a/b: {concurrency: 3, round-size: 9}}");
        reload.run();
        assertThat(concurrency()).isEqualTo(3);
        assertThat(applied.getLast().of("a/b").apply(Options.defaults()).roundSize())
                .isEqualTo(5);
        assertThat(applied.getLast().of("a/b").place(ReconcilerOption.ROUND_SIZE))
                .hasToString("-Dhomeostat.reconcilers.a/b.round-size");
    }

    @Test
    void badChange_isRejectedAsAWhole_withEveryProblem_untilItIsMended() throws IOException {
        file("");
        ConfigReload reload = started();
        file("sorces: []\nreconcilers:\n  a/b: {concurrency: 3}\n  a/c: {round-size: 0}\n");
        reload.run();
        assertThat(applied).isEmpty();
        assertThat(ok()).isFalse();
        assertThat(message())
                .startsWith("the changed configuration was rejected, and what was in force stays\n")
                .contains("conf/homeostat.yaml:1: ", "\"sources\"", "conf/homeostat.yaml:4: round-size: must be");
        file("reconcilers: {a/b: {concurrency: 3}}");
        reload.run();
        assertThat(concurrency()).isEqualTo(3);
        assertThat(message()).doesNotContain("rejected");
    }

    @Test
    void rejectedFile_hidesNothingButProblemsOfWhatWasBefore_aProblemALine_untilItIsMended() throws IOException {
        file("reconcilers:\n  no/such: {}");
        ConfigReload reload = started();
        file("sources: [x]\nreconcilers:\n  no/such: {}");
        reload.run();
        assertThat(message().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("conf/homeostat.yaml:3: ") && line.contains("no/such"))
                .anyMatch(line -> line.equals("needs a restart: conf/homeostat.yaml:1: sources was changed"));
        file("\n\nsorces: [x]\nreconcilers:\n  no/such: {round-size: 0}");
        reload.run();
        assertThat(message().lines())
                .hasSize(4)
                .startsWith("the changed configuration was rejected, and what was in force stays")
                .anyMatch(line -> line.startsWith("conf/homeostat.yaml:3: "))
                .anyMatch(line -> line.startsWith("conf/homeostat.yaml:5: round-size"))
                .endsWith("needs a restart: sources was changed");
        file("reconcilers:\n\n  no/such: {}");
        reload.run();
        assertThat(message()).contains("no/such").doesNotContain("rejected", "restart");
    }

    @Test
    void changeThatARunningReconcilerRefuses_isRejectedToo() throws IOException {
        file("");
        ConfigReload reload = started();
        refuses = true;
        file("reconcilers: {a/b: {concurrency: 3}}");
        reload.run();
        assertThat(ok()).isFalse();
        assertThat(message()).contains("conf/homeostat.yaml:9: does not go with the plugin");
    }

    @Test
    void fileThatGoes_changesNothing_andIsReported_untilItIsBack() throws IOException {
        file("reconcilers: {a/b: {concurrency: 3}}");
        ConfigReload reload = started();
        Files.delete(home.resolve("conf/homeostat.yaml"));
        reload.run();
        assertThat(applied).isEmpty();
        assertThat(message()).contains("conf/homeostat.yaml: the file is gone");
        file("reconcilers: {a/b: {concurrency: 4}}");
        reload.run();
        assertThat(concurrency()).isEqualTo(4);
        assertThat(ok()).as(message()).isFalse(); // no such reconciler, that is all
        assertThat(message()).doesNotContain("gone");
    }

    @Test
    void fileThatWasNeverThere_isNotMissed() {
        ConfigReload reload = started();
        reload.run();
        assertThat(applied).hasSize(1);
        assertThat(message()).doesNotContain("gone");
    }

    @Test
    void otherSettings_areNamedAsNeedingARestart_untilTheyAreAsAtTheStart() throws IOException {
        file("plugins: {disabled: [a]}\n");
        ConfigReload reload = started();
        file("\nsources: [x]\nplugins:\n  disabled: [a, b]\n  stop-deadline: 3s\n");
        reload.run();
        assertThat(message())
                .contains(
                        "needs a restart: ",
                        "conf/homeostat.yaml:2: sources was changed",
                        "conf/homeostat.yaml:4: plugins.disabled was changed",
                        "conf/homeostat.yaml:5: plugins.stop-deadline was changed")
                .doesNotContain("directories");
        assertThat(applied).hasSize(1);
        file("plugins: {disabled: [a]}\n# as it was");
        reload.run();
        assertThat(message()).doesNotContain("restart");
    }
}
