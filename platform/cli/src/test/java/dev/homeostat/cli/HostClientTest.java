package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HostClientTest {
    @TempDir
    Path directory;

    /** Ctrl-C in the shell may come before the connection is made: the host is there all the same. */
    @Test
    void interruptBeforeTheConnection_isNotTakenForAHostThatIsGone() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        try (ScriptedHost host = new ScriptedHost(directory.resolve("data/control.sock"))) {
            HostClient client = new HostClient(new Home(directory, "test", ""));
            Thread.currentThread().interrupt();
            CommandException failure =
                    catchThrowableOfType(CommandException.class, () -> client.call("db.tables", Map.of()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure).hasMessage("interrupted");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(host.requests).isEmpty();
        }
    }

    /** A look at the target of all rows takes as long as there are rows. */
    @Test
    void aHostThatWorksLong_isWaitedFor_asLongAsItGivesASign() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedHost host = new ScriptedHost(directory.resolve("data/control.sock"))) {
            host.hold("db.tables", done);
            HostClient client = new HostClient(new Home(directory, "test", ""), Duration.ofSeconds(2));
            FutureTask<Doc> call = new FutureTask<>(() -> client.call("db.tables", Map.of()));
            Thread.ofVirtual().start(call);
            await("longer than it may be silent").until(() -> host.blanks.get() > 25);
            done.countDown();
            assertThat(call.get().docs("tables")).isNotEmpty();
        }
    }

    @Test
    void observe_withoutATime_leavesItToTheHost() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        try (ScriptedHost host = new ScriptedHost(directory.resolve("data/control.sock"))) {
            Call.of(directory, "reconcilers", "observe", "docs/disk");
            Call.of(directory, "reconcilers", "observe", "docs/disk", "--timeout", "2m");
            assertThat(host.requests.get(0)).doesNotContain("timeoutMillis");
            assertThat(host.requests.get(1)).contains("\"timeoutMillis\":120000");
        }
    }

    @Test
    void call_leavesNoThreadBehind() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        try (ScriptedHost host = new ScriptedHost(directory.resolve("data/control.sock"))) {
            new HostClient(new Home(directory, "test", "")).call("db.tables", Map.of());
            assertThat(host.requests).hasSize(1);
            await("no thread watches what has ended")
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("watchdog")));
        }
    }
}
