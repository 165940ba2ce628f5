package dev.homeostat.plugintest;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.plugintest.HostedPlugin.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/**
 * A host that runs in the process of the test, on a home of its own. It starts with the first thing that needs it to run, such as {@link #deploy()}; what is in the home by then
 * it finds, as after a start of the process. It is the host of an installation, with the bundled plugin {@code manifests}.
 *
 * <p>What does not happen fails the test: all methods throw an {@link AssertionError} that says how things are. Each wait ends as soon as it can, and after the
 * {@linkplain PluginTest#patience patience} of the test. Safe for all threads.
 */
public final class PluginHost {
    private final RunningHost host;
    private final Supplier<PluginJar> underTest;
    private final Deployment deployment;
    private @Nullable PluginJar jar; // guarded by this

    PluginHost(Supplier<PluginJar> underTest, Duration patience) {
        this.host = new RunningHost(patience);
        this.underTest = underTest;
        this.deployment = new Deployment(host);
    }

    /** The plugin under test. */
    public synchronized PluginJar jar() {
        PluginJar made = jar;
        if (made == null) {
            made = underTest.get();
            jar = made;
        }
        return made;
    }

    /** The home directory: absolute, without symbolic links, and gone after the test. */
    public Path home() {
        return host.home().directory();
    }

