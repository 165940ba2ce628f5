package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.plugin.Deadline;
import dev.homeostat.launcher.HostRunner;
import dev.homeostat.launcher.Launch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunnerTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(HostFixture host) {
        return new Runner(stream(out), stream(err)).run(host.launch(Map.of()));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void runner_isAService() {
        assertThat(Runner.class.getModule().getDescriptor().provides())
                .anyMatch(provides -> provides.service().equals(HostRunner.class.getName())
                        && provides.providers().contains(Runner.class.getName()));
    }

    @Test
    void badConfiguration_exits78_withEveryProblem() {
        HostFixture host = new HostFixture(directory).file("conf/homeostat.yaml", "sorces: [a]\nplugins: 7\n");
        assertThat(run(host)).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("conf/homeostat.yaml:1: ", "conf/homeostat.yaml:2: ", host.home.toString());
        assertThat(out.size()).isZero();
    }

    @Test
    void secondHostOnAHome_exits1_andNamesTheFirst() throws Exception {
        try (HostFixture host = new HostFixture(directory)) {
            host.start();
            assertThat(run(host)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains(
                            host.home.toString(),
                            "process " + ProcessHandle.current().pid(),
                            "--home");
            assertThat(host.host().state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void startThatFailsHalfWay_exits1_saysWhy_andLeavesNothing() throws Exception {
        try (HostFixture host = new HostFixture(directory)
                .with(MemoPlugin.jar(), "memos.jar")
                .file("data/control.sock", "not a socket")) {
            assertThat(run(host)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("homeostat run: the host cannot start: control socket: ")
                    .contains("control.sock exists and is not a socket: move it away");
            assertThat(out.size()).isZero();
            assertThat(host.home.resolve("data/control.sock")).hasContent("not a socket");
            assertThat(host.home.resolve("data/host.lock")).isEmptyFile();
            assertThat(host.home.resolve("data/code")).doesNotExist();
            assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("dev.homeostat*:*"), null))
                    .isEmpty();
            Files.delete(host.home.resolve("data/control.sock"));
            assertThat(host.start().host().state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void hostThatNobodyCouldSteer_startsNoPlugin() throws Exception {
        String ran = "homeostat.test.ran";
        try (HostFixture host = new HostFixture(directory)
                .with(PluginJar.modular("early", "System.setProperty(\"" + ran + "\", \"yes\");"), "early.jar")
                .file("data/control.sock", "not a socket")) {
            assertThat(run(host)).isEqualTo(1);
            assertThat(System.getProperty(ran)).isNull();
            Files.delete(host.home.resolve("data/control.sock"));
            host.start();
            assertThat(System.getProperty(ran)).isEqualTo("yes");
        } finally {
            System.clearProperty(ran);
        }
    }

    @Test
    void startThatFailsUnexpectedly_exits1_andLeavesNothing() throws Exception {
        try (HostFixture host =
                new HostFixture(directory).file("conf/homeostat.yaml", "plugins: {directories: [\"a\\0b\"]}\n")) {
            assertThat(run(host)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("homeostat run: the host cannot start: ")
                    .contains("Nul character", "logs");
            host.file("conf/homeostat.yaml", "\n");
            assertThat(host.start().host().state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void homeThatCannotBeLocked_exits1_andNamesTheFile() throws Exception {
        HostFixture host = new HostFixture(directory);
        Files.createDirectories(host.home.resolve("data/host.lock"));
        assertThat(run(host)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "cannot be locked", host.home.resolve("data/host.lock").toString(), "--home");
    }

    @Test
    void pluginsAreNotStarted_afterTheHostBeganToStop() throws Exception {
        try (HostFixture host = new HostFixture(directory).with(MemoPlugin.jar(), "memos.jar")) {
            Host opened = host.open(Map.of());
            opened.parts().lifecycle().runInstead(() -> {}, Deadline.in(Duration.ofSeconds(5), opened.scheduler()));
            assertThatThrownBy(() -> opened.parts()
                            .lifecycle()
                            .run(() -> opened.parts()
                                    .plugins()
                                    .follow(opened.parts().folders().first())))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(opened.plugins()).isEmpty();
        }
    }

    @Test
    void home_canBeUsedAgainAfterAStop_andAfterAStartThatFailed() throws Exception {
        try (HostFixture host = new HostFixture(directory)) {
            host.start().close();
            host.file("conf/homeostat.yaml", "oops: 1\n");
            assertThat(run(host)).isEqualTo(78);
            host.file("conf/homeostat.yaml", "\n");
            assertThat(host.start().host().state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void lockFileOfAHostThatWasKilled_keepsNobodyOut() throws Exception {
        try (HostFixture host = new HostFixture(directory).file("data/host.lock", "4711\n")) {
            assertThat(host.start().host().state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void newHome_getsItsDirectories_andAUsedOneKeepsWhatIsMissing() throws Exception {
        Path home = Files.createDirectories(directory.resolve("new"));
        Launch launch = new Launch(directory, home, Instant.now(), Map.of());
        Environment nothing = new Environment(Map.of(), Map.of());
        Host.open(launch, BootPlatform.boot(), nothing).stop();
        for (String name : new String[] {"conf", "data", "logs", "manifests", "plugins"}) {
            assertThat(home.resolve(name)).isDirectory();
        }
        Files.delete(home.resolve("manifests"));
        Files.delete(home.resolve("logs"));
        Host.open(launch, BootPlatform.boot(), nothing).stop();
        assertThat(home.resolve("logs")).isDirectory();
        assertThat(home.resolve("manifests")).doesNotExist();
    }

    @Test
    void homeThatIsAFile_isRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        Launch launch = new Launch(directory, file, Instant.now(), Map.of());
        assertThatThrownBy(() -> Host.open(launch, BootPlatform.boot(), new Environment(Map.of(), Map.of())))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--home");
    }

    @Test
    void readyLine_countsWhatThereIs() throws Exception {
        try (HostFixture host =
                new HostFixture(directory).with(MemoPlugin.jar(), "memos.jar").with(PluginJar.empty(), "broken.jar")) {
            host.start();
            assertThat(ReadyLine.of(host.host()))
                    .matches("homeostat 0\\.1\\.0 is ready: 1 plugin \\(1 failed, see \"homeostat status\"\\), 1 table,"
                            + " 1 reconciler, in \\d+\\.\\d\\d s \\(home .*\\)");
        }
    }

    @Test
    void stop_duringTheStart_endsIt() throws Exception {
        HostFixture host = new HostFixture(directory)
                .with(PluginJar.modular("slow", "new CountDownLatch(1).await();"), "slow.jar");
        Host opened = host.open(Map.of());
        Thread starting = Thread.ofVirtual().start(() -> {
            try {
                opened.start();
            } catch (StartException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        org.awaitility.Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("slow: contribute")));
        long begin = System.nanoTime();
        opened.stop();
        starting.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(opened.state()).isEqualTo("STOPPED");
        assertThat(opened.startTook()).isNull();
    }
}
