package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.leak.UnloadWatch;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView.State;
import java.util.ArrayList;
import java.util.Collection;
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

    private volatile Inventory inventory = Inventory.EMPTY;

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
        return find(id).orElseThrow(() ->
                new IllegalArgumentException("there is no plugin \"" + id + "\"; there are " + entries.keySet()));
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
        inventory = Inventory.of(entries.values(), Leaks.of(unloads));
    }
}
