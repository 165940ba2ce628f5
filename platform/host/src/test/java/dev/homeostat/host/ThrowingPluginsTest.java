package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a plugin throws, from wherever, or never comes back from: it is that plugin's end, with a reason, and nobody else's. */
final class ThrowingPluginsTest {
    private static final String TABLE =
            "var table = ctx.table(TableSpec.of(\"memos\", String.class, Index.unique(\"id\", Keys.STRING, s -> s)));";

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void addGoodOne() {
        host = new HostFixture(directory).with(PluginJar.modular("good", ""), "z-good.jar");
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

    private List<String> lines(String plugin) {
        return host.host().health().stream()
                .filter(line -> line.plugin().equals(plugin) && !line.ok())
                .map(HealthLine::name)
                .toList();
    }

    private static PluginJar evil(String id, String members, String contribute) {
        return PluginJar.modular(id, "").pluginClass(id, members, contribute);
    }

    /** All that can be thrown, as an expression; methods that it calls are in MEMBERS. */
    private static final String MEMBERS = """
        static int deep(int i) { return deep(i + 1) + 1; }
        static long[] huge() { return new long[Integer.MAX_VALUE - 8]; }
        static class Mute extends RuntimeException {
            public String getMessage() { throw new IllegalStateException("mute"); }
            public String toString() { throw new IllegalStateException("mute"); }
        }
        static class Ring extends Error {
            public Throwable getCause() { return this; }
            public String getMessage() { return "ring"; }
            public StackTraceElement[] getStackTrace() { throw new Ring(); }
        }
        static class Well extends RuntimeException {
            public String getMessage() { return toString(); }
            public String toString() { return getMessage(); }
            public Throwable getCause() { return new Well(); }
        }
        static class Broken { static { if (true) throw new IllegalStateException("planted"); } }
        static class Death extends Error { Death() { super("goodbye"); } }
        static <X extends Throwable> void sneak(Throwable e) throws X { throw (X) e; }
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        deep(0);                                                           | StackOverflowError
        huge();                                                            | OutOfMemoryError
        throw new Mute();                                                  | its message cannot be read
        throw new Ring();                                                  | Ring: ring
        throw new Well();                                                  | Well
        throw new RuntimeException("outer", new Mute());                   | RuntimeException: outer
        new Broken();                                                      | ExceptionInInitializerError
        throw new Death();                                                 | Death: goodbye
        throw new NoClassDefFoundError("a/B");                             | NoClassDefFoundError: a/B
        throw new UnsupportedClassVersionError("too new");                 | UnsupportedClassVersionError: too new
        ThePlugin.<RuntimeException>sneak(new Throwable("checked"));       | Throwable: checked
        Thread.currentThread().interrupt(); throw new InterruptedException("own"); | InterruptedException: own
        """)
    void whateverContributeThrows_isTheReason(String statement, String reason) throws Exception {
        host.with(evil("thrower", MEMBERS, "if (true) { " + statement + " }"), "thrower.jar")
                .start();
        assertFailed("thrower", reason);
    }

    @Test
    void staticInitializerAndConstructor_areNamed() throws Exception {
        Path gone = PluginJar.empty()
                .source("gone.Type", "public class Type {}")
                .writeTo(directory.resolve("libs"), "gone.jar");
        host.with(evil("init", "static { if (true) throw new IllegalStateException(\"planted\"); }", ""), "a.jar")
                .with(evil("make", MEMBERS + "public ThePlugin() { throw new Mute(); }", ""), "b.jar")
                .with(
                        PluginJar.plain("lacks", "")
                                .pluginClass("lacks", "gone.Type field = new gone.Type();", "")
                                .against(gone),
                        "c.jar");
        host.start();
        assertFailed("init", "ExceptionInInitializerError");
        assertFailed("make", "its message cannot be read");
        assertFailed("lacks", "NoClassDefFoundError", "gone/Type");
    }

    @Test
    void indexesAndDerivationsThatThrow_failWhatCalledThem_andThePluginRuns() throws Exception {
        String key = "Index.unique(\"id\", Keys.STRING, s -> { throw new StackOverflowError(\"key\"); })";
        String insert = "ctx.job(\"writes\", () -> ctx.database().write(table, txn -> table.insert(txn, \"a\")));";
        String out = "ctx.table(TableSpec.of(\"to\", String.class, Index.unique(\"id\", Keys.STRING, s -> s)))";
        host.with(
                        PluginJar.modular(
                                "keys",
                                "var table = ctx.table(TableSpec.of(\"keys\", String.class, " + key + "));" + insert),
                        "a.jar")
                .with(
                        PluginJar.modular(
                                "derives",
                                TABLE + "ctx.derive(table, " + out
                                        + ", row -> { throw new NoClassDefFoundError(\"derive\"); });" + insert),
                        "b.jar")
                .start();
        Awaitility.await()
                .untilAsserted(() -> assertThat(host.host().health())
                        .anySatisfy(line -> assertThat(line.plugin() + line.message())
                                .contains("keys", "StackOverflowError: key")));
        Awaitility.await()
                .untilAsserted(() -> assertThat(host.host().health())
                        .anySatisfy(line -> assertThat(line.plugin() + line.message())
                                .contains("derives", "the first is a: derive")));
    }

