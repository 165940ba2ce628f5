package dev.homeostat.host.config;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.plugin.PluginConfigs;
import dev.homeostat.host.view.ContributionListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The configuration of all plugins: what is in force, and what could not be. Safe for all threads. */
public final class PluginBindings implements PluginConfigs, PluginNames, ContributionListener {
    private final PluginDocuments documents;
    private final Scheduler scheduler;
    private final HealthBoard health;
    private final Duration deadline;
    private final Map<String, PluginBinding> running = new ConcurrentSkipListMap<>();
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();
    private final Map<String, FileWatch> mending = new ConcurrentHashMap<>();
    private volatile @Nullable PluginReloader reloader;

    /**
     * What kept a plugin from starting.
     *
     * @param problems all that was wrong
     * @param file the file that was wrong, as far as it could be read
     * @param names the properties and variables that it reads
     */
    record Refused(List<Problem> problems, @Nullable Tree file, Set<String> names) {
        Refused {
            problems = List.copyOf(problems);
            names = Set.copyOf(names);
        }
    }

    /** @param deadline the longest time that a plugin may take to take up a change */
    public PluginBindings(ConfigFiles files, Scheduler scheduler, HealthBoard health, Duration deadline) {
        this.documents = files.plugins();
        this.scheduler = scheduler;
        this.health = health;
        this.deadline = deadline;
    }

    /** From now on, changes that a plugin does not take up live are applied so; without it they wait for a restart. */
    public void reloading(PluginReloader given) {
        reloader = given;
    }

    @Override
    public PluginBinding open(String plugin) {
        return new PluginBinding(plugin, documents, this);
    }

    /** The configurations of the plugins that run, by their ids. */
    Map<String, PluginBinding> running() {
        return Map.copyOf(running);
    }

    /** What kept plugins from starting, by their ids. */
    Map<String, Refused> refused() {
        return Map.copyOf(refused);
    }

    /** The properties and variables that are read for the plugins that ran or tried to. */
    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        running.values().forEach(one -> names.addAll(one.names()));
        refused.values().forEach(one -> names.addAll(one.names()));
        return names;
    }

    @Override
    public boolean isKnown(String plugin) {
        return running.containsKey(plugin) || refused.containsKey(plugin);
    }

    void began(PluginBinding binding) {
        running.put(binding.plugin(), binding);
        forget(binding.plugin());
        health.remove(binding.plugin(), PluginBinding.NAME);
    }

    /** What kept it from starting is nobody's concern any more. */
    @Override
    public void pluginRemoved(String id) {
        forget(id);
    }

    private void forget(String plugin) {
        refused.remove(plugin);
        FileWatch watch = mending.remove(plugin);
        if (watch != null) {
            watch.close();
        }
    }

    void ended(PluginBinding binding) {
        if (running.remove(binding.plugin(), binding)) {
            health.remove(binding.plugin(), PluginBinding.NAME);
        }
    }

    void refused(String plugin, Refused why) {
        if (!running.containsKey(plugin)) {
            refused.put(plugin, why);
            mending.computeIfAbsent(plugin, id -> FileWatch.open(scheduler, documents.path(id), () -> mended(id)));
        }
    }

    /** Tries a plugin again whose file is another one than that which kept it from starting. */
    private void mended(String plugin) {
        Refused why = refused.get(plugin);
        PluginReloader present = reloader;
        if (why != null && present != null && !Objects.equals(readable(plugin), why.file())) {
            present.reload(plugin);
        }
    }

    /** The file of a plugin; null when there is none, or it cannot be read. */
    @Nullable
    Tree readable(String plugin) {
        try {
            return documents.readFile(plugin);
        } catch (DocumentException _) {
            return null;
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    HealthBoard health() {
        return health;
    }

    Duration deadline() {
        return deadline;
    }

    @Nullable
    PluginReloader reloader() {
        return reloader;
    }
}
