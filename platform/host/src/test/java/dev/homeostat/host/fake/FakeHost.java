package dev.homeostat.host.fake;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.config.ReconcilerOverrides;
import dev.homeostat.host.handover.RejectedRows;
import dev.homeostat.host.steering.KeptFile;
import dev.homeostat.host.steering.ReconcilerSteering;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.verify.JarReport;
import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.DeletedRow;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Leak;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginsChecker;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.host.view.RowWriter;
import dev.homeostat.host.view.SettingView;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.Steering;
import dev.homeostat.host.view.TableView;
import dev.homeostat.host.view.WrittenRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A host of which a test sets every part. Its wall clock stands still; its timers run in real time. */
public final class FakeHost implements HostView, AutoCloseable {
    /** What its check says of any plugin jars. */
    public final List<JarReport> checked = new CopyOnWriteArrayList<>();

    /** What it is configured by. */
    public final List<SettingView> settings = new CopyOnWriteArrayList<>();

    /** What is wrong with its configuration. */
    public final List<ConfigurationProblem> configurationProblems = new CopyOnWriteArrayList<>();

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    public final List<PluginView> plugins = new CopyOnWriteArrayList<>();
    public final List<TableView> tables = new CopyOnWriteArrayList<>();
    public final List<ReconcilerView> reconcilers = new CopyOnWriteArrayList<>();
    public final List<SourceView> sources = new CopyOnWriteArrayList<>();
    public final List<HealthLine> health = new CopyOnWriteArrayList<>();
    public final List<Leak> leaks = new CopyOnWriteArrayList<>();
    public Database database = new FakeDatabase();
    private final Path kept = temporary();
    public final ReconcilerSteering steering =
            new ReconcilerSteering(ReconcilerOverrides.NONE, new KeptFile(kept), new YamlReader(), () -> NOW);
    /** Says that it wrote what it was told, each row with the next revision, and forgets it. */
    public RowWriter rows = new FakeWriter();

    public final RejectedRows rejected = new RejectedRows(kept);
    private final FakeScheduler scheduler = new FakeScheduler();

    private static Path temporary() {
        try {
            Path home = Files.createTempDirectory("homeostat-fake");
            Files.createDirectory(home.resolve("data"));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void add(Table<?> table, String plugin) {
        tables.add(new TableView(table, plugin));
    }

    public void add(Reconciler<?> reconciler, String plugin) {
        reconcilers.add(new ReconcilerView(reconciler, plugin));
        steering.take(reconciler.fullName(), reconciler.options()).started(reconciler);
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public String state() {
        return "RUNNING";
    }

    @Override
    public Path home() {
        return Path.of("/srv/homeostat");
    }

    @Override
    public Instant startedAt() {
        return NOW.minusSeconds(125);
    }

    @Override
    public @Nullable Duration startTook() {
        return Duration.ofMillis(640);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public List<PluginView> plugins() {
        return List.copyOf(plugins);
    }

    /** A plugin that is unloaded goes; one that fails fails again; one without a jar is there no more; others do what they are told. */
    @Override
    public void act(PluginAction action, String plugin, String by) {
        if (plugins.stream()
                .anyMatch(one -> one.id().equals(plugin) && one.jar().isEmpty())) {
            throw new IllegalArgumentException("there is no plugin \"" + plugin + "\"");
        }
        plugins.replaceAll(one ->
                one.id().equals(plugin) && one.state() != PluginView.State.FAILED ? after(action, one, by) : one);
        if (action == PluginAction.UNLOAD) {
            plugins.removeIf(one -> one.id().equals(plugin));
        }
    }

    private static PluginView after(PluginAction action, PluginView one, String by) {
        boolean stops = action == PluginAction.STOP;
        return new PluginView(
                one.id(),
                one.version(),
                stops ? PluginView.State.STOPPED : PluginView.State.ACTIVE,
                one.isolation(),
                stops ? "stopped " + by : "",
                one.jar(),
                NOW,
                stops ? List.of() : one.tables(),
                stops ? List.of() : one.reconcilers(),
                one.requires(),
                one.needs(),
                false);
    }

    @Override
    public List<TableView> tables() {
        return tables;
    }

    @Override
    public List<ReconcilerView> reconcilers() {
        return reconcilers;
    }

    @Override
    public PluginsChecker checker() {
        return jars -> List.copyOf(checked);
    }

    @Override
    public ConfigurationView configuration() {
        return new ConfigurationView() {
            @Override
            public List<ConfigurationProblem> check() {
                return List.copyOf(configurationProblems);
            }

            @Override
            public List<SettingView> show() {
                return List.copyOf(settings);
            }
        };
    }

    @Override
    public List<Leak> leaks() {
        return leaks;
    }

    @Override
    public Steering steering() {
        return steering;
    }

    @Override
    public RowWriter rows() {
        return rows;
    }

    @Override
    public RejectedRows rejected() {
        return rejected;
    }

    @Override
    public List<SourceView> sources() {
        return sources;
    }

    @Override
    public List<HealthLine> health() {
        return health;
    }

    @Override
    public void close() {
        scheduler.timers.shutdownNow();
        try {
            Files.deleteIfExists(kept.resolve(KeptFile.FILE));
            rejected.all().forEach(row -> rejected.set(row.table(), List.of()));
            Files.deleteIfExists(kept.resolve(RejectedRows.DIRECTORY));
            Files.delete(kept.resolve("data"));
            Files.delete(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class FakeWriter implements RowWriter {
        private long revision = 5;

        @Override
        public List<WrittenRow> insert(String table, List<Tree> documents) {
            return documents.stream().map(this::written).toList();
        }

        private WrittenRow written(Tree document) {
            Tree first = ((Tree.Mapping) document).entries().values().iterator().next();
            List<WrittenRow.Change> changes = List.of(WrittenRow.Change.values());
            WrittenRow.Change change = changes.get((int) (revision % changes.size()));
            return new WrittenRow(String.valueOf(((Tree.Scalar) first).value()), change, ++revision, null);
        }

        @Override
        public DeletedRow delete(String table, Key key) {
            return new DeletedRow(++revision, null, null);
        }

        @Override
        public @Nullable RowOwner ownerOf(String table, Key key) {
            return key.equals(Keys.STRING.encode("b.txt")) ? new RowOwner("manifests", "docs.yaml") : null;
        }
    }

    private final class FakeDatabase implements Database {
        @Override
        public <T> RWTable<T> create(TableSpec<T> spec, String... initializers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(RWTable<?> table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Table<?>> tables() {
            return tables.stream().<Table<?>>map(TableView::table).toList();
        }

        @Override
        public @Nullable Table<?> table(String name) {
            return tables().stream()
                    .filter(table -> table.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public ReadTxn readTxn() {
            return () -> this;
        }

        @Override
        public WriteTxn writeTxn(RWTable<?>... locked) {
            throw new UnsupportedOperationException();
        }

        @Override
        public WriteTxn writeTxn(String label, RWTable<?>... locked) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class FakeScheduler implements Scheduler {
        private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());

        @Override
        public Instant instant() {
            return NOW;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            Thread.ofVirtual().start(task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            Future<?> future = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }
    }
}