    @Test
    void operationsJobsAndHooksThatThrowErrors_failTheirRowOrThemselves_andThePluginRuns() throws Exception {
        host.with(evil("works", MEMBERS, TABLE + """
            ctx.reconciler("disk", table, new Operations<String>() {
                public Outcome update(OperationContext c, String row) {
                    switch (row) {
                        case "deep": deep(0); break;
                        case "huge": huge(); break;
                        case "mute": throw new Mute();
                        case "ring": throw new Ring();
                        case "well": throw new Well();
                        default: new Broken();
                    }
                    return Outcome.done();
                }
                public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
            }, Options.defaults());
            ctx.job("mute", () -> { throw new Mute(); });
            ctx.job("ring", () -> { throw new Ring(); });
            ctx.gauge("bad", () -> { throw new Ring(); });
            ctx.job("writes", () -> ctx.database().write(table, txn -> {
                for (String row : List.of("deep", "huge", "mute", "ring", "well", "other")) { table.insert(txn, row); }
                return null;
            }));
            ctx.onStop(() -> { throw new Mute(); });
            """), "works.jar").start();
        assertThat(host.plugin("works").state()).isEqualTo(State.ACTIVE);
        Awaitility.await().untilAsserted(() -> {
            assertThat(host.host()
                            .reconcilers()
                            .getFirst()
                            .reconciler()
                            .health()
                            .failing())
                    .isEqualTo(6);
            assertThat(lines("works")).contains("job \"mute\"", "job \"ring\"");
        });
        assertThat(host.host().health())
                .anySatisfy(line -> assertThat(line.message()).contains("Ring: ring"));
        host.lifecycle(() -> host.lifecycleOf().stop("works", "by command"));
        assertThat(host.plugin("works").state()).isEqualTo(State.STOPPED);
        assertThat(lines("works")).isEmpty();
    }

    @Test
    void beanWhoseClassCannotBeInitialized_failsTheStart_namingIt() throws Exception {
        host.with(evil("bean", MEMBERS, """
            ctx.mbean("bad", new Object());
            """), "bean.jar").start();
        assertFailed("bean", "MBean \"bad\"");
    }

    @Test
    void startThatHangs_isAbandonedAtItsDeadline_itsThreadNamedAsLongAsItRuns() throws Exception {
        String hanging = """
            public static final java.util.concurrent.CountDownLatch GATE = new java.util.concurrent.CountDownLatch(1);
            public interface SlowMXBean { int getNumber(); }
            public static class Slow implements javax.management.DynamicMBean {
                public javax.management.MBeanInfo getMBeanInfo() {
                    while (!Files.exists(Path.of(System.getProperty("java.io.tmpdir"), "never"))
                            && !Boolean.getBoolean("test.slow.go")) { Thread.onSpinWait(); }
                    return new javax.management.MBeanInfo("x", "x", null, null, null, null);
                }
                public Object getAttribute(String name) { return null; }
                public void setAttribute(javax.management.Attribute a) {}
                public javax.management.AttributeList getAttributes(String[] names) { return null; }
                public javax.management.AttributeList setAttributes(javax.management.AttributeList l) { return null; }
                public Object invoke(String n, Object[] p, String[] s) { return null; }
            }
            """;
        PluginJar jar =
                evil("slow", hanging, "ctx.mbean(\"slow\", new Slow());").source("module-info", """
                    module test.slow {
                        requires dev.homeostat.api;
                        requires java.management;
                        exports test.slow;
                        provides dev.homeostat.api.plugin.Plugin with test.slow.ThePlugin;
                    }
                    """);
        System.clearProperty("test.slow.go");
        host.file("conf/homeostat.yaml", "plugins: {start-deadline: 300ms, stop-deadline: 300ms}\n")
                .with(jar, "slow.jar")
                .start();
        assertFailed("slow", "MBean \"slow\"", "300 ms", "its thread \"slow: start of MBean \"slow\"\" was abandoned");
        assertThat(lines("slow")).contains("thread \"slow: start of MBean \"slow\"\"");
        System.setProperty("test.slow.go", "true");
        Awaitility.await().untilAsserted(() -> assertThat(lines("slow")).isEmpty());
    }

    @Test
    void contributeAndStopThatHang_areNamedInTheStatus() throws Exception {
        host.file("conf/homeostat.yaml", "plugins: {contribute-deadline: 300ms, stop-deadline: 300ms}\n")
                .with(
                        evil("hung", "", "while (!Boolean.getBoolean(\"test.hung.go\")) { Thread.onSpinWait(); }"),
                        "hung.jar")
                .with(
                        evil(
                                "clingy",
                                "",
                                "ctx.onStop(() -> { while (!Boolean.getBoolean(\"test.hung.go\")) {"
                                        + " Thread.onSpinWait(); } });"),
                        "clingy.jar");
        System.clearProperty("test.hung.go");
        host.start();
        assertFailed(
                "hung", "contribute", "300 ms, and its thread \"hung: contribute\" was abandoned: it only declares");
        assertThat(lines("hung")).containsExactly("thread \"hung: contribute\"");
        long begin = System.nanoTime();
        host.lifecycle(() -> host.lifecycleOf().stop("clingy", "by command"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(lines("clingy"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("thread \"clingy: stop of resource"));
        System.setProperty("test.hung.go", "true");
        Awaitility.await().untilAsserted(() -> {
            assertThat(lines("hung")).isEmpty();
            assertThat(lines("clingy")).isEmpty();
        });
    }
}
