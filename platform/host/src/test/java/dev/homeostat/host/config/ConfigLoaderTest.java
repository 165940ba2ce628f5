package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
    @TempDir
    Path home;

    private void file(String text) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/homeostat.yaml"), text);
    }

    private HostConfig load() {
        return load(Map.of(), Map.of(), Map.of());
    }

    private HostConfig load(Map<String, String> flags, Map<String, String> properties, Map<String, String> variables) {
        return new ConfigLoader(new YamlReader())
                .load(home, flags, properties, variables)
                .config();
    }

    private List<String> problems(Map<String, String> properties) {
        return catchThrowableOfType(DocumentException.class, () -> load(Map.of(), properties, Map.of()))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void defaults_withoutAFile() {
        HostConfig config = load();
        assertThat(config.sources()).containsExactly("manifests");
        assertThat(config.sourcesIgnored()).isEmpty();
        assertThat(config.plugins().directories()).containsExactly("plugins");
        assertThat(config.plugins().disabled()).isEmpty();
        assertThat(config.plugins().contributeDeadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.plugins().stopDeadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.http().isOn()).isFalse();
        assertThat(config.http().address()).isEqualTo("127.0.0.1");
        assertThat(config.reconcilers()).isEmpty();
    }

    @Test
    void defaults_withAnEmptyFile() throws IOException {
        file("# nothing yet\n");
        assertThat(load().sources()).containsExactly("manifests");
    }

    @Test
    void everyKey_ofTheFile() throws IOException {
        file("""
            sources: [manifests, etcd]
            sources-ignored: [old]
            plugins:
              directories: [plugins, more]
              disabled: [noisy]
              contribute-deadline: 3s
              stop-deadline: 4s
            http: {port: 9464, address: "::1"}
            reconcilers:
              files/files: {concurrency: 3}
            """);
        HostConfig config = load();
        assertThat(config.sources()).containsExactly("manifests", "etcd");
        assertThat(config.sourcesIgnored()).containsExactly("old");
        assertThat(config.plugins().directories()).containsExactly("plugins", "more");
        assertThat(config.plugins().disabled()).containsExactly("noisy");
        assertThat(config.plugins().contributeDeadline()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.plugins().stopDeadline()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.http()).isEqualTo(new HostConfig.Http(9464, "::1"));
        assertThat(config.reconcilers()).containsOnlyKeys("files/files");
    }

    @Test
    void precedence_isFlagPropertyEnvironmentFileDefault() throws IOException {
        file("sources: [file]\nsources-ignored: [file]\nplugins: {disabled: [file], directories: [file]}\n");
        HostConfig config = load(
                Map.of("sources", "flag", "safe-mode", "true"),
                Map.of(
                        "homeostat.sources",
                        "property",
                        "homeostat.sources-ignored",
                        "property, other",
                        "java.home",
                        "x"),
                Map.of(
                        "HOMEOSTAT_SOURCES", "environment",
                        "HOMEOSTAT_SOURCES_IGNORED", "environment",
                        "HOMEOSTAT_PLUGINS_DISABLED", "environment",
                        "HOMEOSTAT_HOME", "/elsewhere"));
        assertThat(config.sources()).containsExactly("flag");
        assertThat(config.sourcesIgnored()).containsExactly("property", "other");
        assertThat(config.plugins().disabled()).containsExactly("environment");
        assertThat(config.plugins().directories()).containsExactly("file");
        assertThat(config.plugins().contributeDeadline()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyProblem_isReportedAtOnce_withItsPlaceAndTheNearestKey() throws IOException {
        file("""
            sorces: [manifests]
            plugins:
              directories: all
              contribute-deadline: 1ms
            reconcilers:
              files:
                concurrency: 1
              files/files:
                concurency: 2
                round-size: 0
            """);
        assertThat(problems(Map.of("homeostat.plugins.disable", "x", "homeostat.reconcilers.a/b.retry-min", "-5s")))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:1:").contains("sorces", "\"sources\""))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:3:").contains("directories"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:4:").contains("10ms"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:6:").contains("table/name"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:9:").contains("concurrency"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("-Dhomeostat.plugins.disable:")
                        .contains("disabled"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("-Dhomeostat.reconcilers.a/b.retry-min:")
                        .contains("retry-min"));
    }

    @Test
    void fileThatIsNoYaml_isReportedWithItsLine() throws IOException {
        file("sources: [a\nplugins: }\n");
        assertThat(problems(Map.of())).allMatch(problem -> problem.startsWith("conf/homeostat.yaml:"));
    }

    @Test
    void fileThatIsAList_isRefused() throws IOException {
        file("- a\n");
        assertThat(problems(Map.of())).singleElement().asString().contains("conf/homeostat.yaml:1", "a list");
    }

    @Test
    void reconcilerOption_givenAsAProperty_goesBeforeTheFile() throws IOException {
        file("reconcilers: {files/files: {concurrency: 3, round-size: 7}}");
        var options = new ConfigLoader(new YamlReader())
                .load(home, Map.of(), Map.of("homeostat.reconcilers.files/files.concurrency", "5"), Map.of())
                .overrides()
                .of("files/files")
                .apply(dev.homeostat.api.reconcile.Options.defaults());
        assertThat(options.concurrency()).isEqualTo(5);
        assertThat(options.roundSize()).isEqualTo(7);
    }
}
