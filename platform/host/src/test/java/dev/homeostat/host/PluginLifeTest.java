package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.plugin.PluginStoppedException;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin from its jar to its end. */
final class PluginLifeTest {
    private static final String FILLED = MemoPlugin.CONTRIBUTE + """
        Database db = ctx.database();
        ctx.job("fill", () -> db.write(memos, txn -> memos.insert(txn, new Memo("a", "hello"))));
        """;

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void fixture() {
        host = new HostFixture(directory);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void tableReconcilerAndJob_workTogether() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []")
                .with(MemoPlugin.with(FILLED), "memos.jar")
                .start();

        await().untilAsserted(
                        () -> assertThat(host.home.resolve("data/memos/a")).hasContent("hello"));
        PluginView plugin = host.plugin("memos");
        assertThat(plugin.state()).isEqualTo(State.ACTIVE);
        assertThat(plugin.isolation()).isEqualTo("module layer");
        assertThat(plugin.jar()).isEqualTo("plugins/memos.jar");
        assertThat(plugin.tables()).containsExactly("memos");
        assertThat(plugin.reconcilers()).containsExactly("memos/disk");
        assertThat(host.host().tables()).extracting(view -> view.table().name()).containsExactly("memos");
        assertThat(host.host().reconcilers())
                .extracting(view -> view.reconciler().fullName())
                .containsExactly("memos/disk");
        assertThat(host.host().degraded()).isFalse();
    }

    @Test
    void tableOfAReconcilersStatuses_isSeenByNobody() throws Exception {
        host.with(MemoPlugin.with(FILLED + """
            ctx.job("look", () -> {
                StringBuilder names = new StringBuilder();
                db.tables().forEach(table -> names.append(table.name()).append(' '));
                Files.writeString(ctx.data().resolve("tables"), names);
            });
            """), "memos.jar").start();
        await().untilAsserted(
                        () -> assertThat(host.home.resolve("data/memos/a")).hasContent("hello"));
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/plugins/memos/tables")).hasContent("memos "));
        assertThat(host.host().database().tables()).hasSize(2);
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        assertThat(beans.queryNames(new ObjectName("dev.homeostat:type=Table,*"), null))
                .extracting(name -> name.getKeyProperty("name"))
                .containsExactly("memos");
        assertThat(beans.queryNames(new ObjectName("dev.homeostat.metrics:name=tables.*,*"), null))
                .isNotEmpty()
                .allMatch(name -> name.getKeyProperty("name").startsWith("tables.memos."));
        assertThat(beans.getAttribute(
                        new ObjectName("dev.homeostat.metrics:name=tables.memos.objects,type=gauges"), "Value"))
                .isEqualTo(1L);
    }

    @Test
    void configuration_isBoundToARecordThatTheModuleDoesNotOpen() throws Exception {
        host.file("conf/plugins/memos.yaml", "directory: elsewhere\n")
                .with(MemoPlugin.with(FILLED), "memos.jar")
                .start();
        await().untilAsserted(() -> assertThat(host.home.resolve("elsewhere/a")).hasContent("hello"));
    }

    @Test
    void badConfiguration_isThePluginsReason_withEveryProblemAndItsLine() throws Exception {
        host.file("conf/plugins/memos.yaml", "limit: 500\ndirektory: x\n")
                .with(MemoPlugin.jar(), "memos.jar")
                .start();
        assertThat(host.plugin("memos").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("memos").reason())
                .contains("conf/plugins/memos.yaml:1", "limit", "100")
                .contains("conf/plugins/memos.yaml:2", "direktory", "directory");
    }

