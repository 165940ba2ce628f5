package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is configured, and what is wrong with it: with a host that runs, and without. */
class ConfigIT extends E2eTest {
    private Answer inEnvironment(Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(
                List.of(Installed.SCRIPT.toString(), "--home", home.directory().toString()));
        command.addAll(List.of(words));
        return Answer.of(new ProcessBuilder(command), environment);
    }

    private static JsonNode setting(Answer answer, String owner, String key) {
        for (JsonNode one : answer.json().path("settings")) {
            if (one.path("owner").asString().equals(owner)
                    && one.path("key").asString().equals(key)) {
                return one;
            }
        }
        throw new AssertionError("no setting " + key + " of " + owner + " in " + answer);
    }

    @Test
    void withoutAHost_everyProblemIsFoundAtOnce_andNothingIsTouched() {
        home.config("sorces: [a]\nplugins:\n  stop-deadline: 1ms\n")
                .pluginConfig("files", "directory: [\n")
                .pluginConfig("fils", "{}\n");
        home.write("conf/jvm.options", "# of mine\n-Xmx256m\n-XX:+UseFooGC\n-Dhomeostat.sorted=x\n");

        Answer check = inEnvironment(Map.of("HOMEOSTAT_SOURCE", "a"), "config", "check")
                .hasCode(78);
        assertThat(check.out())
                .contains("conf/homeostat.yaml:1: unknown key \"sorces\"; did you mean \"sources\"?")
                .contains("conf/homeostat.yaml:3: plugins.stop-deadline: must be at least 10ms, but was 1ms")
                .contains("conf/plugins/files.yaml:2: is not valid YAML")
                .contains("conf/jvm.options:3: the JVM does not start with it: Unrecognized VM option 'UseFooGC'")
                .contains("environment variable HOMEOSTAT_SOURCE: is not used: there is no such setting; did you mean"
                        + " \"HOMEOSTAT_SOURCES\"?")
                .contains("-Dhomeostat.sorted: is not used")
                .contains("the configuration is not as it should be: 4 problems; no host runs there");
        assertThat(check.err()).isEmpty();
        assertThat(home.path("data")).doesNotExist();
        assertThat(home.path("logs")).doesNotExist();
        inEnvironment(Map.of(), "config", "show").hasCode(78);

        home.config("plugins:\n  stop-deadline: 5s\n").pluginConfig("files", "directory: elsewhere\n");
        home.write("conf/jvm.options", "-Xmx256m\n");
        assertThat(home.command("config", "check").hasCode(0).out())
                .contains("conf/plugins/fils.yaml: is not used: there is no plugin \"fils\"; did you mean \"files\"?")
                .contains("the configuration is as it should be");
        Answer show = inEnvironment(
                        Map.of("HOMEOSTAT_PLUGINS_DISABLED", "hello"),
                        "config",
                        "show",
                        "-Dhomeostat.sources=[x]",
                        "-o",
                        "json")
                .hasCode(0);
        assertThat(setting(show, "host", "sources").path("from").asString()).isEqualTo("-Dhomeostat.sources");
        assertThat(setting(show, "host", "plugins.disabled").path("from").asString())
                .isEqualTo("environment variable HOMEOSTAT_PLUGINS_DISABLED");
        assertThat(setting(show, "host", "plugins.stop-deadline").path("from").asString())
                .isEqualTo("conf/homeostat.yaml:2");
        assertThat(setting(show, "host", "plugins.contribute-deadline")
                        .path("from")
                        .asString())
                .isEqualTo("default");
        assertThat(home.command("config", "check", "-Dhomeostat.plugins.stop-deadline=1ms")
                        .hasCode(78)
                        .out())
                .contains("-Dhomeostat.plugins.stop-deadline: plugins.stop-deadline: must be at least 10ms");
    }

    @Test
    void ofARunningHost_itIsWhatIsInForce_andWhatARestartWouldChange() {
        home.config("reconcilers:\n  files/files:\n    retry-max: 7s\n")
                .pluginConfig("files", "refresh-interval: 30s\n");
        start();

        Answer show = home.command("config", "show", "-o", "json").hasCode(0);
        assertThat(setting(show, "plugin files", "refresh-interval").toString())
                .contains("\"value\":\"30s\"", "conf/plugins/files.yaml:1", "at least 100ms", "repaired");
        assertThat(setting(show, "plugin files", "directory").path("from").asString())
                .isEqualTo("default");
        assertThat(setting(show, "reconciler files/files", "retry-max").toString())
                .contains("\"value\":\"7s\"", "conf/homeostat.yaml:3");
        home.command("config", "check").hasCode(0);

        home.config("plugins: {stop-deadline: 3s}\n")
                .pluginConfig("files", "refresh-interval: 1ms\nprun-interval: 1h\n");
        assertThat(home.command("config", "check").hasCode(78).out())
                .contains("conf/plugins/files.yaml:1: refresh-interval: must be at least 100ms, but was 1ms")
                .contains("conf/plugins/files.yaml:2: unknown key \"prun-interval\"; did you mean \"prune-interval\"?")
                .doesNotContain("no host runs");
        show = home.command("config", "show", "-o", "json").hasCode(0);
        assertThat(setting(show, "host", "plugins.stop-deadline").toString())
                .contains("\"value\":\"10s\"", "\"afterRestart\":\"3s\"", "conf/homeostat.yaml:1");
        await("the rejected change in the status")
                .untilAsserted(
                        () -> assertThat(home.command("status").hasCode(1).out())
                                .contains("what was in force stays", "prun-interval"));

        home.pluginConfig("files", "refresh-interval: 20s\n");
        await("the change, by a reload of the plugin")
                .untilAsserted(() -> assertThat(setting(
                                        home.command("config", "show", "-o", "json"),
                                        "plugin files",
                                        "refresh-interval")
                                .path("value")
                                .asString())
                        .isEqualTo("20s"));
        await("health").untilAsserted(() -> home.command("status").hasCode(0));
    }
}
