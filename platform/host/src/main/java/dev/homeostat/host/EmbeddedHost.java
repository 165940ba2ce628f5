package dev.homeostat.host;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlException;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import dev.homeostat.launcher.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A host in the process of somebody else: of a test of a plugin. It is the host of the launcher, without signals and exit codes, in the same two layers.
 *
 * <p>Whoever calls it is outside of these layers and has other classes of the same names. So it is called by reflection, takes and gives nothing but types of
 * the JDK, and throws what is of the JDK: documents are maps, lists, text, numbers, booleans and null. Safe for all threads.
 */
public final class EmbeddedHost {
    private static final JsonMapper MAPPER = new JsonMapper();

    static {
        GuiceProperties.set();
    }

    private final Launch launch;
    private final Environment environment;
    private final EmbeddedLog log;
    private Optional<Host> host = Optional.empty(); // guarded by this

    /**
     * Starts nothing. What this process logged until now is forgotten.
     *
     * @param install a directory whose {@code plugins} are the bundled ones
     * @param home where it runs
     * @param variables the environment variables that it sees
     */
    public EmbeddedHost(Path install, Path home, Map<String, String> variables) {
        this.launch = new Launch(install, home, Instant.now(), Map.of());
        this.environment = new Environment(Map.of(), variables);
        this.log = EmbeddedLog.begin();
    }

    /**
     * Starts it with the plugins that are there.
     *
     * @throws IllegalArgumentException with all that is wrong with its configuration
     * @throws IOException if it cannot start
     */
    public synchronized void start() throws IOException, InterruptedException {
        BootPlatform platform = new BootPlatform(
                Optional.ofNullable(Launch.class.getModule().getLayer()).orElseGet(ModuleLayer::boot),
                Optional.ofNullable(Launch.class.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader));
        try {
            Host opened = Host.open(launch, platform, environment);
            host = Optional.of(opened);
            opened.start();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(
                    String.join(
                            "\n", e.problems().stream().map(Object::toString).toList()),
                    e);
        } catch (StartException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Follows at once what lies in the plugin directories: whole jars only. */
    public void follow() throws ExecutionException, InterruptedException {
        running().followNow();
    }

    /**
     * Asks what clients of the control socket ask.
     *
     * @param method as in the protocol
     * @param params its parameters
     * @return the result; what was sent before it, as {@code items}
     * @throws IllegalArgumentException if it cannot be answered, with the way out
     * @throws TimeoutException if it was begun, and is not over in the time that the parameters gave it
     */
    public Map<String, Object> ask(String method, Map<String, Object> params)
            throws IOException, InterruptedException, TimeoutException {
        List<Object> items = new ArrayList<>();
        try {
            ObjectNode answer = running()
                    .methods()
                    .call(
                            Caller.test(),
                            method,
                            MAPPER.valueToTree(params),
                            item -> items.add(MAPPER.treeToValue(item, Object.class)));
            Map<String, Object> result = new LinkedHashMap<>();
            answer.properties()
                    .forEach(field -> result.put(field.getKey(), MAPPER.treeToValue(field.getValue(), Object.class)));
            result.put("items", items);
            return result;
        } catch (ControlException e) {
            String message = e.hint().isEmpty() ? e.getMessage() : e.getMessage() + ": " + e.hint();
            if (e.code() == ControlException.Code.TIMEOUT) {
                throw new TimeoutException(message);
            }
            throw new IllegalArgumentException(method + ": " + message, e);
        }
    }

    /** Writes a row, as the plugin that owns the table could. */
    public void put(String table, Object document) {
        put(table(table), document);
    }

    private <T> void put(Table<T> table, Object document) {
        RWTable<T> writable = (RWTable<T>) table;
        RowCodec<T> codec = Optional.ofNullable(table.spec().codec())
                .orElseThrow(() -> new IllegalArgumentException("table \"" + table.name() + "\" has no codec"));
        T row = codec.decode(PlainDocument.tree(document));
        running().database().write(writable, txn -> writable.insert(txn, row));
    }

    /**
     * Deletes the row of a key, if there is one.
     *
     * @param key as people write it
     */
    public void remove(String table, String key) {
        remove(table(table), key);
    }

    private <T> void remove(Table<T> table, String key) {
        RWTable<T> writable = (RWTable<T>) table;
        running().database().write(writable, txn -> {
            writable.delete(txn, table.spec().lookup(table.spec().parseKey(key)));
            return true;
        });
    }

    /**
     * Whether the reconcilers of a table have attempted, at least once, every change that it has now; they are waited for.
     *
     * @throws IllegalStateException if one of them does nothing: it is paused, plans, or was stopped
     */
    public boolean isAttempted(String table, long patienceMillis) throws ExecutionException, InterruptedException {
        Table<?> changed = table(table);
        long revision = changed.revision(running().database().readTxn());
        CompletableFuture<?>[] attempts = running().reconcilers().stream()
                .<Reconciler<?>>map(ReconcilerView::reconciler)
                .filter(reconciler -> reconciler.table().name().equals(table))
                .map(reconciler -> reconciler.waitUntilReconciled(revision).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(attempts).get(patienceMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException stopped) {
                throw new IllegalStateException(stopped.getMessage(), e);
            }
            throw e;
        } finally {
            for (CompletableFuture<?> attempt : attempts) {
                attempt.cancel(false);
            }
        }
    }

    private Table<?> table(String name) {
        return running().tables().stream()
                .<Table<?>>map(TableView::table)
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no table \"" + name + "\"; there are "
                        + running().tables().stream()
                                .map(view -> view.table().name())
                                .toList()));
    }

    /** Whether it is known of all classes that were unloaded whether they were collected or have leaked. */
    public boolean isSettled() {
        return running().parts().unloads().isSettled();
    }

    /** What has leaked: each with {@code plugin}, {@code version} and {@code reason}. */
    public List<Map<String, String>> leaks() {
        return running().parts().unloads().leaks().stream()
                .map(leak -> Map.of("plugin", leak.plugin(), "version", leak.version(), "reason", leak.reason()))
                .toList();
    }

    /** The last lines of the log, the oldest first; a line of an exception is followed by those of its stack. */
    public List<String> log() {
        return log.lines();
    }

    /** Stops it; what leaked is no longer known then. Does nothing if it does not run. */
    public void stop() {
        opened().ifPresent(Host::stop);
    }

    private synchronized Optional<Host> opened() {
        return host;
    }

    private Host running() {
        return opened().orElseThrow(() -> new IllegalStateException("the host was not started"));
    }
}
