package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a plugin is that plugin's end, with a reason that a person understands; everything else runs. */
final class QuarantineTest {
    /** Hears no interruption, and ends with this class of tests: whatever runs on would take a processor from all those after it. */
    private static final String DEAF = """
        while (System.getProperty("quarantine-ends") == null) {
            Thread.interrupted(); java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        """;

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void addGoodOne() {
        host = new HostFixture(directory).with(PluginJar.modular("good", ""), "z-good.jar");
    }

    @BeforeAll
    static void deafAreDeaf() {
        System.clearProperty("quarantine-ends");
    }

    @AfterAll
    static void deafEnd() {
        System.setProperty("quarantine-ends", "now");
    }

    @AfterEach
    void goodOneRuns() {
        assertThat(host.plugin("good").state()).isEqualTo(State.ACTIVE);
        host.close();
    }

    private void assertFailed(String id, String... reason) {
        assertThat(host.plugin(id).state()).isEqualTo(State.FAILED);
        assertThat(host.plugin(id).reason()).contains(reason).doesNotContain("\n");
    }

    @Test
    void garbageJar_isNoJar() throws Exception {
        Files.writeString(host.plugins().resolve("garbage.jar"), "this is no jar");
        host.start();
        assertFailed("garbage.jar", "cannot be read as a jar");
    }

    @Test
    void jarWithoutManifestKeys_isNoPlugin() throws Exception {
        host.with(PluginJar.empty().entry("readme.txt", "hello"), "library.jar").start();
        assertFailed("library.jar", "there is no plugin in it", "Plugin-Id");
    }

    @Test
    void modularJarThatProvidesNothing_saysWhatToAdd() throws Exception {
        host.with(
                        PluginJar.plugin("nothing")
                                .source("module-info", "module test.nothing { requires dev.homeostat.api; }")
                                .source("test.nothing.Some", "class Some {}"),
                        "nothing.jar")
                .start();
        assertFailed(
                "nothing", "there is no plugin in it", "provides dev.homeostat.api.plugin.Plugin with", "test.nothing");
    }

    @Test
    void plainJarThatNamesNoClass_saysWhereToNameIt() throws Exception {
        host.with(PluginJar.plugin("nothing"), "nothing.jar").start();
        assertFailed("nothing", "META-INF/services/dev.homeostat.api.plugin.Plugin");
    }

    @Test
    void constructorThatThrows_isNamedWithItsMessage() throws Exception {
        PluginJar jar = PluginJar.modular("thrower", "")
                .pluginClass("thrower", "public ThePlugin() { throw new IllegalStateException(\"planted\"); }", "");
        host.with(jar, "thrower.jar").start();
        assertFailed("thrower", "IllegalStateException: planted");
    }

    /** Its class file says that it is another class: the loader throws an error where PF4J expects exceptions of its own. */
    @Test
    void classThatCannotBeDefined_isAReason() throws Exception {
        Path other = PluginJar.modular("other", "").writeTo(directory.resolve("libs"), "other.jar");
        byte[] bytes;
        try (JarFile jar = new JarFile(other.toFile())) {
            bytes = jar.getInputStream(jar.getEntry("test/other/ThePlugin.class"))
                    .readAllBytes();
        }
        PluginJar jar = PluginJar.plugin("swapped")
                .entry("test/swapped/ThePlugin.class", bytes)
                .entry("META-INF/services/dev.homeostat.api.plugin.Plugin", "test.swapped.ThePlugin");
        host.with(jar, "swapped.jar").start();
        assertFailed("swapped", "test.swapped.ThePlugin cannot be loaded", "NoClassDefFoundError", "wrong name");
    }

    @Test
    void contributeThatThrowsAnError_isNamedWithItsMessage() throws Exception {
        host.with(PluginJar.modular("thrower", "throw new StackOverflowError(\"deep\");"), "thrower.jar")
                .start();
        assertFailed("thrower", "StackOverflowError: deep");
    }

    @Test
    void missingDependency_isNamed_andOtherPluginsAreLoadedAllTheSame() throws Exception {
        host.with(PluginJar.modular("lonely", "").attribute("Plugin-Dependencies", "friend@>=2.0.0"), "a-lonely.jar")
                .start();
        assertFailed("lonely", "it needs plugin \"friend\" >=2.0.0, which is not there");
    }

    @Test
    void dependencyThatFailed_takesItsDependentsWithIt() throws Exception {
        host.with(PluginJar.modular("base", "throw new Exception(\"planted\");"), "a.jar")
                .with(PluginJar.modular("middle", "").attribute("Plugin-Dependencies", "base"), "b.jar")
                .with(PluginJar.modular("top", "").attribute("Plugin-Dependencies", "middle"), "c.jar")
                .start();
        assertFailed("base", "planted");
        assertFailed("middle", "it needs plugin \"base\", which does not run");
        assertFailed("top", "it needs plugin \"middle\", which does not run");
    }

    @Test
    void circleOfDependencies_isShown() throws Exception {
        host.with(PluginJar.modular("hen", "").attribute("Plugin-Dependencies", "egg"), "a.jar")
                .with(PluginJar.modular("egg", "").attribute("Plugin-Dependencies", "hen"), "b.jar")
                .start();
        assertFailed("hen", "egg");
        assertFailed("egg", "hen");
    }

