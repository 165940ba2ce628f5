package dev.homeostat.distribution.e2e;

import static dev.homeostat.distribution.e2e.PseudoTerminal.CTRL_C;
import static dev.homeostat.distribution.e2e.PseudoTerminal.CTRL_D;
import static dev.homeostat.distribution.e2e.PseudoTerminal.CTRL_U;
import static dev.homeostat.distribution.e2e.PseudoTerminal.ENTER;
import static dev.homeostat.distribution.e2e.PseudoTerminal.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code homeostat shell}, as a person uses it at a terminal, and as a script does without one. */
class ShellIT extends E2eTest {
    private PseudoTerminal shell() {
        return closing(PseudoTerminal.open(
                directory, Map.of(), Installed.SCRIPT + " --home '" + home.directory() + "' shell"));
    }

    @Test
    void commands_completion_history_andInterrupt_whileTheHostStopsAndStartsAgain() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        HostProcess host = start();
        home.command("wait").hasCode(0);
        PseudoTerminal shell = shell();
        shell.awaitShown("Ctrl-D leaves").awaitShown("home> ");

        shell.type("db ge" + TAB + "fi" + TAB + "gree" + TAB)
                .awaitShown("db get files greeting.txt")
                .type(ENTER)
                .awaitShown("hello, world");
        shell.type("reconcilers mode " + TAB).awaitShown("files/files ").type("pl" + TAB + ENTER);
        shell.awaitShown("mode apply -> plan");
        shell.type("homeostat reconcilers mode files apply" + ENTER).awaitShown("mode plan -> apply");

        // A host that is stopped by a signal answers nobody: the command waits until it is ended.
        signal(host, "STOP");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            boolean early = shell.type("db tables" + ENTER).shows("interrupted", Duration.ofMillis(500));
            assertThat(early).as(shell.plain()).isFalse();
            assertThat(shell.type(CTRL_C).shows("interrupted", Duration.ofSeconds(5)))
                    .as(shell.plain())
                    .isTrue();
        });
        signal(host, "CONT");
        shell.type("db tables" + ENTER).awaitShown("GRAVEYARD");

        host.terminate();
        shell.type("db tables" + ENTER).awaitShown("no host is reachable");
        shell.type("db get " + TAB + "x" + CTRL_C);
        start();
        shell.type("db tables" + ENTER).awaitShown("GRAVEYARD").awaitShown("home> ");

        shell.type(" db rejected" + ENTER).awaitShown("home> ");
        shell.type(CTRL_D).awaitEnd(0);
        Path history = directory.resolve(".local/state/homeostat/shell-history");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        assertThat(history).content().contains("db get files greeting.txt").doesNotContain("db rejected");

        PseudoTerminal next = shell();
        next.awaitShown("home> ").type("\u001bOA" + ENTER).awaitShown("GRAVEYARD");
        next.type("exit" + ENTER).awaitEnd(0);
    }

    /** Each ends one line and begins the next; between the two nobody reads and nothing runs. */
    @Test
    void ctrlC_atAnyMoment_neitherEndsTheShellNorHangsIt() {
        PseudoTerminal shell = shell();
        shell.awaitShown("Ctrl-D leaves").awaitShown("home> ");
        for (int i = 0; i < 20; i++) {
            for (int k = 0; k < 20; k++) {
                shell.type(CTRL_C).shows("home> ", Duration.ofMillis(1 + k % 3));
            }
            // The last signal may come after what is typed now, and make the shell forget that.
            Awaitility.await().until(() -> {
                shell.type(CTRL_U + "db get" + ENTER);
                return shell.shows("Missing required parameter", Duration.ofSeconds(2));
            });
        }
        shell.awaitShown("home> ").type(CTRL_D).awaitEnd(0);
    }

    private static void signal(HostProcess host, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(host.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void linesOfAFile_areRunInOneProcess_withoutTheLineEditor() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        home.command("wait").hasCode(0);
        Path lines = Files.writeString(directory.resolve("lines"), """
            # what is there
            db get files 'greeting.txt'
            db get files nowhere
            db tables -o json
            """);
        Answer answer = Answer.of(new ProcessBuilder(
                "sh", "-c", Installed.SCRIPT + " --home '" + home.directory() + "' shell < " + lines));
        assertThat(answer.hasCode(1).out()).contains("hello, world", "\"graveyard\"");
        assertThat(answer.err()).contains("has no row \"nowhere\"");
    }
}