    @Test
    void stop_takesAwayAllThatWasContributed_andStartBringsItBack() throws Exception {
        host.with(MemoPlugin.with(FILLED), "memos.jar").start();
        Table<?> table = host.host().tables().getFirst().table();

        host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));

        assertThat(host.plugin("memos").state()).isEqualTo(State.STOPPED);
        assertThat(host.host().tables()).isEmpty();
        assertThat(host.host().reconcilers()).isEmpty();
        assertThat(host.host().database().tables()).doesNotContain(table).isEmpty();
        assertThat(host.host().health()).isEmpty();

        host.lifecycle(() -> host.lifecycleOf().start("memos"));

        assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        ReadTxn txn = host.host().database().readTxn();
        assertThat(host.host().tables()).hasSize(1);
        assertThat(host.host().tables().getFirst().table().initialized(txn)).isTrue();
    }

    @Test
    void stop_takesDependentsFirst() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar")
                .with(user("var memos = ctx.use(test.memos.Memo.TABLE);"), "user.jar")
                .start();
        assertThat(host.plugin("user").state()).isEqualTo(State.ACTIVE);
        List<String> heard = new ArrayList<>();
        host.lifecycleOf().listen(new ContributionListener() {
            @Override
            public void pluginChanged(PluginView plugin) {
                heard.add(plugin.id() + " " + plugin.state());
            }

            @Override
            public void tableRemoved(TableView table) {
                heard.add("table " + table.table().name());
            }

            @Override
            public void reconcilerRemoved(ReconcilerView reconciler) {
                heard.add("reconciler " + reconciler.reconciler().fullName());
            }
        });

        host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));

        assertThat(heard).containsExactly("user STOPPED", "reconciler memos/disk", "table memos", "memos STOPPED");
        assertThat(host.plugin("user").reason()).contains("memos");
    }

    @Test
    void use_ofATableOfNoDependency_isRefusedNamingItsOwner() throws Exception {
        Path memos = MemoPlugin.jar().writeTo(host.plugins(), "a-memos.jar");
        host.with(PluginJar.modular("stranger", """
            ctx.use(TableSpec.of("memos", String.class, Index.unique("name", Keys.STRING, s -> s)));
            """), "stranger.jar").start();
        assertThat(memos).exists();
        assertThat(host.plugin("stranger").reason()).contains("\"memos\"", "Plugin-Dependencies");
    }

    @Test
    void dependent_readsTheTableOfItsDependency_withItsClasses() throws Exception {
        host.with(MemoPlugin.with(FILLED), "memos.jar")
                .with(user("""
                    var memos = ctx.use(test.memos.Memo.TABLE);
                    var db = ctx.database();
                    ctx.job("look", () -> {
                        while (memos.get(db.readTxn(), test.memos.Memo.NAME.query("a")) == null) {
                            memos.watch(db.readTxn(), test.memos.Memo.NAME.query("a")).await();
                        }
                        test.memos.Memo memo = memos.get(db.readTxn(), test.memos.Memo.NAME.query("a")).value();
                        Files.writeString(ctx.data().resolve("seen"), memo.text());
                    });
                    """), "user.jar")
                .start();
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/plugins/user/seen")).hasContent("hello"));
    }

    private PluginJar user(String contribute) {
        Path memos = MemoPlugin.jar().writeTo(directory.resolve("libs"), "memos.jar");
        return PluginJar.modular("user", contribute)
                .against(memos)
                .attribute("Plugin-Dependencies", "memos@>=1.0.0")
                .source("module-info", """
                    module test.user {
                        requires dev.homeostat.api;
                        requires test.memos;
                        provides dev.homeostat.api.plugin.Plugin with test.user.ThePlugin;
                    }
                    """);
    }

    @Test
    void unload_leavesNoClassBehind() throws Exception {
        host.with(
                        MemoPlugin.with(FILLED + """
                            ctx.counter("c");
                            ctx.gauge("g", () -> 1);
                            ctx.stopwatch("s");
                            ctx.health("h");
                            ctx.onStop(() -> {});
                            ctx.mbean("bean", new MemoBean());
                            var scheduler = ctx.scheduler();
                            ctx.job("later", () -> scheduler.schedule(Duration.ofHours(1), () -> {}));
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
        ObjectName bean = new ObjectName("dev.homeostat:type=Plugin,id=memos,name=bean");
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        assertThat(beans.getAttribute(bean, "Count")).isEqualTo(7);
        WeakReference<ClassLoader> loader = loader();

        host.lifecycle(() -> host.lifecycleOf().unload("memos", "by command"));

        assertThat(host.plugin("memos").state()).isEqualTo(State.STOPPED);
        assertThat(beans.isRegistered(bean)).isFalse();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
        assertThat(host.home.resolve("data/code")).isEmptyDirectory();
    }

    @Test
    void listenersToAnotherPluginsTable_keepNoClassAfterTheStop() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar").with(user("""
            var memos = ctx.use(test.memos.Memo.TABLE);
            var db = ctx.database();
            ctx.job("listen", () -> {
                ThePlugin me = new ThePlugin();
                Watch watch = memos.watch(db.readTxn(), test.memos.Memo.NAME.query("never"));
                watch.onClose(() -> me.hashCode());
                watch.closed().thenRun(() -> me.hashCode());
                memos.initializedWatch(db.readTxn()).onClose(() -> me.hashCode());
                memos.all(db.readTxn()).watch().onClose(() -> me.hashCode());
                memos.changes().next(db.readTxn()).watch().onClose(() -> me.hashCode());
                System.getProperties().put("test.user.loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
                Files.writeString(ctx.data().resolve("listens"), "yes");
                new CountDownLatch(1).await();
            });
            """), "user.jar").start();
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/plugins/user/listens")).hasContent("yes"));
        WeakReference<?> loader = (WeakReference<?>)
                java.util.Objects.requireNonNull(System.getProperties().remove("test.user.loader"));
        assertThat(loader.get()).isNotNull();

        host.lifecycle(() -> host.lifecycleOf().unload("user", "by command"));

        assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    @Test
    void tableOfAnotherPluginThatWasLookedUp_endsWithWhoLookedItUp() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar")
                .with(PluginJar.modular("looker", """
                    var db = ctx.database();
                    ctx.job("listen", () -> {
                        ThePlugin me = new ThePlugin();
                        Table<?> memos = db.table("memos");
                        memos.all(db.readTxn()).watch().onClose(() -> me.hashCode());
                        System.getProperties().put("test.looker", memos.changes());
                        System.getProperties().put("test.looker.loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
                    });
                    """), "looker.jar")
                .start();
        await().until(() -> System.getProperties().containsKey("test.looker.loader"));
        WeakReference<?> loader = (WeakReference<?>)
                java.util.Objects.requireNonNull(System.getProperties().remove("test.looker.loader"));
        ChangeIterator<?> changes = (ChangeIterator<?>)
                java.util.Objects.requireNonNull(System.getProperties().remove("test.looker"));

        host.lifecycle(() -> host.lifecycleOf().unload("looker", "by command"));

        assertThatThrownBy(changes::revision).isInstanceOf(PluginStoppedException.class);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    @Test
    void tableOfAnotherPluginThatWasLookedUp_endsWithThatPlugin() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar")
                .with(PluginJar.modular("looker", """
                    var db = ctx.database();
                    ctx.job("look", () -> System.getProperties().put("test.looker", db.table("memos")));
                    """), "looker.jar")
                .start();
        await().until(() -> System.getProperties().containsKey("test.looker"));
        Table<?> memos = (Table<?>)
                java.util.Objects.requireNonNull(System.getProperties().remove("test.looker"));
        WeakReference<ClassLoader> loader = loader();

        host.lifecycle(() -> host.lifecycleOf().unload("memos", "by command"));

        assertThat(host.plugin("looker").state()).isEqualTo(State.ACTIVE);
        assertThatThrownBy(memos::stats)
                .isInstanceOf(TableRemovedException.class)
                .hasMessageContaining("memos");
        assertThatThrownBy(memos::spec).isInstanceOf(TableRemovedException.class);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    private WeakReference<ClassLoader> loader() {
        return new WeakReference<>(
                host.host().tables().getFirst().table().spec().rowType().getClassLoader());
    }

    @Test
    void reloads_leaveNoOpenFiles() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar").start();
        long before = openFiles();
        for (int i = 0; i < 20; i++) {
            host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));
            host.lifecycle(() -> host.lifecycleOf().start("memos"));
        }
        assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        assertThat(openFiles() - before).isLessThan(10);
    }

    private static long openFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void userJar_canBeOverwrittenWhileItsPluginRuns() throws Exception {
        host.with(MemoPlugin.with(FILLED), "memos.jar").start();
        Files.writeString(host.plugins().resolve("memos.jar"), "overwritten");
        await().untilAsserted(
                        () -> assertThat(host.home.resolve("data/memos/a")).hasContent("hello"));
    }

    @Test
    void safeMode_startsNoPlugin_andListsThem() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar").start(Collections.singletonMap("safe-mode", "true"));
        assertThat(host.plugin("memos").state()).isEqualTo(State.STOPPED);
        assertThat(host.plugin("memos").reason()).contains("safe mode");
        assertThat(host.host().tables()).isEmpty();
    }

    @Test
    void disabledPlugin_isListedWithTheSetting() throws Exception {
        host.file("conf/homeostat.yaml", "plugins: {disabled: [memos]}")
                .with(MemoPlugin.jar(), "memos.jar")
                .start();
        assertThat(host.plugin("memos").state()).isEqualTo(State.STOPPED);
        assertThat(host.plugin("memos").reason()).contains("plugins.disabled");
    }

    @Test
    void overrides_reachTheReconciler_andUnknownOnesAreReported() throws Exception {
        host.file("conf/homeostat.yaml", """
            reconcilers:
              memos/disk:
                prune-interval: none
                concurrency: 4
              memos/dusk:
                concurrency: 2
            """)
                .with(MemoPlugin.jar(), "memos.jar")
                .start();
        var options = host.host().reconcilers().getFirst().reconciler().options();
        assertThat(options.concurrency()).isEqualTo(4);
        assertThat(options.pruneInterval()).isNull();
        assertThat(host.host().health())
                .anyMatch(line -> !line.ok()
                        && line.message().contains("conf/homeostat.yaml:5")
                        && line.message().contains("memos/dusk"));
    }

    /** Real time, since it is about a file that another process writes: the host looks at it every second. */
    @Test
    void changedFile_changesARunningReconciler_andWhatIsWrongChangesNothing() throws Exception {
        host.file("conf/homeostat.yaml", "# nothing yet\n")
                .with(MemoPlugin.jar(), "memos.jar")
                .start();
        var reconciler = host.host().reconcilers().getFirst().reconciler();
        assertThat(host.host().health()).isEmpty();

        host.file("conf/homeostat.yaml", "reconcilers: {memos/disk: {concurrency: 4}}\n");
        await().untilAsserted(
                        () -> assertThat(reconciler.options().concurrency()).isEqualTo(4));
        assertThat(reconciler.options().pruneInterval()).isEqualTo(Duration.ofMinutes(10));

        host.file(
                "conf/homeostat.yaml",
                "reconcilers:\n  memos/disk: {concurrency: 5, round-size: 0}\n  memos/dusk: {concurency: 1}\n");
        await().untilAsserted(() -> assertThat(host.host().health())
                .singleElement()
                .matches(line -> !line.ok()
                        && line.message().contains("conf/homeostat.yaml:2: round-size: must be at least 1, but was 0")
                        && line.message().contains("conf/homeostat.yaml:3: unknown key \"concurency\"")));
        assertThat(reconciler.options().concurrency()).isEqualTo(4);

        host.file("conf/homeostat.yaml", "sources: []\nreconcilers: {memos/dusk: {concurrency: 2}}\n");
        await().untilAsserted(
                        () -> assertThat(reconciler.options().concurrency()).isEqualTo(1));
        await().untilAsserted(() -> assertThat(host.host().health())
                .singleElement()
                .matches(line -> !line.ok()
                        && line.message().contains("memos/dusk")
                        && line.message().contains("needs a restart: conf/homeostat.yaml:1: sources was changed")));

        Files.writeString(host.home.resolve("conf/new"), "reconcilers: {memos/disk: {mode: paused}}\n");
        Files.move(
                host.home.resolve("conf/new"),
                host.home.resolve("conf/homeostat.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        await().untilAsserted(() -> assertThat(reconciler.options().mode()).isEqualTo(Mode.PAUSED));
        await().untilAsserted(() -> assertThat(host.host().health()).isEmpty());
    }

    @Test
    void overrideOfAReconcilerThatStops_isReportedThen() throws Exception {
        host.file("conf/homeostat.yaml", "reconcilers: {memos/disk: {concurrency: 4}}")
                .with(MemoPlugin.jar(), "memos.jar")
                .start();
        assertThat(host.host().health()).isEmpty();
        host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));
        assertThat(host.host().health())
                .singleElement()
                .matches(line -> !line.ok() && line.message().contains("no active plugin has a reconciler"));
    }

    @Test
    void optionsThatThePluginSetsLater_standUnderTheConfiguration() throws Exception {
        host.file("conf/homeostat.yaml", "reconcilers: {memos/disk: {concurrency: 4}}")
                .with(
                        MemoPlugin.with(MemoPlugin.CONTRIBUTE.replace(
                                        "ctx.reconciler(", "Reconciler<Memo> disk = ctx.reconciler(")
                                + """
                                ctx.job("tuner", () -> disk.options(disk.options().concurrency(2).rounds(7, 7)));
                                """),
                        "memos.jar")
                .start();
        var reconciler = host.host().reconcilers().getFirst().reconciler();
        await().untilAsserted(() -> assertThat(reconciler.options().roundSize()).isEqualTo(7));
        assertThat(reconciler.options().concurrency()).isEqualTo(4);
        assertThat(host.host().steering().options("memos/disk"))
                .anyMatch(option ->
                        option.name().equals("round-size") && option.from().equals("plugin"))
                .anyMatch(option ->
                        option.name().equals("concurrency") && option.from().equals("conf/homeostat.yaml:1"));
    }
}