    @Test
    void newerApi_isRefusedWithBothVersions() throws Exception {
        host.with(PluginJar.modular("newer", "").attribute("Plugin-Requires", ">=99.0.0"), "newer.jar")
                .start();
        assertFailed("newer", ">=99.0.0", "0.1.0");
    }

    @Test
    void requiresOfThisVersion_isAccepted() throws Exception {
        host.with(PluginJar.modular("fitting", "").attribute("Plugin-Requires", "0.1.0"), "fitting.jar")
                .start();
        assertThat(host.plugin("fitting").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void requiresThatIsNoRange_isNamed() throws Exception {
        host.with(PluginJar.modular("odd", "").attribute("Plugin-Requires", "soon"), "odd.jar")
                .start();
        assertFailed("odd", "Plugin-Requires \"soon\"");
    }

    @Test
    void versionThatIsNone_isNamed() throws Exception {
        host.with(PluginJar.modular("odd", "").attribute("Plugin-Version", "latest"), "odd.jar")
                .start();
        assertFailed("odd", "Plugin-Version \"latest\"");
    }

    @Test
    void secondJarOfAnId_isRefusedNamingTheFirst() throws Exception {
        host.with(PluginJar.modular("twin", ""), "a-twin.jar")
                .with(PluginJar.modular("twin", ""), "b-twin.jar")
                .start();
        assertThat(host.plugin("twin").state()).isEqualTo(State.ACTIVE);
        assertFailed("b-twin.jar", "plugins/a-twin.jar", "\"twin\"");
    }

    @Test
    void secondTableOfAName_isRefusedNamingTheFirst() throws Exception {
        String table = "ctx.table(TableSpec.of(\"memos\", String.class, Index.unique(\"id\", Keys.STRING, s -> s)));";
        host.with(PluginJar.modular("first", table), "a.jar")
                .with(PluginJar.modular("second", table), "b.jar")
                .start();
        assertThat(host.plugin("first").tables()).containsExactly("memos");
        assertFailed("second", "table \"memos\"", "plugin \"first\"");
    }

    @Test
    void hungContribute_endsAtItsDeadline() throws Exception {
        host.file("conf/homeostat.yaml", "plugins: {contribute-deadline: 300ms}\n")
                .with(PluginJar.modular("hung", DEAF), "hung.jar")
                .start();
        assertFailed("hung", "contribute", "300 ms");
    }

    @Test
    void ownCopyOfTheApi_isRefusedWithThatReason() throws Exception {
        PluginJar jar =
                PluginJar.modular("fat", "").entry("dev/homeostat/api/plugin/Plugin.class", new byte[] {1, 2, 3});
        host.with(jar, "fat.jar").start();
        assertFailed("fat", "bundles its own copy of the API", "provided");
    }

    @Test
    void ownCopyOfTheApiInALibrary_isRefusedNamingTheLibrary() throws Exception {
        Path library = PluginJar.empty()
                .entry("dev/homeostat/api/plugin/Plugin.class", new byte[] {1, 2, 3})
                .writeTo(directory.resolve("libs"), "homeostat-api.jar");
        host.with(PluginJar.modular("fat", "").bundling(library), "fat.jar").start();
        assertFailed("fat", "bundles its own copy of the API", "META-INF/lib/homeostat-api.jar");
    }

    @Test
    void moduleThatCannotBeResolved_isRefusedNamingWhatIsMissing() throws Exception {
        Path library = PluginJar.empty()
                .source("module-info", "module some.library { exports some.library; }")
                .source("some.library.Thing", "public class Thing {}")
                .writeTo(directory.resolve("libs"), "library.jar");
        PluginJar jar = PluginJar.modular("needy", "").against(library).source("module-info", """
            module test.needy {
                requires dev.homeostat.api;
                requires some.library;
                provides dev.homeostat.api.plugin.Plugin with test.needy.ThePlugin;
            }
            """);
        host.with(jar, "needy.jar").start();
        assertFailed("needy", "some.library");
    }

    @Test
    void reconcilerThatCannotStart_quarantinesItsPluginAndRemovesItsTable() throws Exception {
        host.with(PluginJar.modular("odd", """
            var table = ctx.table(TableSpec.of("memos", String.class, Index.unique("id", Keys.STRING, s -> s)));
            ctx.reconciler("NOT A NAME", table, new Operations<String>() {
                public Outcome update(OperationContext c, String row) { return Outcome.done(); }
                public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
            }, Options.defaults());
            """), "odd.jar").start();
        assertFailed("odd", "NOT A NAME");
        assertThat(host.host().database().table("memos")).isNull();
    }

    @Test
    void stopThatHangsOrThrows_keepsTheHostFromNothing() throws Exception {
        host.with(PluginJar.modular("clingy", """
            ctx.onStop(() -> { throw new IllegalStateException("planted"); });
            ctx.onStop(() -> { %1$s });
            ctx.job("deaf", () -> { %1$s });
            """.formatted(DEAF)), "clingy.jar")
                .start();
        long begin = System.nanoTime();
        Host running = host.host();
        AfterEachCheck.check(host);
        running.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(running.state()).isEqualTo("STOPPED");
        host = new HostFixture(directory.resolve("other")).with(PluginJar.modular("good", ""), "good.jar");
        host.start();
    }

    private static final class AfterEachCheck {
        static void check(HostFixture host) {
            assertThat(host.plugin("clingy").state()).isEqualTo(State.ACTIVE);
        }
    }
}
