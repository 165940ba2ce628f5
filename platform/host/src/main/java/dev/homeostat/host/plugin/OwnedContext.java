package dev.homeostat.host.plugin;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.api.plugin.ConfigListener;
import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.HealthReporter;
import dev.homeostat.api.plugin.Job;
import dev.homeostat.api.plugin.PluginContext;
import dev.homeostat.api.plugin.Stopwatch;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.source.Source;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.handover.CodecChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A plugin's context: checks each declaration, and puts it into the plugin's scope. */
final class OwnedContext implements PluginContext {
    private final PluginDescriptor descriptor;
    private final PluginScope scope;
    private final HostServices services;
    private final Events events;
    private final Neighbours neighbours;
    private final PluginConfigs.Bound config;
    private final PluginInjector injector = new PluginInjector(this);
    private final MetricHandles metrics;
    private final Set<String> names = new HashSet<>();

    OwnedContext(
            PluginDescriptor descriptor,
            PluginScope scope,
            HostServices services,
            Events events,
            Neighbours neighbours) {
        this.descriptor = descriptor;
        this.scope = scope;
        this.services = services;
        this.events = events;
        this.neighbours = neighbours;
        this.config = services.configs().open(descriptor.id());
        scope.add(new ConfigContribution(descriptor.id(), config, scope.around(), services.scheduler()));
        this.metrics = new MetricHandles(scope.leash(), services, scope.around());
    }

    @Override
    public String id() {
        return descriptor.id();
    }

    @Override
    public String version() {
        return descriptor.version();
    }

    @Override
    public Path home() {
        return services.home();
    }

