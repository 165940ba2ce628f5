package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** The worked example of "Recording with JFR" in docs/operations.md: its commands are run as they stand there, with the tools that the installation brings. */
class RecordingIT extends E2eTest {
    private static final int FILES = 50;

    @Test
    void workedExample_isDoneAsItStandsThere_andFindsEveryOperation() throws Exception {
        HostProcess host = start();
        Path file = directory.resolve("look.jfr");
        List<String> commands = commands();
        assertThat(commands).hasSize(5);

        assertThat(run(commands.get(0), host, file)).contains(host.pid() + " dev.homeostat.launcher/");
        assertThat(run(commands.get(1), host, file))
                .contains("Started recording")
                .doesNotContain("Warning");
        home.manifest("many.yaml", Yaml.files(files()));
        await("all is done").untilAsserted(() -> {
            assertThat(home.managed("f" + (FILES - 1))).exists();
            home.command("wait", "files", "--timeout", "20s").hasCode(0);
        });
        assertThat(run(commands.get(2), host, file)).contains("Stopped recording \"look\"");
        assertThat(run(commands.get(3), host, file)).contains("dev.homeostat.Operation", "dev.homeostat.Round");
        assertThat(run(commands.get(4), host, file)).contains("Reconciler", "Key", "files/files", "f1 ");

        List<RecordedEvent> operations = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.homeostat.Operation"))
                .filter(event -> event.getString("operation").equals("update"))
                .toList();
        assertThat(operations).extracting(event -> event.getString("key")).containsAll(files().keySet());
        assertThat(operations).allSatisfy(event -> {
            assertThat(event.getString("reconciler")).isEqualTo("files/files");
            assertThat(event.getString("outcome")).isEqualTo("done");
            assertThat(event.getDuration()).isPositive();
            assertThat(event.getThread().isVirtual()).isTrue();
        });
    }

    /** Loads of plugins are before anybody can ask for a recording. */
    @Test
    void aStart_isRecordedFromItsBeginning() throws Exception {
        Path file = directory.resolve("start.jfr");
        HostProcess host = closing(HostProcess.launch(
                home,
                List.of(),
                Map.of("HOMEOSTAT_JVM_OPTIONS", "-XX:StartFlightRecording:filename=" + file + " -Xlog:jfr*=off")));
        host.awaitReady();
        assertThat(host.terminate()).isZero();

        assertThat(RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals("dev.homeostat.PluginLoad"))
                        .map(event -> event.getString("plugin")))
                .containsExactlyInAnyOrder("files", "manifests");
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < FILES; i++) {
            files.put("f" + i, "x");
        }
        return files;
    }

    /** The lines of the section that begin with a dollar sign. */
    private static List<String> commands() throws IOException {
        String page = Files.readString(Path.of("../docs/operations.md"));
        String section = page.substring(page.indexOf("## Recording with JFR"));
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static String run(String command, HostProcess host, Path file) {
        String here = command.replace("4711", Long.toString(host.pid())).replace("/tmp/look.jfr", file.toString());
        return Answer.of(new ProcessBuilder("/bin/sh", "-c", here).directory(Installed.DIRECTORY.toFile()))
                .hasCode(0)
                .out();
    }
}
