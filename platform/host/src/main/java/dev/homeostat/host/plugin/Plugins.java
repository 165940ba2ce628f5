package dev.homeostat.host.plugin;

import dev.homeostat.host.deploy.FoundJar;
import dev.homeostat.host.deploy.Picture;
import dev.homeostat.host.plugin.PluginEntry.Refusal;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a host: what runs follows what lies in the plugin directories. What one of them throws, wherever, is its own end and nobody else's: it is
 * quarantined with its reason, and so are those that depend on it.
 *
 * <p>Everything that changes something is called by one thread, the lifecycle thread; {@link #inventory} may be asked by any.
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    private static final String DIRECTORIES = "plugin directories";

    private final HostServices services;
    private final List<ContributionListener> listeners = new CopyOnWriteArrayList<>();
    private final PluginEntries entries;
    private final Loading loading;
    private final Intake intake;
    private final Starting starting;
    private final Replacing replacing;

    /** No plugins yet. */
    public Plugins(CodeLoader code, HostServices services, PluginSettings settings) {
        this.services = services;
        this.entries = new PluginEntries(services.scheduler(), services.unloads(), listeners);
        this.loading = new Loading(code, services, settings, listeners);
        this.intake = new Intake(entries, code, settings);
        this.starting = new Starting(entries, loading, code, services.scheduler());
        this.replacing = new Replacing(entries, loading, starting, code, services);
    }

    /** From now on, the listener hears what comes and goes. Any thread. */
    public void listen(ContributionListener listener) {
        listeners.add(listener);
    }

    /** What there is now. Any thread. */
    public Inventory inventory() {
        return entries.inventory();
    }

    /** Classes of that plugin, which were unloaded, have leaked or were collected: it is to be shown anew. */
    public void leaksChanged(String id) {
        entries.changed(id);
    }

    /**
     * Makes what runs follow what lies in the directories: plugins whose jar went stop, those whose jar is another one are replaced, those that are new start,
     * and so do those that waited for one of these. All of one picture together.
     */
    public void follow(Picture picture) throws InterruptedException {
        show(picture.problems());
        Intake.Work work = intake.compare(picture.jars());
        remove(work.gone());
        replacing.replace(work.changed());
        start(work.appeared());
    }

    private void show(List<String> problems) {
        if (problems.isEmpty()) {
            services.health().set("", DIRECTORIES, true, "can be read");
            services.health().remove("", DIRECTORIES);
        } else {
            services.health().set("", DIRECTORIES, false, String.join("\n", problems));
        }
    }

    private void remove(Set<PluginEntry> gone) throws InterruptedException {
        List<PluginEntry> running = entries.running();
        List<PluginEntry> dependentsFirst = gone.stream()
                .sorted(Comparator.comparingInt(running::indexOf).reversed())
                .toList();
        for (PluginEntry entry : dependentsFirst) {
            for (PluginEntry dependent : entries.dependents(entry)) {
                String reason = "it needs plugin \"" + entry.id() + "\", which went away: add it, or remove this one";
                starting.end(dependent, State.FAILED, reason, Hold.DEPENDENCY);
            }
            starting.end(entry, State.STOPPED, "its jar went away", Hold.NONE);
            entries.remove(entry);
            LOG.atInfo()
                    .addKeyValue("plugin", entry.id())
                    .log(
                            "plugin \"{}\" is gone: {} is not there any more",
                            entry.id(),
                            entry.file().shown());
        }
    }

    /** Starts some, and all that waited for what these bring, as long as that brings anything. */
    private void start(List<PluginEntry> appeared) throws InterruptedException {
        Set<PluginEntry> next = new LinkedHashSet<>(appeared);
        boolean more = true;
        while (more) {
            entries.all().stream()
                    .filter(entry -> entry.hold() == Hold.DEPENDENCY)
                    .forEach(next::add);
            List<PluginEntry> started = starting.start(List.copyOf(next));
            next.clear();
            List<Change> waiting = waiting(started);
            replacing.replace(waiting);
            more = !waiting.isEmpty()
                    && waiting.stream().anyMatch(one -> one.entry().refusal() == null);
        }
    }

    /** What was refused for want of a plugin, and what can now be loaded upon a plugin that it can do without. */
    private List<Change> waiting(List<PluginEntry> started) {
        List<Change> waiting = new ArrayList<>();
        for (PluginEntry entry : entries.running()) {
            Refusal refusal = entry.refusal();
            if (refusal != null && refusal.hold() == Hold.DEPENDENCY) {
                waiting.add(
                        new Change(entry, refusal.jar(), refusal.jar().file().path()));
            } else if (refusal == null && started.stream().anyMatch(other -> missed(entry, other))) {
                waiting.add(
                        new Change(entry, entry.jar(), entry.instance().code().copy()));
            }
        }
        return waiting;
    }

    private static boolean missed(PluginEntry entry, PluginEntry other) {
        return entry.descriptor().dependsOn(other.id())
                && other.isLoaded()
                && !entry.instance().needs(other.instance());
    }

    /**
     * What people command.
     *
     * @param by how they do, for the reason that is shown: {@code by command}
     */
    public void act(PluginAction action, String id, String by) throws InterruptedException {
        switch (action) {
            case START -> start(id);
            case STOP -> stop(id, by);
            case RELOAD -> reload(id);
            case UNLOAD -> unload(id, by);
        }
    }

    /** Starts one that was stopped, unloaded or failed, and those that wait for it; those that it needs are to run already. */
    public void start(String id) throws InterruptedException {
        Optional<FoundJar> unloaded = entries.reappear(id);
        if (unloaded.isPresent()) {
            start(intake.again(unloaded.get()));
            return;
        }
        PluginEntry entry = entries.get(id);
        if (!entry.isLoaded()) {
            FoundJar file = entry.file();
            entry.install(intake.read(file));
            if (!entry.jar().problem().isEmpty()) {
                entries.come(entry, State.FAILED, entry.jar().problem(), Hold.MENDING);
            } else if (entry.descriptor().id().equals(id)) {
                start(List.of(entry));
            } // else it is a twin, and says so, or its jar was overwritten just now, which the next look sees
        }
    }

    /**
     * Gives one the configuration of now: loads it anew, and those that need it with it, from the very bytes that it runs, so that it goes on with what it kept.
     * When that fails it goes on as it was, and what was tried is shown as refused. A newer jar that was refused is tried once more, since it may fit the
     * configuration of now. One that could not start is started, and one that was stopped is left alone.
     */
    public void reconfigure(String id) throws InterruptedException {
        PluginEntry entry = entries.find(id).orElse(null);
        if (entry == null) {
            return; // it went away meanwhile
        }
        if (entry.isLoaded()) {
            Refusal before = entry.refusal();
            replacing.replace(List.of(
                    new Change(entry, entry.jar(), entry.instance().code().copy())));
            if (before != null && entry.refusal() == null && !before.jar().equals(entry.jar())) {
                retry(entry, before);
            }
        } else if (entry.hold() == Hold.MENDING) {
            start(id);
        }
    }

    /** One rejected its configuration: a newer jar that was refused may be what the configuration is for. */
    public void retryRefused(String id) throws InterruptedException {
        PluginEntry entry = entries.find(id).orElse(null);
        if (entry == null || !entry.isLoaded()) {
            return;
        }
        Refusal refused = entry.refusal();
        if (refused != null && !refused.jar().equals(entry.jar())) {
            retry(entry, refused);
        }
    }

    private void retry(PluginEntry entry, Refusal refused) throws InterruptedException {
        entry.refuse(refused);
        entries.changed(entry);
        if (refused.jar().problem().isEmpty()) {
            replacing.replace(List.of(
                    new Change(entry, refused.jar(), refused.jar().file().path())));
        }
    }

    /** The configuration of one is again the one that it runs with: that it could not run with another one is over. */
    public void configured(String id) {
        entries.find(id).ifPresent(entry -> {
            Refusal refusal = entry.refusal();
            if (refusal != null && refusal.jar().equals(entry.jar())) {
                entry.install(entry.jar());
                entries.changed(entry);
            }
        });
    }

    /** Stops one, after those that depend on it, and gives up their classes. */
    public void stop(String id, String by) throws InterruptedException {
        if (entries.isUnloaded(id)) {
            return;
        }
        PluginEntry entry = entries.get(id);
        for (PluginEntry dependent : entries.dependents(entry)) {
            String reason = "stopped because plugin \"" + id + "\", which it needs, was";
            starting.end(dependent, State.STOPPED, reason, Hold.DEPENDENCY);
        }
        if (entry.isLoaded() || entry.hold() == Hold.DEPENDENCY) {
            starting.end(entry, State.STOPPED, "stopped " + by, Hold.COMMAND);
        }
    }

    /** Replaces one by what its jar holds now, also when that is the same, and with it those that need it. Starts one that does not run. */
    public void reload(String id) throws InterruptedException {
        if (entries.find(id).filter(PluginEntry::isLoaded).isEmpty()) {
            start(id);
            return;
        }
        PluginEntry entry = entries.get(id);
        ReadJar jar = intake.read(entry.file());
        boolean other = jar.id().filter(one -> !one.equals(id)).isPresent();
        if (jar.problem().isEmpty() && !other) {
            replacing.replace(List.of(new Change(entry, jar, jar.file().path())));
            start(List.of());
        } else {
            String problem = other ? "the plugin in it is another one" : jar.problem();
            entry.refuse(new Refusal(jar, problem, Hold.MENDING));
            entries.changed(entry);
        }
    }

    /** Stops one and lets its id go, until it is started or its jar changes. Another jar that waited for its id starts. */
    public void unload(String id, String by) throws InterruptedException {
        if (entries.isUnloaded(id)) {
            return;
        }
        stop(id, by);
        entries.unload(entries.get(id), by);
        List<PluginEntry> freed = intake.freed();
        if (!freed.isEmpty()) {
            start(freed);
        }
    }

    /** Stops all, those that depend on others first, whatever they do, before the deadline. */
    public void stopAll(Deadline deadline) throws InterruptedException {
        List<PluginEntry> ending = entries.running().reversed();
        ending.forEach(entries::unloaded);
        loading.endAll(deadline);
        for (PluginEntry entry : ending) {
            entries.come(entry, State.STOPPED, "the host stopped", Hold.COMMAND);
        }
    }
}
