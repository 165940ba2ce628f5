package dev.homeostat.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Properties properties = new Properties();

    @BeforeEach
    void makeInstallation() throws IOException {
        Files.createDirectories(directory.resolve("install/lib/host"));
        properties.setProperty(Places.INSTALL, directory.resolve("install").toString());
    }

    private int run(String... args) {
        Main main = new Main(
                Map.of(),
                properties,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return main.run(Arrays.asList(args), HostLayer::open);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void run_startsTheHostInALayerOfItsOwn_andGivesItsCode() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));

        assertThat(run("run")).isEqualTo(42);
        assertThat(run("run", "--safe-mode")).isEqualTo(7);
        assertThat(ModuleLayer.boot().findModule("dev.homeostat.host")).isEmpty();
        assertThat(ModuleLayer.boot().findModule("dev.homeostat.statedb")).isEmpty();
        assertThat(err()).isEmpty();
    }

    @Test
    void answer_isTheHostsToo_andLeavesTheLogOfTheHomeAlone() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));

        assertThat(run("answer", "-Dhomeostat.sources=a")).isEqualTo(9);
        assertThat(properties.getProperty(LogSetup.CONFIGURATION)).endsWith("logback-console.xml");
        assertThat(properties.getProperty("homeostat.sources")).isEqualTo("a");
        assertThat(directory.resolve("install/logs")).doesNotExist();
    }

    @Test
    void hostLayer_sharesTheModulesOfTheBootLayer() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));

        HostRunner host = Objects.requireNonNull(HostLayer.open(directory.resolve("install/lib/host")));

        ClassLoader loader = host.getClass().getClassLoader();
        assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
        assertThat(host.getClass().getModule().getLayer()).isNotSameAs(ModuleLayer.boot());
    }

    @Test
    void hostLayer_passesOnWhatWasOpenedToTheLauncher_andToTheHostOnly() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));

        HostRunner host = Objects.requireNonNull(HostLayer.open(directory.resolve("install/lib/host")));

        Module base = Object.class.getModule();
        Module module = host.getClass().getModule();
        assertThat(base.isOpen("java.lang", Main.class.getModule()))
                .as("opened by the command line of the tests")
                .isTrue();
        assertThat(base.isOpen("java.lang", module)).isTrue();
        assertThat(base.isOpen("java.lang.reflect", module)).isFalse();
        assertThat(module.getLayer().modules())
                .filteredOn(other -> base.isOpen("java.lang", other))
                .containsExactly(module);
    }

    @Test
    void launcher_isExportedToTheHostOnly() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));

        HostRunner host = Objects.requireNonNull(HostLayer.open(directory.resolve("install/lib/host")));

        Module launcher = Main.class.getModule();
        assertThat(host.getClass().getModule().getLayer().modules())
                .filteredOn(other -> launcher.isExported("dev.homeostat.launcher", other))
                .containsExactly(host.getClass().getModule());
        assertThat(launcher.getDescriptor().exports()).isNotEmpty().allMatch(exports -> exports.isQualified());
    }

    @Test
    void run_setsLogsBesideTheHome() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));
        Path home = Files.createDirectory(directory.resolve("home")).toRealPath();

        run("run", "--home", home.toString());

        assertThat(properties).containsEntry(LogSetup.LOGS, home.resolve("logs").toString());
    }

    @Test
    void run_givenProperties_areSetBeforeTheHostStarts() throws Exception {
        FakeHost.writeTo(directory.resolve("install/lib/host"));

        run("run", "-Dhomeostat.example=yes");

        assertThat(properties).containsEntry("homeostat.example", "yes");
    }

    @Test
    void run_withoutAHost_saysWhereItLooked() {
        assertThat(run("run")).isEqualTo(1);
        assertThat(err()).contains("no host in " + directory.resolve("install/lib/host"));
    }

    @Test
    void run_aJarThatIsNone_isNamed() throws Exception {
        Path jar = Files.writeString(directory.resolve("install/lib/host/broken.jar"), "garbage");

        assertThat(run("run")).isEqualTo(1);
        assertThat(err()).startsWith("homeostat run: the host in ").contains(jar.toString());
    }

    @Test
    void run_wrongUsage_endsWith2AndPointsToTheHelp() {
        assertThat(run("run", "--nonsense")).isEqualTo(2);
        assertThat(err())
                .startsWith("homeostat run: unknown option \"--nonsense\"")
                .contains("Try: homeostat run --help");
    }

    @Test
    void run_help_goesToStandardOutput() {
        assertThat(run("run", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(RunArguments.USAGE);
        assertThat(err()).isEmpty();
    }
}
