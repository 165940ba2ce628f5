package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rows that people write and watch, in a host with the plugin "files". */
class DbIT extends E2eTest {
    /** A command that goes on until it is told to end, as at Ctrl-C. */
    private record Watching(Process process, Path out) implements AutoCloseable {
        static Watching of(Home home, String... words) throws IOException {
            Path out = home.path("watched");
            ProcessBuilder builder = new ProcessBuilder(
                    "env",
                    "--default-signal=INT",
                    Installed.SCRIPT.toString(),
                    "--home",
                    home.directory().toString());
            builder.command().addAll(List.of(words));
            return new Watching(
                    builder.redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start(),
                    out);
        }

        String shown() throws IOException {
            return Files.readString(out);
        }

        int interrupt() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private String insert(String rows) {
        return home.command(
                        "db",
                        "insert",
                        "files",
                        "-f",
                        home.write("rows.yaml", rows).toString())
                .hasCode(0)
                .out();
    }

    @Test
    void rowsByCommand_areWorkedOn_watched_deleted_andGoneAfterARestart() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        HostProcess host = start();
        await("the rows of the manifest").until(() -> Files.exists(home.managed("greeting.txt")));
        try (Watching watching = closing(Watching.of(home, "db", "watch", "files"))) {
            // What comes before the watch has begun is not told: so it is written until it is.
            await("the watch").untilAsserted(() -> {
                insert("{path: motd.txt, content: '" + System.nanoTime() + "'}");
                assertThat(watching.shown()).contains("update", "motd.txt");
            });
            await("the status").untilAsserted(() -> assertThat(watching.shown()).contains("Done"));
            assertThat(home.managed("motd.txt")).exists();

            assertThat(insert("[{path: motd.txt, content: at noon}, {path: other.txt, content: x}]"))
                    .contains("1 inserted, 1 updated", "until the host stops");
            await("the new content")
                    .untilAsserted(() -> assertThat(home.managed("motd.txt")).hasContent("at noon"));
            assertThat(home.command("db", "show", "files", "--where", "content=at noon", "--columns", "content")
                            .hasCode(0)
                            .out())
                    .contains("motd.txt", "at noon")
                    .doesNotContain("other.txt");

            assertThat(home.command("db", "delete", "files", "other.txt")
                            .hasCode(0)
                            .out())
                    .contains("deleted");
            await("the file goes").until(() -> Files.notExists(home.managed("other.txt")));
            await("the delete").untilAsserted(() -> assertThat(watching.shown()).contains("delete  other.txt"));
            assertThat(watching.interrupt()).as("ended by Ctrl-C").isEqualTo(130);
        }
        host.terminate();
        start();
        await("the prune").until(() -> Files.notExists(home.managed("motd.txt")));
        assertThat(home.command("db", "get", "files", "motd.txt").hasCode(1).err())
                .contains("has no row");
        assertThat(home.managed("greeting.txt")).exists();
    }

    @Test
    void rowsOfAManifest_areRefused_andTheFileIsNamed() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        await("the rows of the manifest").until(() -> Files.exists(home.managed("greeting.txt")));
        Answer inserted = home.command(
                        "db",
                        "insert",
                        "files",
                        "-f",
                        home.write("rows.yaml", "{path: greeting.txt, content: mine}")
                                .toString())
                .hasCode(1);
        assertThat(inserted.err()).contains("belongs to", "hello.yaml");
        assertThat(home.command("db", "delete", "files", "greeting.txt")
                        .hasCode(1)
                        .err())
                .contains("hello.yaml");
        assertThat(home.command(
                                "db",
                                "insert",
                                "files",
                                "-f",
                                home.write("rows.yaml", "- {pth: x}\n").toString())
                        .hasCode(1)
                        .err())
                .contains("rows.yaml:1", "did you mean \"path\"");
    }
}