    /**
     * Writes a file of the home.
     *
     * @param name relative to the home: {@code conf/homeostat.yaml}, which the host reads when it starts
     */
    public PluginHost file(String name, String text) {
        host.home().write(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Writes a plugin's configuration, {@code conf/plugins/ID.yaml}. Where the plugin runs, it hears of it, or is reloaded, a moment later. */
    public PluginHost config(String id, String yaml) {
        return file("conf/plugins/" + id + ".yaml", yaml);
    }

    /**
     * Writes a manifest, as an operator does. Its rows come a moment later: wait for what comes of them.
     *
     * @param name of the file, such as {@code notes.yaml}
     */
    public PluginHost manifest(String name, String yaml) {
        return file("manifests/" + name, yaml);
    }

    /**
     * Sets an environment variable for the host, such as {@code HOMEOSTAT_PLUGIN_NOTES_PASSWORD}; it sees no others.
     *
     * @throws IllegalStateException if the host runs
     */
    public PluginHost variable(String name, String value) {
        host.variable(name, value);
        return this;
    }

    /** Starts the host, if it does not run yet. */
    public PluginHost start() {
        host.inside();
        return this;
    }

    /** Deploys the plugin under test: copies its jar to {@code plugins/} of the home. Fails if it does not run then. */
    public HostedPlugin deploy() {
        return deploy(jar());
    }

    /** Deploys a plugin. Fails if it does not run then. */
    public HostedPlugin deploy(PluginJar plugin) {
        return deployment.deploy(plugin);
    }

    /** Replaces the plugin under test by itself, as {@code homeostat plugins reload} does. Fails if that fails. */
    public HostedPlugin redeploy() {
        return redeploy(jar());
    }

    /** Overwrites a plugin's jar by a jar with the same id, such as one of a newer version. Fails if that is refused. */
    public HostedPlugin redeploy(PluginJar plugin) {
        return deployment.redeploy(plugin);
    }

    /**
     * Replaces the plugin under test by itself again and again, and fails at the first time that leaves the classes of the one before in memory: class loaders stay as
     * many as they were.
     *
     * @param times positive
     */
    public HostedPlugin redeploy(int times) {
        return redeploy(jar(), times);
    }

    /** The same with that plugin. */
    public HostedPlugin redeploy(PluginJar plugin, int times) {
        if (times <= 0) {
            throw new IllegalArgumentException("times: must be positive, but was " + times);
        }
        for (int i = 1; i <= times; i++) {
            deployment.redeploy(plugin);
            List<String> leaks = host.leaks();
            if (!leaks.isEmpty()) {
                throw new AssertionError("redeployment " + i + " of " + times + ": " + String.join("\n", leaks));
            }
        }
        return plugin(plugin.id());
    }

    /**
     * Deploys, or overwrites, a plugin that may be refused. That it was is no failure of this test.
     *
     * @return what became of it; where an older version goes on, that one, with the reason
     */
    public HostedPlugin tryDeploy(PluginJar plugin) {
        return deployment.tryDeploy(plugin);
    }

    /** Deletes a plugin's jar, and thereby stops and forgets it. Fails if it is still there then. */
    public void undeploy(String id) {
        deployment.undeploy(id);
    }

    /** Waits until the classes of all that was stopped or replaced were collected. Fails, after five seconds, if they were not, with what keeps them. */
    public void awaitUnloaded() {
        List<String> leaks = host.leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(String.join("\n", leaks));
        }
    }

    /** All plugins that the host knows, bundled ones and failed ones too. */
    public List<HostedPlugin> plugins() {
        return host.plugins();
    }

    /** That plugin. Fails if the host does not know it. */
    public HostedPlugin plugin(String id) {
        return host.plugin(id)
                .orElseThrow(() -> new AssertionError("there is no plugin \"" + id + "\"; there are "
                        + plugins().stream().map(HostedPlugin::id).toList()));
    }

    /** All rows of a table, and undone deletes, in the order of the keys. */
    public List<HostedRow> rows(String table) {
        return host.rows(table);
    }

    /** All rows of a table in the test's own class, in the order of the keys; undone deletes are left out, and statuses in them are {@code pending}. */
    public <T> List<T> rows(TableSpec<T> table) {
        return rows(table.name()).stream()
                .filter(row -> !row.deleted())
                .map(row -> row.as(table))
                .toList();
    }

    /**
     * The row of that primary key, also one whose delete is undone.
     *
     * @param key as people write it
     */
    public Optional<HostedRow> row(String table, String key) {
        return rows(table).stream().filter(row -> row.key().equals(key)).findFirst();
    }

    /** Writes a row, as the plugin could itself. It is in its table when this returns. */
    public <T> void put(TableSpec<T> table, T row) {
        Object document = Documents.plain(HostedRow.codec(table).encode(row));
        host.inside().put(table.name(), java.util.Objects.requireNonNull(document, "the row's document"));
    }

    /** Deletes the row of that primary key, if there is one, as the plugin could itself. */
    public void delete(String table, String key) {
        host.inside().remove(table, key);
    }

    /** That reconciler. Fails if there is none. */
    public HostedReconciler reconciler(String name) {
        return HostedReconciler.of(Answer.mappings(host.ask("reconcilers", Map.of("name", name)), "reconcilers")
                .getFirst());
    }

    /** What plugins and the host report of their health. */
    public List<HealthLine> health() {
        return host.health();
    }

    /**
     * Asks what the command {@code homeostat} asks a running host, by the methods of {@code docs/control-protocol.md}: to prune, to pause, to stop a plugin, and so on.
     *
     * @param params text, numbers, booleans, lists and maps of these
     * @return the result; its {@code items} are what a client gets before that
     * @throws IllegalArgumentException if it cannot be answered, with the way out
     */
    public Tree ask(String method, Map<String, Object> params) {
        return Documents.tree(host.ask(method, params));
    }

    /** The last ten thousand lines of the host's log, the oldest first: level, plugin, reconciler, logger, message, and what else it is about. */
    public List<String> log() {
        return host.inside().log();
    }

    /** Repeats the assertions until they hold. Fails with the last of their failures, and with how things are in the host. */
    public void await(Executable assertions) {
        host.start();
        host.await(assertions);
    }

    /** Waits until a row is there and all reconcilers of its table have done it. */
    public HostedRow awaitDone(String table, String key) {
        await(() -> {
            HostedRow row = row(table, key)
                    .orElseThrow(() -> new AssertionError("table \"" + table + "\" has no row \"" + key + "\""));
            if (!row.isDone()) {
                throw new AssertionError("row \"" + key + "\" of table \"" + table + "\" is not done: "
                        + (row.deleted() ? "it is deleted, " : "") + row.statuses());
            }
        });
        return row(table, key).orElseThrow(() -> new AssertionError("row \"" + key + "\" went away"));
    }

    /** Waits until a row is gone, and all reconcilers of its table have done its delete. */
    public void awaitGone(String table, String key) {
        await(() -> {
            requireGone(table, key);
            if (!host.inside().isAttempted(table, 1000)) { // one that begins later is no undone delete yet
                throw new AssertionError("table \"" + table + "\" has changes that no reconciler has attempted yet");
            }
            requireGone(table, key);
        });
    }

    private void requireGone(String table, String key) {
        row(table, key).ifPresent(row -> {
            throw new AssertionError("row \"" + key + "\" of table \"" + table + "\" is still there"
                    + (row.deleted() ? ", for its delete is to be done: " : ": ") + row.statuses());
        });
    }

    /** Waits until all rows that the table has now, and all deletes, are done. Fails at once if one has failed for good. */
    public void awaitReconciled(String table) {
        try {
            Map<String, Object> params =
                    Map.of("table", table, "timeoutMillis", host.patience().toMillis());
            Map<String, @Nullable Object> answer = host.inside().ask("wait", params);
            if (!Boolean.TRUE.equals(answer.get("reconciled"))) {
                throw new AssertionError("table \"" + table + "\" is not reconciled: " + answer.get("reconcilers"));
            }
        } catch (TimeoutException e) {
            throw new AssertionError("table \"" + table + "\" is not reconciled after "
                    + host.patience().toSeconds() + " s\n" + host.state());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a plugin is in that state. */
    public HostedPlugin awaitPlugin(String id, State state) {
        await(() -> {
            if (plugin(id).state() != state) {
                throw new AssertionError(plugin(id).told() + ", and not " + state);
            }
        });
        return plugin(id);
    }

    /**
     * Stops all, and tells what is not as it should be.
     *
     * @param failure of the test; takes what the host has logged
     */
    void end(@Nullable Throwable failure) {
        List<String> problems = host.end(deployment.mayHaveFailed());
        List<String> warnings = host.warnings();
        if (failure != null && !warnings.isEmpty()) {
            failure.addSuppressed(new HostWarnings(warnings));
        }
        if (!problems.isEmpty()) {
            AssertionError error = new AssertionError(String.join("\n", problems));
            error.setStackTrace(new StackTraceElement[0]); // of JUnit alone
            throw error;
        }
    }

    /** Shown with a test's failure. */
    private static final class HostWarnings extends Exception {
        private static final long serialVersionUID = 1L;

        HostWarnings(List<String> lines) {
            super("the host has logged:\n" + String.join("\n", lines), null, true, false);
        }
    }
}
