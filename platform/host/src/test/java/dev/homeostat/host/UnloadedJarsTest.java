package dev.homeostat.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.view.PluginView.State;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files and classes of plugins that were unloaded, whichever way each was kept apart and however its stop went. */
final class UnloadedJarsTest {
    /** The host knows after five seconds; the machine may be busy. */
    private static final Duration COLLECTED = Duration.ofSeconds(15);

    private static final String HAND_OUT = """
        ((Map<String, Object>) System.getProperties().get("unloaded-jars"))
                .put(ctx.id(), new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
        """;

    /** Through each of the doors that open a jar. The loader closes what its own {@code getResourceAsStream} opened, and with it what others did. */
    private static final String READ = HAND_OUT + """
        ClassLoader loader = getClass().getClassLoader();
        try (var in = loader.getResource("some.txt").openStream()) { in.readAllBytes(); }
        try (var in = getClass().getResource("/some.txt").openStream()) { in.readAllBytes(); }
        var connection = (java.net.JarURLConnection) loader.getResource("some.txt").openConnection();
        connection.getJarEntry();
        try (var in = connection.getInputStream()) { in.readAllBytes(); }
        try (var in = loader.getResourceAsStream("lib/some.txt")) { in.readAllBytes(); }
        ServiceLoader.load(Runnable.class, loader).stream().count();
        lib.Thing.say();
        """;

    @TempDir
    Path directory;

    private final Map<String, Object> handed = new ConcurrentHashMap<>();
    private HostFixture host;

    @BeforeEach
    void fixture() {
        System.getProperties().put("unloaded-jars", handed);
        host = new HostFixture(directory);
    }

    @AfterEach
    void close() {
        System.getProperties().remove("unloaded-jars");
        host.close();
    }

    private void unloadAndAwaitCollected(String id) throws Exception {
        unload(id);
        await(id).atMost(COLLECTED).until(() -> loader(id).refersTo(null));
    }

    private void unload(String id) throws Exception {
        assertThat(host.plugin(id).reason()).isEmpty();
        assertThat(host.plugin(id).state()).isEqualTo(State.ACTIVE);
        host.lifecycle(() -> host.lifecycleOf().unload(id, "by command"));
    }

    private WeakReference<?> loader(String id) {
        return (WeakReference<?>) requireNonNull(handed.get(id), id);
    }

    private static Stream<Path> open(String path) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files
                    .flatMap(file -> {
                        try {
                            return Stream.of(Files.readSymbolicLink(file));
                        } catch (IOException e) {
                            return Stream.empty(); // closed meanwhile
                        }
                    })
                    .filter(file -> file.toString().contains(path))
                    .toList()
                    .stream();
        }
    }

    @Test
    void jarsAndLibraries_areClosedAndDeletedAtOnce_alsoWhatWasReadByUrl() throws Exception {
        Path library = PluginJar.empty()
                .source("lib.Thing", "public class Thing { public static String say() { return \"text\"; } }")
                .entry("lib/some.txt", "text")
                .writeTo(directory.resolve("libs"), "the-lib.jar");
        PluginJar modular = PluginJar.modular("modular", READ).source("module-info", """
            module test.modular {
                requires dev.homeostat.api;
                requires the.lib;
                uses Runnable;
                provides dev.homeostat.api.plugin.Plugin with test.modular.ThePlugin;
            }
            """);
        PluginJar odd = PluginJar.plain("odd", READ).source("InNoPackage", "class InNoPackage {}");
        host.with(modular.against(library).bundling(library).entry("some.txt", "text"), "modular.jar")
                .with(
                        PluginJar.plain("plain", READ)
                                .against(library)
                                .bundling(library)
                                .entry("some.txt", "text"),
                        "plain.jar")
                .with(odd.against(library).bundling(library).entry("some.txt", "text"), "odd.jar")
                .start();
        String copies = host.home.resolve("data/code").toRealPath().toString();
        assertThat(open(copies)).hasSizeGreaterThanOrEqualTo(6);

        for (String id : new String[] {"modular", "plain", "odd"}) {
            Object held = loader(id).get(); // or the collector would close what the host forgot
            unload(id);
            assertThat(open(copies + "/" + id)).as("%s", held).isEmpty();
        }
        for (String id : new String[] {"modular", "plain", "odd"}) {
            await(id).atMost(COLLECTED).until(() -> loader(id).refersTo(null));
        }
        assertThat(open(copies)).isEmpty();
        assertThat(host.home.resolve("data/code")).isEmptyDirectory();
    }

    /** In PF4J, a plugin whose stop throws stays on a list of its manager's. */
    @Test
    void pluginsWhoseStopThrows_areCollectedLikeAllOthers() throws Exception {
        host.with(PluginJar.modular("thrower", HAND_OUT + """
            ctx.onStop(() -> { throw new IllegalStateException("planted"); });
            ctx.onStop(() -> { throw new StackOverflowError("planted"); });
            class Own extends RuntimeException { }
            ctx.onStop(() -> { throw new Own(); });
            ctx.job("job", () -> {
                try { new CountDownLatch(1).await(); } finally { throw new Own(); }
            });
            """), "thrower.jar").start();
        unloadAndAwaitCollected("thrower");
        assertThat(host.plugin("thrower").state()).isEqualTo(State.STOPPED);
    }

    @Test
    void pluginThatWasGivenAllThatIsInjected_isCollected() throws Exception {
        host.with(
                        PluginJar.modular("injected", "")
                                .pluginClass(
                                        "injected", """
                                        public static class Inner { @Inject Inner(Scheduler scheduler) { } }
                                        public static class Outer {
                                            @Inject Outer(PluginContext context, Database db, Inner inner, DocumentReader reader) { }
                                        }
                                        """, HAND_OUT + "ctx.onStop(ctx.inject(Outer.class)::hashCode);"),
                        "injected.jar")
                .start();
        unloadAndAwaitCollected("injected");
    }

    @Test
    void pluginWhoseInjectionFailed_isCollected() throws Exception {
        host.with(PluginJar.modular("needy", "").pluginClass("needy", """
            public static class Needy { @Inject Needy(Callable<String> missing) { } }
            """, HAND_OUT + """
                try {
                    ctx.inject(Needy.class);
                } catch (RuntimeException e) {
                    e.getCause().getMessage(); // as the log does: Guice looks for line numbers
                    throw e;
                }
                """), "needy.jar")
                .start();
        assertThat(host.plugin("needy").reason())
                .contains(
                        "Needy cannot be made: No implementation for java.util.concurrent.Callable<java.lang.String>");
        await().atMost(COLLECTED).until(() -> loader("needy").refersTo(null));
    }
}
