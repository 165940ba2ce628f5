package dev.homeostat.host.plugin;

import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a host. What one of them throws, wherever, is its own end and nobody else's: it is quarantined with its reason, and so are those that
 * depend on it.
 *
 * <p>Everything that changes something is called by one thread, the lifecycle thread; {@link #inventory} may be asked by any.
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final CodeLoader code;
    private final HostServices services;
    private final PluginSettings settings;
    private final List<ContributionListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, PluginEntry> entries = new LinkedHashMap<>();
    /** In the order in which they contributed: dependencies first. */
    private final List<PluginEntry> running = new ArrayList<>();

    private volatile Inventory inventory = Inventory.EMPTY;

    /** No plugins yet. */
    public Plugins(CodeLoader code, HostServices services, PluginSettings settings) {
        this.code = code;
        this.services = services;
        this.settings = settings;
    }

    /** From now on, the listener hears what comes and goes. Before the first start. */
    public void listen(ContributionListener listener) {
        listeners.add(listener);
    }

    /** What there is now. Any thread. */
    public Inventory inventory() {
        return inventory;
    }

    /** Finds all jars, and starts all plugins together: tables first, and the rest once every one has contributed. */
    public void startAll(PluginJars jars) throws InterruptedException {
        List<PluginEntry> found = new ArrayList<>();
        for (Path jar : jars.find()) {
            PluginEntry entry = describe(jar, jars);
            entries.put(entry.id(), entry);
            changed(entry);
            if (entry.state() == State.FOUND && !heldBack(entry)) {
                found.add(entry);
            }
        }
        start(found);
    }

    /** Starts one that was stopped or failed; those that it needs are to run already. */
    public void start(String id) throws InterruptedException {
        PluginEntry entry = entry(id);
        if (entry.state() != State.ACTIVE) {
            start(List.of(entry));
        }
    }

    /** Stops one, after those that depend on it, and gives up their classes. */
    public void stop(String id) throws InterruptedException {
        PluginEntry entry = entry(id);
        for (PluginEntry dependent : dependents(entry)) {
            end(dependent, State.STOPPED, "stopped because plugin \"" + id + "\", which it needs, was");
        }
        if (running.contains(entry)) {
            end(entry, State.STOPPED, "stopped by command");
        }
    }

    /** Stops one and forgets it. */
    public void unload(String id) throws InterruptedException {
        stop(id);
        entries.remove(id);
        publish();
        new Events(id, listeners).pluginRemoved();
    }

    /** Stops all, those that depend on others first, whatever they do, before the deadline. */
    public void stopAll(Deadline deadline) throws InterruptedException {
        List<PluginEntry> ending = List.copyOf(running).reversed();
        running.clear();
        List<PluginScope> scopes = new ArrayList<>();
        ending.forEach(entry -> scopes.add(entry.takeScope()));
        PluginScope.stop(scopes, deadline).forEach(problem -> LOG.warn("{}", problem));
        for (PluginEntry entry : ending) {
            code.unload(entry.id());
            come(entry, State.STOPPED, "the host stopped");
        }
    }

    private PluginEntry entry(String id) {
        PluginEntry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("there is no plugin \"" + id + "\"; there are " + entries.keySet());
        }
        return entry;
    }

    private PluginEntry describe(Path jar, PluginJars jars) {
        String shown = jars.show(jar);
        String fileName = jar.getFileName().toString();
        try {
            PluginDescriptor descriptor = code.describe(jar);
            PluginEntry first = entries.get(descriptor.id());
            if (first == null) {
                return verified(new PluginEntry(
                        jar,
                        shown,
                        descriptor.id(),
                        descriptor,
                        services.scheduler().instant()));
            }
            String taken =
                    "plugin id \"" + descriptor.id() + "\" is taken by " + first.shownJar() + ": remove one of the two";
            LOG.warn("plugin jar {}: {}", shown, taken);
            return failed(jar, shown, fileName, taken);
        } catch (RuntimeException e) {
            LOG.warn("plugin jar {}: {}", shown, Reasons.of(e), e instanceof PluginRefusedException ? null : e);
            return failed(jar, shown, fileName, Reasons.of(e));
        }
    }

    private PluginEntry verified(PluginEntry entry) {
        try {
            code.verify(entry.descriptor());
        } catch (PluginRefusedException e) {
            LOG.warn("plugin \"{}\": {}", entry.id(), e.getMessage());
            entry.come(State.FAILED, Reasons.of(e), services.scheduler().instant());
        }
        return entry;
    }

    private PluginEntry failed(Path jar, String shown, String fileName, String reason) {
        PluginEntry entry = new PluginEntry(
                jar,
                shown,
                entries.containsKey(fileName) ? shown : fileName,
                null,
                services.scheduler().instant());
        entry.come(State.FAILED, reason, services.scheduler().instant());
        return entry;
    }

    private boolean heldBack(PluginEntry entry) {
        if (settings.safeMode()) {
            come(entry, State.STOPPED, "safe mode starts no plugin");
        } else if (settings.disabled().contains(entry.id())) {
            come(entry, State.STOPPED, "disabled in the configuration (plugins.disabled)");
        } else {
            return false;
        }
        return true;
    }

    private void start(List<PluginEntry> starting) throws InterruptedException {
        List<PluginDescriptor> candidates = new ArrayList<>();
        running.forEach(entry -> candidates.add(entry.descriptor()));
        starting.forEach(entry -> candidates.add(entry.descriptor()));
        PluginOrder order = PluginOrder.of(candidates, unfit(candidates), code::accepts);
        for (PluginEntry entry : starting) {
            String refused = order.refused().get(entry.id());
            if (refused != null) {
                quarantine(entry, new PluginRefusedException(refused));
            }
        }
        List<PluginEntry> contributed = new ArrayList<>();
        for (PluginDescriptor descriptor : order.order()) {
            PluginEntry entry = entry(descriptor.id());
            if (starting.contains(entry) && attempt(entry, () -> contribute(entry))) {
                contributed.add(entry);
            }
        }
        for (PluginEntry entry : contributed) {
            if (running.contains(entry)) {
                attempt(entry, () -> scope(entry).start(true));
            }
        }
        for (PluginEntry entry : contributed) {
            if (running.contains(entry)) {
                scope(entry).leash().activate();
            }
        }
        for (PluginEntry entry : contributed) {
            if (running.contains(entry) && attempt(entry, () -> scope(entry).start(false))) {
                come(entry, State.ACTIVE, "");
                LOG.info(
                        "plugin {} is active ({})",
                        entry.descriptor().label(),
                        entry.view().isolation());
            }
        }
    }

    private Map<String, String> unfit(List<PluginDescriptor> candidates) {
        Map<String, String> reasons = new HashMap<>();
        entries.forEach((id, entry) -> reasons.put(id, entry.reason()));
        candidates.forEach(candidate -> reasons.remove(candidate.id()));
        return reasons;
    }

    private static PluginScope scope(PluginEntry entry) {
        PluginScope scope = entry.scope;
        if (scope == null) {
            throw new IllegalStateException("plugin \"" + entry.id() + "\" is not loaded");
        }
        return scope;
    }

    private boolean attempt(PluginEntry entry, Callback.Body body) throws InterruptedException {
        try {
            body.run();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // whatever it is, it is this plugin's end and not the host's
            quarantine(entry, e);
            return false;
        }
    }

    private void contribute(PluginEntry entry) throws Exception {
        PluginDescriptor descriptor = entry.descriptor();
        for (PluginDescriptor.Dependency dependency : descriptor.dependencies()) {
            PluginEntry other = entries.get(dependency.id());
            if (!dependency.optional() && (other == null || !running.contains(other))) {
                throw new PluginRefusedException(
                        PluginOrder.failed(dependency.id(), other == null ? "it is not there" : other.reason()));
            }
        }
        PluginCode loaded = code.load(descriptor, entry.jar);
        entry.isolation(loaded.isolation());
        PluginScope scope = new PluginScope(entry.id(), loaded.loader(), services);
        entry.scope = scope;
        OwnedContext context =
                new OwnedContext(descriptor, scope, services, new Events(entry.id(), listeners), neighbours(entry));
        await(entry, Callback.start(entry.id() + ": contribute", scope.around(), () -> {
            loaded.pluginClass().getConstructor().newInstance().contribute(context);
        }));
        scope.leash().contributed();
        running.add(entry);
    }

    private void await(PluginEntry entry, Callback callback) throws Exception {
        try {
            callback.await(Deadline.in(settings.contributeDeadline(), services.scheduler()));
        } catch (TimeoutException e) {
            throw new PluginRefusedException("contribute(…) did not end within "
                    + settings.contributeDeadline().toMillis() + " ms: it only declares; work belongs into a job");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof PluginRefusedException refused
                    ? refused
                    : new PluginRefusedException("its start failed: " + Reasons.of(cause), cause);
        }
        if (entry.scope == null) {
            throw new PluginRefusedException("it was stopped");
        }
    }

    private Neighbours neighbours(PluginEntry entry) {
        List<Neighbours.Neighbour> all = new ArrayList<>();
        for (PluginEntry other : running) {
            all.add(new Neighbours.Neighbour(other.id(), scope(other), needs(entry, other)));
        }
        return new Neighbours(all);
    }

    private boolean needs(PluginEntry dependent, PluginEntry needed) {
        return dependent.dependsOn(needed.id())
                || running.stream().anyMatch(between -> dependent.dependsOn(between.id()) && needs(between, needed));
    }

    private List<PluginEntry> dependents(PluginEntry entry) {
        return running.stream()
                .filter(other -> other != entry && needs(other, entry))
                .toList()
                .reversed();
    }

    private void quarantine(PluginEntry entry, Throwable error) throws InterruptedException {
        String reason = Reasons.of(error);
        LOG.error("plugin \"{}\" failed: {}", entry.id(), reason, error.getCause() == null ? null : error.getCause());
        for (PluginEntry dependent : dependents(entry)) {
            end(dependent, State.FAILED, PluginOrder.failed(entry.id(), reason));
        }
        end(entry, State.FAILED, reason);
    }

    private void end(PluginEntry entry, State state, String reason) throws InterruptedException {
        running.remove(entry);
        @Nullable PluginScope scope = entry.scope;
        if (scope != null) {
            entry.takeScope();
            Deadline deadline = Deadline.in(settings.stopDeadline(), services.scheduler());
            PluginScope.stop(List.of(scope), deadline).forEach(problem -> LOG.warn("{}", problem));
        }
        code.unload(entry.id());
        come(entry, state, reason);
    }

    private void come(PluginEntry entry, State state, String reason) {
        entry.come(state, reason, services.scheduler().instant());
        changed(entry);
    }

    private void changed(PluginEntry entry) {
        publish();
        new Events(entry.id(), listeners).pluginChanged(entry.view());
    }

    private void publish() {
        inventory = Inventory.of(entries.values());
    }
}
