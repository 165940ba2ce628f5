package dev.homeostat.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.HealthReporter;
import dev.homeostat.api.plugin.PluginStoppedException;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a plugin that was stopped: nothing. And where something is, that it is told. */
final class CleanStopTest {
    private static final Duration COLLECTED = Duration.ofSeconds(5);

    /** Hands things to the test, under the names of these. */
    private static final String HAND_OUT = """
        Map<String, Object> handed = (Map<String, Object>) System.getProperties().get("clean-stop");
        """;

    @TempDir
    Path directory;

    private final Map<String, Object> handed = new ConcurrentHashMap<>();
    private HostFixture host;

    @BeforeEach
    void fixture() {
        System.getProperties().put("clean-stop", handed);
        host = new HostFixture(directory);
    }

    @AfterEach
    void close() {
        System.getProperties().remove("clean-stop");
        host.close();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("clean-stop-"))
                .forEach(Thread::interrupt);
    }

    private <T> T handed(String name, Class<T> type) {
        await().until(() -> handed.containsKey(name));
        return requireNonNull(type.cast(handed.get(name)), name);
    }

    private void awaitCollected(WeakReference<ClassLoader> loader) {
        // The host asks for the collections: nobody else does.
        await().atMost(COLLECTED.plusSeconds(3)).until(() -> loader.refersTo(null));
    }

    private WeakReference<ClassLoader> loader() {
        return new WeakReference<>(
                host.host().tables().getFirst().table().spec().rowType().getClassLoader());
    }

    private static long inProcess(String path) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().contains(path);
                        } catch (IOException e) {
                            return false; // closed meanwhile
                        }
                    })
                    .count();
        }
    }

    @Test
    void stop_abortsTransactionsAndRevokesHandles_andNothingThatIsStillHeldKeepsAClass() throws Exception {
        host.with(MemoPlugin.with(MemoPlugin.CONTRIBUTE + HAND_OUT + """
            Database db = ctx.database();
            Counter counter = ctx.counter("c");
            HealthReporter health = ctx.health("h");
            Scheduler scheduler = ctx.scheduler();
            ctx.job("open", () -> {
                db.write(memos, txn -> memos.insert(txn, new Memo("a", "hello")));
                ChangeIterator<Memo> changes = memos.changes();
                changes.next(db.readTxn());
                WriteTxn txn = db.writeTxn(memos);
                memos.insert(txn, new Memo("b", "never"));
                handed.put("db", db);
                handed.put("table", memos);
                handed.put("counter", counter);
                handed.put("health", health);
                handed.put("scheduler", scheduler);
                handed.put("changes", changes);
                handed.put("timer", scheduler.schedule(Duration.ofHours(1), () -> System.out.println(memos)));
                handed.put("txn", txn);
            });
            """), "memos.jar")
                .start();
        WriteTxn txn = handed("txn", WriteTxn.class);
        WeakReference<ClassLoader> loader = loader();

        host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));

        assertThatThrownBy(txn::commit).isInstanceOf(PluginStoppedException.class);
        Database db = handed("db", Database.class);
        RWTable<?> table = handed("table", RWTable.class);
        assertThatThrownBy(db::readTxn).isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(() -> db.writeTxn(table)).isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(table::changes).isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(table::spec).isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(() -> handed("changes", ChangeIterator.class)
                        .next(host.host().database().readTxn()))
                .isInstanceOf(PluginStoppedException.class)
                .hasMessageContaining("a change iterator of table \"memos\"");
        assertThatThrownBy(() -> handed("counter", Counter.class).add(1)).isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(() -> handed("health", HealthReporter.class).ok("x"))
                .isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(() -> handed("scheduler", Scheduler.class).execute(() -> {}))
                .isInstanceOf(PluginStoppedException.class);
        assertThat(handed("timer", Scheduler.Timer.class).cancel()).isFalse();
        awaitCollected(loader);
        assertThat(handed).hasSize(8);
    }

    @Test
    void unload_leavesNothingOfAllThatAPluginCanHave() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []")
                .with(
                        MemoPlugin.with(MemoPlugin.CONTRIBUTE + """
                            Database db = ctx.database();
                            ctx.counter("c");
                            ctx.gauge("g", () -> 1);
                            ctx.stopwatch("s");
                            ctx.health("h").getClass();
                            ctx.onStop(() -> { });
                            ctx.mbean("bean", new MemoBean());
                            Scheduler scheduler = ctx.scheduler();
                            ctx.job("fill", () -> db.write(memos, txn -> memos.insert(txn, new Memo("a", "hello"))));
                            ctx.job("later", () -> scheduler.schedule(Duration.ofHours(1), () -> {}));
                            ctx.job("waiting", () -> new CountDownLatch(1).await());
                            ctx.job("failing", () -> { throw new IllegalStateException("planted"); });
                            """)
                                .type("test.memos.MemoMXBean", "public interface MemoMXBean { int getCount(); }")
                                .type(
                                        "test.memos.MemoBean",
                                        "public class MemoBean implements MemoMXBean { public int getCount() { return"
                                                + " 7; } }"),
                        "memos.jar")
                .start();
        await().untilAsserted(
                        () -> assertThat(host.home.resolve("data/memos/a")).hasContent("hello"));
        String copies = host.home.resolve("data/code").toRealPath().toString();
        assertThat(inProcess(copies)).isPositive();
        assertThat(beans("*memos*")).isPositive();
        WeakReference<ClassLoader> loader = loader();

        host.lifecycle(() -> host.lifecycleOf().unload("memos", "by command"));

        assertThat(inProcess(copies)).as("open files").isZero();
        assertThat(host.home.resolve("data/code")).isEmptyDirectory();
        assertThat(host.host().database().tables()).isEmpty();
        assertThat(host.host().health()).isEmpty();
        assertThat(host.plugin("memos").state()).isEqualTo(State.STOPPED);
        Files.delete(host.plugins().resolve("memos.jar"));
        await().until(() -> host.host().plugins().isEmpty());
        await().untilAsserted(() ->
                assertThat(beans("*memos*")).as("MBeans and metrics").isZero());
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("memos"));
        awaitCollected(loader);
        assertThat(host.host().degraded()).isFalse();
    }

    private static long beans(String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("dev.homeostat*:*"), null).stream()
                .filter(each -> each.toString().matches(name.replace("*", ".*")))
                .count();
    }

    @Test
    void loaderOfAPluginWithoutModules_isCollectedToo() throws Exception {
        host.with(PluginJar.plain("plain", HAND_OUT + """
            ctx.job("loader", () -> {
                handed.put("loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
                new CountDownLatch(1).await();
            });
            """), "plain.jar").start();
        WeakReference<?> loader = handed("loader", WeakReference.class);
        assertThat(loader.get()).isNotNull();

        host.lifecycle(() -> host.lifecycleOf().stop("plain", "by command"));

        await().atMost(COLLECTED.plusSeconds(3)).until(() -> loader.refersTo(null));
    }

    @Test
    void pluginThatFailedWhileItContributed_isCollectedToo() throws Exception {
        host.with(PluginJar.modular("broken", HAND_OUT + """
            handed.put("loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
            throw new IllegalStateException("planted");
            """), "broken.jar").start();
        assertThat(host.plugin("broken").state()).isEqualTo(State.FAILED);
        WeakReference<?> loader = handed("loader", WeakReference.class);
        await().atMost(COLLECTED.plusSeconds(3)).until(() -> loader.refersTo(null));
    }

    @Test
    void clientThatDoesNotReadItsRows_keepsNoClassOfAStoppedPlugin() throws Exception {
        host.with(MemoPlugin.with(MemoPlugin.CONTRIBUTE + HAND_OUT + """
            Database db = ctx.database();
            ctx.job("fill", () -> {
                db.write(memos, txn -> {
                    for (int i = 0; i < 5000; i++) {
                        memos.insert(txn, new Memo("memo-" + i, "x".repeat(500)));
                    }
                    return true;
                });
                handed.put("filled", true);
            });
            """), "memos.jar")
                .start();
        handed("filled", Boolean.class);
        WeakReference<ClassLoader> loader = loader();
        try (SocketChannel lazy = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            lazy.write(ByteBuffer.wrap(
                    "{\"id\":1,\"protocol\":1,\"method\":\"db.dump\"}\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(lazy.read(ByteBuffer.allocate(100))).isPositive();

            host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));

            awaitCollected(loader);
        }
    }

    private Path socket() throws IOException {
        Path data = host.home.resolve("data");
        Path usual = data.resolve("control.sock");
        return Files.exists(usual)
                ? usual
                : Path.of(Files.readString(data.resolve("control")).strip(), "control.sock");
    }

    /** Keeps none of them, for an ended thread still has its context class loader. */
    private static void interrupt(String name) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .forEach(Thread::interrupt);
    }

    @Test
    void earlierVersionThatLeaked_isToldWhileItsSuccessorRuns_andUntilItIsCollected() throws Exception {
        String leaky = """
            Thread thread = new Thread(() -> {
                try { new CountDownLatch(1).await(); } catch (InterruptedException e) { }
            }, "clean-stop-%s");
            if (Integer.getInteger(thread.getName()) != null) {
                thread.setName(thread.getName() + " 2");
            }
            thread.setDaemon(true);
            thread.start();
            """;
        host.file("conf/homeostat.yaml", "sources: []")
                .with(PluginJar.modular("stays", leaky.formatted("stays")), "stays.jar")
                .with(PluginJar.modular("goes", leaky.formatted("goes")), "goes.jar")
                .start();
        host.lifecycle(() -> {
            host.lifecycleOf().stop("stays", "by command");
            host.lifecycleOf().start("stays");
            host.lifecycleOf().unload("goes", "by command");
        });
        assertThat(host.plugin("stays").reason()).isEmpty();
        assertThat(host.host().plugins()).extracting(PluginView::id).containsExactly("goes", "stays");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> host.plugin("goes").state() == State.LEAKED
                        && !host.plugin("stays").reason().isEmpty());
        assertThat(host.plugin("stays").state()).isEqualTo(State.ACTIVE);
        assertThat(host.plugin("stays").reason())
                .startsWith("version 1.0.0, unloaded at ")
                .contains("is still in memory: thread \"clean-stop-stays\": it is in test.stays.ThePlugin.");
        assertThat(host.plugin("goes").reason()).contains("thread \"clean-stop-goes\"");
        ObjectName goes = new ObjectName("dev.homeostat:type=Plugin,id=goes");
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(goes, "State"))
                .isEqualTo("LEAKED");
        assertThat(host.host().degraded()).isTrue();

        interrupt("clean-stop-stays"); // that of its successor too, which does no harm
        interrupt("clean-stop-goes");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> host.plugin("goes").state() == State.STOPPED
                        && host.plugin("stays").reason().isEmpty());
        assertThat(host.plugin("stays").state()).isEqualTo(State.ACTIVE);
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(goes, "State"))
                .isEqualTo("STOPPED");
        assertThat(host.host().degraded()).isFalse();
    }
}
