package dev.homeostat.api.plugin;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.source.Source;
import dev.homeostat.api.tree.DocumentReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A plugin's only way to the host. It owns all that is contributed through it, and closes it in reverse order when the plugin stops.
 *
 * <p>The methods that contribute may be called during {@link Plugin#contribute} only. Handles that are given out (tables, reconcilers, metrics) work once
 * the plugin is active, answer {@link IllegalStateException} before, and {@link PluginStoppedException} after it stopped.
 */
public interface PluginContext {
    /** The plugin's id, from its manifest. */
    String id();

    /** The plugin's version, from its manifest. */
    String version();

    /** The host's home: relative paths in configuration are relative to it. */
    Path home();

    /** A directory for this plugin's own files, which exists. */
    Path data();

    /**
     * This plugin's configuration: {@code conf/plugins/<id>.yaml} bound to a record, whose annotations (see {@link dev.homeostat.api.tree.Default} and its
     * neighbours) give defaults and bounds. Without that file, all defaults.
     *
     * <p>Before the file goes the environment ({@code HOMEOSTAT_PLUGIN_<ID>_<KEY>}, in capitals with {@code _} for all else), and before that a system property
     * ({@code homeostat.plugin.<id>.<key>}). A {@link dev.homeostat.api.tree.Secret} named {@code password} can be given in a file of its own, named by the key
     * {@code password-file}, by the property with {@code -file} or the variable with {@code _FILE} at its end.
     *
     * <p>It stays the same until the plugin is started anew, whatever becomes of the file.
     *
     * @throws dev.homeostat.api.tree.DocumentException with every problem of the file; let it pass
     */
    <C extends Record> C config(Class<C> type);

    /**
     * The same for a plugin that takes up changes while it runs: the listener hears of each that is as it should be. What is not, keeps what is in force and is
     * shown. During {@link Plugin#contribute} only, and once.
     *
     * @param listener called once the plugin is active, until it stops
     * @throws dev.homeostat.api.tree.DocumentException as {@link #config(Class)}
     */
    <C extends Record> C config(Class<C> type, ConfigListener<C> listener);

    /** Contributes a table, which this plugin owns. */
    <T> RWTable<T> table(TableSpec<T> spec);

    /** Opens a table of a plugin that this one depends on, to read it. */
    <T> Table<T> use(TableSpec<T> spec);

    /** Contributes a reconciler for a table of this plugin, or of one that it depends on; {@code name} is unique for that table. */
    <T> Reconciler<T> reconciler(String name, Table<T> table, Operations<T> operations, Options options);

    /**
     * Contributes a reconciler that keeps its statuses in the rows.
     *
     * @param table a table of this plugin
     * @param status where: one of the {@linkplain TableSpec#statuses statuses that its rows carry}, which no other reconciler uses
     */
    <T> Reconciler<T> reconciler(
            String name, RWTable<T> table, StatusSlot<T> status, Operations<T> operations, Options options);

    /**
     * Contributes a derivation, which keeps a table computed from another; see {@link Derivation}. The derived table is initialized when everything was derived that the
     * other one had when it was initialized. Rows that fail are shown in health.
     *
     * @param in a table of this plugin, or of one that it depends on
     * @param out a table of this plugin, which nothing else writes and which accepts no sources
     * @param function gives the derived rows of a row; pure
     */
    <I, O> Derivation<I, O> derive(
            Table<I> in, RWTable<O> out, Function<? super I, ? extends Collection<? extends O>> function);

    /** Contributes a source, which feeds tables that accept sources. */
    void source(String name, Source source);

    /** Contributes a job. */
    void job(String name, Job job);

    /**
     * Makes an object with its {@code @Inject} constructor. It can be given: this context, {@link Database}, {@link Scheduler}, {@link DocumentReader},
     * the configuration record that was asked for, this plugin's tables, and classes of this plugin that have such a constructor themselves.
     */
    <T> T inject(Class<T> type);

    /** The database. Its write transactions take the handles that this context gives out; they are aborted when the plugin stops. */
    Database database();

    /** Time and threads. What is scheduled here is cancelled when the plugin stops. */
    Scheduler scheduler();

    /** Reads YAML and JSON. */
    DocumentReader documents();

    /** A counter, published as a metric of this plugin. */
    Counter counter(String name);

    /** A timer, published as a metric of this plugin. */
    Stopwatch stopwatch(String name);

    /**
     * A value that is asked for when somebody looks, published as a metric of this plugin. It is asked on a thread of its own, one at a time; where it throws, or has
     * not answered after a second, there is no value, and the thread is interrupted.
     */
    void gauge(String name, Supplier<? extends Number> value);

    /**
     * Publishes an MXBean (its interface's name ends in {@code MXBean}) under {@code dev.homeostat:type=Plugin,id=ID,name=NAME}. Clients have no classes but the JDK's: what it throws,
     * and what its notifications carry that is no number, truth value or open type, is told them as text.
     */
    void mbean(String name, Object mxbean);

    /** A line in the host's health that this plugin keeps; OK at first. */
    HealthReporter health(String name);

    /** Closes something when the plugin stops, after all that was contributed later. */
    void onStop(AutoCloseable resource);
}
