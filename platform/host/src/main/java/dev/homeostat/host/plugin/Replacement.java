package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.Carried;
import dev.homeostat.host.handover.RowKeeping;
import dev.homeostat.host.plugin.PluginEntry.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replacement of plugins and of all that need them, by new versions and by the same ones anew.
 *
 * <p>All that can fail without harm comes first: the new ones are loaded and contribute beside the old ones, which go on. Only then the old ones stop, and the
 * new ones start with what those hand over. When that fails, the old ones are made anew from their private copies, with the same. Used once, by the lifecycle
 * thread.
 */
final class Replacement {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final PluginEntries entries;
    private final Loading loading;
    private final Starting starting;
    private final CodeLoader code;
    private final RowKeeping keeping;
    private final Laps laps;
    private final List<Change> changes;
    /** Dependencies first. */
    private final List<PluginEntry> replaced;

    private final Map<PluginEntry, PluginInstance> old = new LinkedHashMap<>();
    private final Map<PluginEntry, PluginInstance> staged = new LinkedHashMap<>();

    Replacement(
            PluginEntries entries,
            Loading loading,
            Starting starting,
            CodeLoader code,
            Scheduler clock,
            RowKeeping keeping,
            List<Change> changes) {
        this.entries = entries;
        this.loading = loading;
        this.starting = starting;
        this.code = code;
        this.keeping = keeping;
        this.laps = new Laps(clock);
        this.changes = changes;
        Set<PluginEntry> affected = new LinkedHashSet<>();
        for (Change change : changes) {
            affected.add(change.entry());
            affected.addAll(entries.dependents(change.entry()));
        }
        this.replaced = entries.running().stream().filter(affected::contains).toList();
        replaced.forEach(entry -> old.put(entry, entry.instance()));
    }

    /** Does it, or shows why it was not done. */
    void run() throws InterruptedException {
        List<PluginDescriptor> order;
        try {
            order = order();
        } catch (PluginRefusedException e) {
            refuse(e, Hold.DEPENDENCY);
            return;
        }
        try {
            stage(order);
        } catch (RuntimeException | Error e) { // whatever it is, it is these plugins' end and not the host's
            loading.end(List.copyOf(staged.values()).reversed());
            refuse(e, Hold.MENDING);
            return;
        }
        exchange();
    }

    private Optional<Change> change(PluginEntry entry) {
        return changes.stream().filter(change -> change.entry() == entry).findFirst();
    }

    private PluginDescriptor next(PluginEntry entry) {
        return change(entry)
                .map(change -> change.jar().descriptor())
                .orElse(entry.instance().descriptor());
    }

    private List<PluginDescriptor> order() {
        List<PluginDescriptor> candidates = entries.running().stream()
                .map(entry ->
                        old.containsKey(entry) ? next(entry) : entry.instance().descriptor())
                .toList();
        PluginOrder order = entries.order(candidates, code);
        for (PluginEntry entry : replaced) {
            String reason = order.refused().get(entry.id());
            if (reason != null) {
                throw new PluginRefusedException(of(entry, reason));
            }
        }
        return order.order();
    }

    /** A reason, with the name of the plugin where that is not the one that has a new jar. */
    private String of(PluginEntry entry, String reason) {
        return change(entry).isPresent() && changes.size() == 1
                ? reason
                : "plugin \"" + entry.id() + "\", which is to go along with it: " + reason;
    }

    private void stage(List<PluginDescriptor> order) throws InterruptedException {
        List<PluginInstance> beside = new ArrayList<>(entries.instancesWithout(replaced));
        for (PluginDescriptor descriptor : order) {
            PluginEntry entry = entries.get(descriptor.id());
            if (old.containsKey(entry)) {
                try {
                    PluginInstance instance = loading.stage(
                            descriptor,
                            change(entry)
                                    .map(Change::source)
                                    .orElse(entry.instance().code().copy()),
                            beside,
                            laps);
                    staged.put(entry, instance);
                    beside.add(instance);
                } catch (PluginRefusedException e) {
                    throw new PluginRefusedException(of(entry, Reasons.of(e)), e);
                }
            }
        }
    }

    private void exchange() throws InterruptedException {
        try (Carried carried = Carried.collecting()) {
            exchange(carried);
        }
    }

    private void exchange(Carried carried) throws InterruptedException {
        loading.stop(List.copyOf(old.values()).reversed(), carried);
        replaced.forEach(entries::unloaded);
        laps.lap("stop");
        try {
            staged.forEach(entries::loaded);
            start(carried);
        } catch (RuntimeException | Error e) { // as above
            rollBack(e, carried);
            return;
        }
        laps.lap("start");
        staged.keySet().forEach(entry -> {
            change(entry).ifPresent(change -> entry.install(change.jar()));
            entries.renewed(entry);
        });
        List<String> before =
                old.values().stream().map(PluginInstance::toString).toList();
        unloadOld();
        laps.lap("unload");
        LOG.info("{} replaced by {} in {}", before, List.copyOf(staged.values()), laps);
    }

    private void start(Carried carried) throws InterruptedException {
        start(Contribution.Kind.TABLE, carried);
        staged.values().forEach(instance -> instance.scope().leash().activate());
        for (Contribution.Kind kind : Contribution.Kind.AFTER_TABLES) {
            start(kind, carried);
        }
    }

    private void start(Contribution.Kind kind, Carried carried) throws InterruptedException {
        for (Map.Entry<PluginEntry, PluginInstance> one : staged.entrySet()) {
            try {
                one.getValue().scope().start(kind, carried);
            } catch (PluginRefusedException e) {
                if (e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException("while " + one.getValue() + " was started");
                }
                throw new PluginRefusedException(of(one.getKey(), Reasons.of(e)), e);
            }
        }
    }

    private void rollBack(Throwable error, Carried carried) throws InterruptedException {
        List.copyOf(staged.keySet()).reversed().forEach(entries::unloaded);
        loading.end(List.copyOf(staged.values()).reversed());
        staged.clear();
        starting.start(replaced, this::copyOf, carried);
        if (!replaced.stream().allMatch(PluginEntry::isLoaded)) {
            carried.setAside(keeping, "its plugin runs in no version since a replacement failed");
        }
        replaced.forEach(entries::changed); // active as before, but with other tables
        unloadOld();
        refuse(error, Hold.MENDING);
    }

    private Path copyOf(PluginEntry entry) {
        PluginInstance instance = old.get(entry);
        if (instance == null) {
            throw new IllegalStateException("plugin \"" + entry.id() + "\" did not run");
        }
        return instance.code().copy();
    }

    private void unloadOld() {
        loading.unload(List.copyOf(old.values()).reversed());
        old.clear();
    }

    private void refuse(Throwable error, Hold hold) {
        String reason = Reasons.of(error);
        for (Change change : changes) {
            PluginEntry entry = change.entry();
            Refusal refusal = new Refusal(change.jar(), reason, hold);
            if (!refusal.equals(entry.refusal())) {
                entry.refuse(refusal);
                entries.changed(entry);
                LOG.atError()
                        .addKeyValue("plugin", entry.id())
                        .log("plugin \"{}\": {}", entry.id(), refusal, error.getCause() == null ? null : error);
            }
        }
    }
}
