package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.deploy.FoundJar;
import dev.homeostat.host.leak.UnloadWatch;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of plugins, and of jars without one; publishes what changes in it. All but {@link #inventory} is used by the lifecycle thread only. */
final class PluginEntries {
    private final Scheduler clock;
    private final UnloadWatch unloads;
    private final List<ContributionListener> listeners;
    private final Map<String, PluginEntry> entries = new LinkedHashMap<>();
    /** In the order in which they contributed: dependencies first. */
    private final List<PluginEntry> running = new ArrayList<>();

    /** By their jars; nothing is done with one of these until it changes, or is started. */
    private final Map<Path, Unloaded> unloaded = new LinkedHashMap<>();

    private volatile Inventory inventory = Inventory.EMPTY;

    /**
     * A plugin that was unloaded.
     *
     * @param file its jar
     * @param shown what people see of it
     */
    private record Unloaded(FoundJar file, PluginView shown) {}

    PluginEntries(Scheduler clock, UnloadWatch unloads, List<ContributionListener> listeners) {
        this.clock = clock;
        this.unloads = unloads;
        this.listeners = listeners;
    }

    /** What there is now. Any thread. */
    Inventory inventory() {
        return inventory;
    }

    List<PluginEntry> all() {
        return List.copyOf(entries.values());
    }

    Optional<PluginEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** The one of that id. */
    PluginEntry get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("there is no plugin \"" + id + "\"; there are "
                + inventory.plugins().stream().map(PluginView::id).toList()));
    }

    /** Lists a jar, under the id of its plugin where that is free, and otherwise under its name. */
    PluginEntry add(ReadJar jar) {
        String name = jar.file().fileName();
        String id = jar.id()
                .filter(one -> !entries.containsKey(one))
                .orElse(entries.containsKey(name) ? jar.file().shown() : name);
        PluginEntry entry = new PluginEntry(id, jar, clock.instant());
        entries.put(id, entry);
        changed(entry);
        return entry;
    }

    /** Forgets one that is not loaded. */
    void remove(PluginEntry entry) {
        entries.remove(entry.id());
        changed(entry.id());
    }

    /** Forgets one that is not loaded, but for its being there: another one may have its id. */
    void unload(PluginEntry entry, String by) {
        String reason = "unloaded " + by + "; \"homeostat plugins start " + entry.id()
                + "\" loads it again, and so does a change of its jar";
        unloaded.put(
                entry.file().path(), new Unloaded(entry.file(), entry.view().in(State.STOPPED, reason)));
        remove(entry);
    }

    /** Whether the plugin in that jar was unloaded, and the jar has not changed. */
    boolean isUnloaded(FoundJar file) {
        Unloaded one = unloaded.get(file.path());
        return one != null && one.file().equals(file);
    }

    /** Of those that were unloaded, the jars of these only are still what they were. */
    void retainUnloaded(Collection<FoundJar> found) {
        List<Unloaded> before = List.copyOf(unloaded.values());
        unloaded.values().removeIf(one -> !found.contains(one.file()));
        before.stream()
                .filter(one -> !unloaded.containsKey(one.file().path()))
                .forEach(one -> changed(one.shown().id()));
    }

    /** Whether the plugin of that id was unloaded, and the id is nobody else's. */
    boolean isUnloaded(String id) {
        return unloaded(id).isPresent();
    }

    /** The jar of the plugin that was unloaded and had that id, which from now on counts as one that appears; empty where there is none. */
    Optional<FoundJar> reappear(String id) {
        Optional<FoundJar> file = unloaded(id).map(Unloaded::file);
        file.ifPresent(found -> unloaded.remove(found.path()));
        return file;
    }

    private Optional<Unloaded> unloaded(String id) {
        return unloaded.values().stream()
                .filter(one -> one.shown().id().equals(id) && !entries.containsKey(id))
                .findFirst();
    }

    /** Those that are loaded, dependencies first. */
    List<PluginEntry> running() {
        return List.copyOf(running);
    }

    /** Those that are loaded and need that one, before those that they need. */
    List<PluginEntry> dependents(PluginEntry entry) {
        if (!entry.isLoaded()) {
            return List.of();
        }
        return running.stream()
                .filter(other -> other.instance().needs(entry.instance()))
                .toList()
                .reversed();
    }

    /** The order in which these can run; any other counts as missing, for the reason that it shows. */
    PluginOrder order(List<PluginDescriptor> candidates, CodeLoader code) {
        Map<String, String> unfit = new HashMap<>();
        entries.values().forEach(entry -> unfit.put(entry.id(), entry.reason()));
        candidates.forEach(candidate -> unfit.remove(candidate.id()));
        return PluginOrder.of(candidates, unfit, code::accepts);
    }

    /** What is loaded, without some. */
    List<PluginInstance> instancesWithout(Collection<PluginEntry> some) {
        return running.stream()
                .filter(entry -> !some.contains(entry))
                .map(PluginEntry::instance)
                .toList();
    }

    void loaded(PluginEntry entry, PluginInstance instance) {
        entry.loaded(instance);
        running.add(entry);
    }

    /** Nothing of one is loaded any more; nothing of it is shown, or kept by what is shown. */
    void unloaded(PluginEntry entry) {
        entry.unloaded();
        running.remove(entry);
        publish();
    }

    /** One runs anew, in the place of what ran before. */
    void renewed(PluginEntry entry) {
        entry.renewed(clock.instant());
        changed(entry);
    }

    /** One came into a state; says whether that is news. */
    boolean come(PluginEntry entry, State state, String reason, Hold hold) {
        boolean news = entry.come(state, reason, hold, clock.instant());
        if (news) {
            changed(entry);
        }
        return news;
    }

    /** Something about one is shown otherwise than before. */
    void changed(PluginEntry entry) {
        changed(entry.id());
    }

    /** Something about that id is: of its entry, or of classes that were unloaded. */
    void changed(String id) {
        publish();
        Events events = new Events(id, listeners);
        inventory.plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .ifPresentOrElse(events::pluginChanged, events::pluginRemoved);
    }

    private void publish() {
        List<PluginView> absent = unloaded.values().stream()
                .map(Unloaded::shown)
                .filter(one -> !entries.containsKey(one.id()))
                .toList();
        inventory = Inventory.of(entries.values(), absent, Leaks.of(unloads));
    }
}
