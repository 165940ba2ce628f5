package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.tree.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnusedSettingsTest {
    @TempDir
    Path home;

    private List<String> unused(Map<String, String> properties, Map<String, String> environment) {
        ConfigLoader.Loaded loaded = new ConfigLoader(new YamlReader()).load(home, Map.of(), properties, environment);
        return UnusedSettings.of(home, loaded.document(), properties, environment, PluginNames.UNKNOWN)
                .where(List.of())
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void propertyThatBeginsAsASetting_andIsNone_isNamed() {
        assertThat(unused(Map.of("homeostat.source", "[x]", "homeostat.logs", "x", "user.home", "x"), Map.of()))
                .containsExactly("-Dhomeostat.source: there is no such setting; did you mean \"homeostat.sources\"?");
    }

    @Test
    void variableThatBeginsAsASetting_andIsNone_isNamed() {
        assertThat(unused(Map.of(), Map.of("HOMEOSTAT_PLUGIN_DISABLED", "files", "PATH", "x", "HOMEOSTAT_HOME", "x")))
                .containsExactly(
                        "environment variable HOMEOSTAT_PLUGIN_DISABLED: there is no such setting; did you mean"
                                + " \"HOMEOSTAT_PLUGINS_DISABLED\"?");
    }

    @Test
    void whatIsRead_isNotNamed() {
        assertThat(unused(
                        Map.of("homeostat.sources", "[x]", "homeostat.reconcilers.a/b.concurrency", "2"),
                        Map.of("HOMEOSTAT_SOURCES_IGNORED", "y")))
                .isEmpty();
    }
}
