package dev.homeostat.host;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.config.ConfigLoader;
import dev.homeostat.host.config.FileWatch;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.control.ControlServer;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.handover.RejectedRows;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.listen.PersistentListener;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.plugin.Deadline;
import dev.homeostat.host.remote.RemoteJmx;
import dev.homeostat.host.remote.RemoteSettings;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Leak;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginsChecker;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.RowWriter;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.Steering;
import dev.homeostat.host.view.TableView;
import dev.homeostat.launcher.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host: started once and stopped once. Starts in the order lock, configuration, database, metrics, sources, control socket, JMX, plugins, remote JMX,
 * and answers then; stops in reverse.
 * Safe for all threads.
 */
final class Host implements HostView {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    /** What plugins get of the five seconds in which a host stops. */
    private static final Duration PLUGINS_STOP = Duration.ofMillis(3500);

    private enum State {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final HostParts parts;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private State state = State.STARTING; // guarded by this
    private volatile @Nullable Duration startTook;

    private Host(HostParts parts) {
        this.parts = parts;
    }

    /**
     * Takes the home and makes everything; no plugin runs yet.
     *
     * @throws StartException if it cannot start, after it has given back what it took
     * @throws dev.homeostat.api.tree.DocumentException if the configuration is not as it should be
     */
    static Host open(Launch launch, BootPlatform platform, Environment environment) throws StartException {
        Closing closing = new Closing();
        try {
            return new Host(HostParts.assemble(launch, platform, environment, closing));
        } catch (StartException | RuntimeException | Error e) {
            closing.closeAll();
            throw e;
        }
    }

    /**
     * Binds the control socket, starts plugins, and answers. When it is stopped meanwhile, it returns without having become ready.
     *
     * @throws StartException if it cannot; it has stopped then
     */
    void start() throws StartException, InterruptedException {
        try {
            ControlMethods methods = methods();
            ControlServer control = parts.closing().add(ControlServer.bind(this, methods, data()));
            parts.plugins().listen(parts.closing().add(HostBeans.open(this, methods, parts.beans(), parts.notices())));
            parts.measure(this);
            parts.folders().first();
            parts.lifecycle().run(this::follow);
            parts.plugins().listen(control);
            control.answer();
            parts.remoteJmx().ifPresent(this::openRemoteJmx);
            parts.configuration().show();
            parts.closing().add(FileWatch.open(parts.scheduler(), home().resolve(ConfigLoader.FILE), parts.reload()));
            ready();
            parts.folders().watch(() -> parts.lifecycle().later("following the plugin directories", this::follow));
        } catch (ExecutionException | IOException | RuntimeException | Error e) {
            if (!isStopping()) {
                stop();
                Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
                throw new StartException("the host cannot start: " + DiskReason.of(cause), cause);
            }
        } catch (InterruptedException e) {
            stop();
            throw e;
        }
    }

    private void openRemoteJmx(RemoteSettings settings) {
        PersistentListener.Opening opening =
                () -> RemoteJmx.open(settings, parts.beans(), parts.audit(), parts.scheduler())::close;
        parts.closing().add(PersistentListener.open("jmx", opening, parts.health(), parts.scheduler()));
    }

    private void follow() throws InterruptedException {
        parts.plugins().follow(parts.folders().newest());
    }

    /** Looks at the plugin directories now, where all jars are known to be whole, and follows what lies there. */
    void followNow() throws ExecutionException, InterruptedException {
        parts.folders().first();
        parts.folders().first(); // a jar is gone when two looks miss it
        parts.lifecycle().run(this::follow);
    }

    private synchronized void ready() {
        if (state == State.STARTING) {
            startTook = Duration.between(startedAt(), Instant.now());
            state = State.RUNNING;
            LOG.info("{}", ReadyLine.of(this));
        }
    }

    /** Stops everything, in less than five seconds whatever plugins do. A second call waits for the first. */
    void stop() {
        if (!beginToStop()) {
            awaitStoppedQuietly();
            return;
        }
        LOG.info("the host stops");
        parts.configuration().close();
        parts.folders().close();
        Deadline deadline = Deadline.in(PLUGINS_STOP, parts.scheduler());
        try {
            parts.lifecycle()
                    .runInstead(() -> parts.plugins().stopAll(deadline), deadline.plus(Duration.ofMillis(200)));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn("plugins did not stop as they should", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.closing().closeAll();
        synchronized (this) {
            state = State.STOPPED;
        }
        LOG.info("the host has stopped");
        stopped.countDown();
    }

    private synchronized boolean beginToStop() {
        boolean first = !isStopping();
        if (first) {
            state = State.STOPPING;
        }
        return first;
    }

    /** Waits until it has stopped. */
    void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    private synchronized boolean isStopping() {
        return state == State.STOPPING || state == State.STOPPED;
    }

    private void awaitStoppedQuietly() {
        try {
            awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path data() {
        return home().resolve("data");
    }

    /** What can be asked of it; what is done through them is written to the audit log. */
    ControlMethods methods() {
        return new ControlMethods(this, parts.audit());
    }

    /** What it is made of, for tests. */
    HostParts parts() {
        return parts;
    }

    @Override
    public String version() {
        return parts.version();
    }

    @Override
    public synchronized String state() {
        return state.name();
    }

    @Override
    public Path home() {
        return parts.launch().home();
    }

    @Override
    public Instant startedAt() {
        return parts.launch().started();
    }

    @Override
    public @Nullable Duration startTook() {
        return startTook;
    }

    @Override
    public Database database() {
        return parts.database();
    }

    @Override
    public Scheduler scheduler() {
        return parts.scheduler();
    }

    @Override
    public List<PluginView> plugins() {
        return parts.plugins().inventory().plugins();
    }

    @Override
    public void act(PluginAction action, String plugin, String by) throws InterruptedException {
        try {
            parts.lifecycle().run(() -> parts.plugins().act(action, plugin, by));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException unknown) {
                throw new IllegalArgumentException(unknown.getMessage(), e);
            }
            throw new IllegalStateException("it failed: " + DiskReason.of(e.getCause() == null ? e : e.getCause()), e);
        } catch (CancellationException e) {
            throw new IllegalStateException("the host stops", e);
        }
    }

    @Override
    public List<TableView> tables() {
        return parts.plugins().inventory().tables();
    }

    @Override
    public List<ReconcilerView> reconcilers() {
        return parts.plugins().inventory().reconcilers();
    }

    @Override
    public RejectedRows rejected() {
        return parts.rejected();
    }

    @Override
    public RowWriter rows() {
        return parts.sources().writer();
    }

    @Override
    public List<Leak> leaks() {
        return parts.unloads().leaks();
    }

    @Override
    public Steering steering() {
        return parts.steering();
    }

    @Override
    public List<SourceView> sources() {
        return parts.sources().view();
    }

    @Override
    public PluginsChecker checker() {
        return parts.checker();
    }

    @Override
    public ConfigurationView configuration() {
        return parts.settings();
    }

    @Override
    public List<HealthLine> health() {
        List<HealthLine> lines = new ArrayList<>();
        if (isRunning()) {
            parts.steering()
                    .waiting()
                    .forEach((name, line) -> lines.add(new HealthLine("", "command", true, line, startedAt())));
        }
        lines.addAll(parts.health().lines());
        return List.copyOf(lines);
    }
}
