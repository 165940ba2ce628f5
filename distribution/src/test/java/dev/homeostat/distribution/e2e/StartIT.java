package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartIT extends E2eTest {
    @Test
    void run_emptyHome_saysInOneLineThatItIsReadyWhatIsLoadedAndHowLongItTook() {
        long begin = System.nanoTime();
        HostProcess host = start();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(host.out().lines()).hasSize(1);
        assertThat(host.awaitReady())
                .contains("ready", "2 plugins", "1 table", "1 reconciler")
                .containsPattern("\\d+(\\.\\d+)? ?m?s");
        assertThat(host.err()).isEmpty();
        System.out.println("process start to ready line: " + took.toMillis() + " ms; it says: " + host.awaitReady());
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void run_whereNoJavaIsInstalled_fromAnyDirectoryThroughLinksAndSpaces() throws Exception {
        Path odd = Files.createDirectories(directory.resolve("odd $place"));
        Path link = Files.createSymbolicLink(odd.resolve("one"), Installed.SCRIPT);
        closing(() -> Files.delete(link)); // JUnit would rather not delete links that lead out of its directory
        Files.createSymbolicLink(odd.resolve("h s"), link.getFileName());
        home = new Home(odd.resolve("the home"));
        home.manifest("größe.yaml", Yaml.files(Map.of("größe.txt", "ü")));

        HostProcess host = closing(HostProcess.launch(
                new ProcessBuilder("/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "./h s", "run", "--home", "the home")
                        .directory(odd.toFile())));
        host.awaitReady();

        await("the file")
                .untilAsserted(() -> assertThat(home.managed("größe.txt")).hasContent("ü"));
        Answer answer = Answer.of(new ProcessBuilder(
                        "/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "HOMEOSTAT_HOME=the home", "./h s", "status")
                .directory(odd.toFile()));
        assertThat(answer.err()).isEmpty();
        answer.hasCode(0);
        assertThat(host.err()).isEmpty();
    }

    @Test
    void run_wrongUsage_exits2AndSaysWhatToDo() {
        HostProcess host = closing(HostProcess.launch(home, List.of(), Map.of(), "--nonsense"));

        assertThat(host.awaitExit()).isEqualTo(2);
        assertThat(host.err()).contains("unknown option \"--nonsense\"", "--help");
    }

    @Test
    void run_badConfiguration_exits78AndNamesFileAndLine() {
        home.config("# a comment\nno-such-setting: 1\n");

        HostProcess host = closing(HostProcess.launch(home, List.of(), Map.of()));

        assertThat(host.awaitExit()).isEqualTo(78);
        assertThat(host.err()).contains("conf/homeostat.yaml:2", "no-such-setting");
    }

    @Test
    void run_safeMode_startsNoPlugin() {
        HostProcess host = start("--safe-mode");

        assertThat(host.awaitReady()).contains("0 plugins");
    }

    @Test
    void run_secondHostOnOneHome_isRefusedAndTheFirstGoesOn() {
        HostProcess first = start();
        HostProcess second = closing(HostProcess.launch(home, List.of(), Map.of()));

        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.err()).contains(home.directory().toString(), Long.toString(first.pid()));
        home.command("status").hasCode(0);
    }

    @Test
    void terminate_stopsWithinFiveSeconds_andTheSameHomeStartsAgain() {
        home.manifest("hello.yaml", Yaml.HELLO);
        HostProcess host = start();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        long begin = System.nanoTime();
        assertThat(host.terminate()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(host.err()).isEmpty();
        assertThat(home.managed("greeting.txt")).hasContent("hello, world");
        home.command("status").hasCode(3);

        start();
        await("all is done again").untilAsserted(() -> home.command("status").hasCode(0));
        assertThat(home.managed("greeting.txt")).hasContent("hello, world");
    }

    @Test
    void kill_leavesNothingThatKeepsTheNextHostFromStarting() {
        HostProcess host = start();
        host.kill();

        start();
        home.command("status").hasCode(0);
    }

    @Test
    void process_hasTheFlagsOfTheHost() {
        try (Jmx jmx = attach(start())) {
            // Collections that the host asks for, to see whether a plugin is gone, would stop it, or see nothing.
            assertThat(jmx.flag("ExplicitGCInvokesConcurrent")).isEqualTo("true");
            assertThat(jmx.flag("MaxTenuringThreshold")).isEqualTo("1");
            assertThat(jmx.flag("UseCompactObjectHeaders")).isEqualTo("true");
        }
    }

    @Test
    void log_holdsNothingOfTheJvmsOwnMaking() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        HostProcess host = start();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));
        try (Jmx jmx = Jmx.attach(host)) {
            assertThat(jmx.names("dev.homeostat:*")).isNotEmpty();
        }
        home.command("status").hasCode(0);
        host.terminate();

        String log = Files.readString(home.path("logs/homeostat.log"));
        assertThat(log).isNotEmpty();
        for (String text : List.of(log, host.out(), host.err())) {
            assertThat(text.lines())
                    .noneMatch(line -> line.startsWith("WARNING:") || line.contains("sun.misc.Unsafe"))
                    .noneMatch(line -> line.contains("native access") || line.contains("native-access"))
                    .noneMatch(line -> line.contains("agent has been loaded") || line.contains("[warning]"));
        }
    }
}