    @Override
    public Path data() {
        try {
            return Files.createDirectories(
                    services.home().resolve("data/plugins").resolve(id()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the directory of plugin \"" + id() + "\" cannot be made: " + DiskReason.of(e), e);
        }
    }

    @Override
    public <C extends Record> C config(Class<C> type) {
        scope.leash().checkNotStopped("configuration");
        C bound = config.bind(type);
        injector.config(type, bound);
        return bound;
    }

    @Override
    public <C extends Record> C config(Class<C> type, ConfigListener<C> listener) {
        requireNonNull(listener, "listener");
        unique("listener to changes of the configuration");
        C bound = config(type);
        config.listen(type, listener);
        return bound;
    }

    @Override
    public <T> RWTable<T> table(TableSpec<T> spec) {
        neighbours.checkNewTable(spec.name());
        unique("table \"" + spec.name() + "\"");
        CodecChoice<T> choice = CodecChoice.of(spec);
        TableHandle<T> handle = new TableHandle<>(scope.leash(), choice.spec());
        scope.add(new TableContribution<>(choice, handle, services, events));
        injector.writable(spec.rowType(), handle);
        return handle;
    }

    @Override
    public <T> Table<T> use(TableSpec<T> spec) {
        TableContribution<T> owner = neighbours.table(spec);
        ReadHandle<T> handle = new ReadHandle<>(scope.leash(), spec);
        scope.add(new UseContribution<>(owner, handle));
        injector.readable(spec.rowType(), handle);
        return handle;
    }

    @Override
    public <T> Reconciler<T> reconciler(String name, Table<T> table, Operations<T> operations, Options options) {
        requireNonNull(operations, "operations");
        requireNonNull(options, "options");
        if (!(table instanceof ReadHandle<T> owned)) {
            throw new IllegalArgumentException(
                    "reconciler \"" + name + "\": its table is to be one that table(…) or use(…) of this context gave");
        }
        return contribute(name, owned, new ReconcilerContribution.BesideTheRows<>(owned), operations, options);
    }

    @Override
    public <T> Reconciler<T> reconciler(
            String name, RWTable<T> table, StatusSlot<T> status, Operations<T> operations, Options options) {
        requireNonNull(operations, "operations");
        requireNonNull(options, "options");
        if (!(table instanceof TableHandle<T> owned)) {
            throw new IllegalArgumentException("reconciler \"" + name + "\": it writes its statuses into the rows, so"
                    + " its table is to be one that table(…) of this context gave");
        }
        String thing = "reconciler \"" + table.name() + "/" + name + "\"";
        if (owned.spec().statuses() != requireNonNull(status, "status").statuses()) {
            throw new IllegalArgumentException(thing + ": " + status + " is not one of the rows of table \""
                    + table.name() + "\"; name it in the table's specification with statuses(…)");
        }
        unique(status + " of table \"" + table.name() + "\" as the place of a reconciler's statuses");
        return contribute(name, owned, new ReconcilerContribution.InTheRows<>(owned, status), operations, options);
    }

    private <T> Reconciler<T> contribute(
            String name,
            ReadHandle<T> table,
            ReconcilerContribution.Place<T> place,
            Operations<T> operations,
            Options options) {
        String fullName = table.name() + "/" + name;
        neighbours.checkNewReconciler(fullName);
        unique("reconciler \"" + fullName + "\"");
        ReconcilerHandle<T> handle = new ReconcilerHandle<>(scope.leash(), name, table);
        scope.add(new ReconcilerContribution<>(
                handle, place, operations, options, scope.around(), scope.database(), services, events));
        return handle;
    }

    @Override
    @SuppressWarnings("unchecked") // the contribution of a table has rows of its handle's type
    public <I, O> Derivation<I, O> derive(
            Table<I> in, RWTable<O> out, Function<? super I, ? extends Collection<? extends O>> function) {
        requireNonNull(function, "function");
        String thing = "derivation \"" + in.name() + " → " + out.name() + "\"";
        TableContribution<O> derived = (TableContribution<O>) scope.all(TableContribution.class).stream()
                .filter(table -> table.isOf(out))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        thing + ": the derived table is to be one that table(…) of this context gave"));
        if (!(in instanceof ReadHandle<I> followed)) {
            throw new IllegalArgumentException(
                    thing + ": the followed table is to be one that table(…) or use(…) of this context gave");
        }
        if (derived.spec().acceptsSources()) {
            throw new IllegalArgumentException(thing + ": table \"" + out.name()
                    + "\" accepts sources, whose rows the derivation would delete; derive into a table of its own");
        }
        unique("derivation into table \"" + out.name() + "\"");
        derived.initializer(Derivation.initializerFrom(in));
        DerivationHandle<I, O> handle = new DerivationHandle<>(scope.leash(), thing, in, out);
        scope.add(new DerivationContribution<>(
                id(), thing, handle, followed, derived, function, services, scope.around()));
        return handle;
    }

    @Override
    public void source(String name, Source source) {
        requireNonNull(source, "source");
        unique("source \"" + name + "\"");
        neighbours.checkNewSource(name);
        scope.add(new SourceContribution(id(), name, source, services, scope.around()));
    }

    @Override
    public void job(String name, Job job) {
        requireNonNull(job, "job");
        String thing = "job \"" + name + "\"";
        unique(thing);
        scope.add(new SupervisedWork(id(), thing, services, scope.around(), job::run));
    }

    @Override
    public <T> T inject(Class<T> type) {
        scope.leash().checkNotStopped("the injector");
        return injector.make(type);
    }

    @Override
    public Database database() {
        return scope.database();
    }

    @Override
    public Scheduler scheduler() {
        return scope.scheduler();
    }

    @Override
    public DocumentReader documents() {
        return services.documents();
    }

    @Override
    public Counter counter(String name) {
        unique("metric \"" + name + "\"");
        return metrics.counter(name, scope);
    }

    @Override
    public Stopwatch stopwatch(String name) {
        unique("metric \"" + name + "\"");
        return metrics.stopwatch(name, scope);
    }

    @Override
    public void gauge(String name, Supplier<? extends Number> value) {
        unique("metric \"" + name + "\"");
        scope.add(metrics.gauge(name, value));
    }

    @Override
    public void mbean(String name, Object mxbean) {
        unique("MBean \"" + name + "\"");
        scope.add(new OtherContribution(
                "MBean \"" + name + "\"",
                () -> services.mbeans().register(id(), name, mxbean),
                () -> services.mbeans().unregister(id(), name)));
    }

    @Override
    public HealthReporter health(String name) {
        unique("health \"" + name + "\"");
        return metrics.health(name, scope);
    }

    @Override
    public void onStop(AutoCloseable resource) {
        requireNonNull(resource, "resource");
        scope.addStarted(new OtherContribution("resource " + resource.getClass().getName(), () -> {}, resource::close));
    }

    private void unique(String thing) {
        scope.leash().checkContributing(thing);
        if (!names.add(thing)) {
            throw new IllegalArgumentException(thing + " is contributed twice");
        }
    }
}
