package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code plugins new} writes is built with the sdk of the installation, passes its own tests, and is dropped into a running host. */
class NewPluginIT extends E2eTest {
    @Test
    void newPlugin_isBuiltAndTestedWithTheSdk_andRunsInAHostThatRan() throws Exception {
        Path project = directory.resolve("chores");
        home.command("plugins", "new", project.toString(), "--id", "house-chores", "--package", "org.example.chores")
                .hasCode(0);

        Answer built = build(project, "verify").hasCode(0);

        assertThat(built.out())
                .containsPattern("Tests run: [1-9][0-9]+, Failures: 0, Errors: 0")
                .containsPattern("Tests run: 2, Failures: 0, Errors: 0, .*HouseChoresPluginTest");
        start();
        Path jar = project.resolve("target/house-chores-1.0.0.jar");
        Files.copy(jar, Files.createDirectories(home.path("plugins")).resolve("house-chores.jar"));
        Files.copy(project.resolve("example.yaml"), home.path("manifests/chores.yaml"));
        await("the example's rows")
                .untilAsserted(() -> assertThat(home.path("data/house-chores/hello"))
                        .content()
                        .isEqualTo("Hello, world\n"));
        home.command("wait", "house-chores").hasCode(0);
        assertThat(home.command("plugins").out()).containsPattern("house-chores +1.0.0 +active .* module layer");
        home.write("data/house-chores/leftover", "nobody wants it");
        home.command("reconcilers", "prune", "house-chores/disk").hasCode(0);
        assertThat(home.path("data/house-chores/leftover")).doesNotExist();
    }

    @Test
    void newPlugin_thatLeavesAThread_failsItsOwnTests() throws Exception {
        Path project = directory.resolve("leaks");
        home.command("plugins", "new", project.toString(), "--id", "leaks", "--package", "org.example.leaks")
                .hasCode(0);
        Path plugin = project.resolve("src/main/java/org/example/leaks/LeaksPlugin.java");
        Files.writeString(plugin, Files.readString(plugin).replace("(PluginContext context) {", """
            (PluginContext context) {
            Thread forgotten = new Thread(() -> java.util.concurrent.locks.LockSupport.parkNanos(Long.MAX_VALUE), "forgotten");
            forgotten.setDaemon(true);
            forgotten.start();
            """));

        Answer built = build(project, "test", "-Dtest=LeaksPluginTest").hasCode(1);

        assertThat(built.out())
                .contains("plugin \"leaks\" has leaked: version 1.0.0 was unloaded and is still in memory: thread"
                        + " \"forgotten\": it is in"
                        + " org.example.leaks.LeaksPlugin.lambda$contribute$0(LeaksPlugin.java:");
    }

    private static Answer build(Path project, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Author.maven().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        return Answer.of(builder, Map.of(), Duration.ofMinutes(5));
    }
}
