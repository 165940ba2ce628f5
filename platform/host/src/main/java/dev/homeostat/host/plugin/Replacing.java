package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.RowKeeping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces plugins that run, each together with those that need it. Changes that have nothing to do with each other are made one by one, so that one that fails
 * keeps no other from being made. Used by the lifecycle thread only.
 */
final class Replacing {
    private final PluginEntries entries;
    private final Loading loading;
    private final Starting starting;
    private final CodeLoader code;
    private final Scheduler clock;
    private final RowKeeping keeping;

    Replacing(PluginEntries entries, Loading loading, Starting starting, CodeLoader code, HostServices services) {
        this.entries = entries;
        this.loading = loading;
        this.starting = starting;
        this.code = code;
        this.clock = services.scheduler();
        this.keeping = services.keeping();
    }

    /** Makes the changes; one that cannot be made is shown as refused, and its plugin goes on as it was. */
    void replace(List<Change> changes) throws InterruptedException {
        for (Group group : groups(changes)) {
            new Replacement(entries, loading, starting, code, clock, keeping, group.changes()).run();
        }
    }

    /** Changes to be made together. */
    private record Group(List<Change> changes, Set<PluginEntry> affected) {
        boolean meets(Group other) {
            return affected.stream().anyMatch(other.affected::contains);
        }

        void join(Group other) {
            changes.addAll(other.changes);
            affected.addAll(other.affected);
        }
    }

    private List<Group> groups(List<Change> changes) {
        List<Group> groups = new ArrayList<>();
        for (Change change : changes) {
            Group group = new Group(new ArrayList<>(List.of(change)), affected(change, changes));
            groups.removeIf(other -> {
                boolean together = other.meets(group);
                if (together) {
                    group.join(other);
                }
                return together;
            });
            groups.add(group);
        }
        return groups;
    }

    private Set<PluginEntry> affected(Change change, List<Change> all) {
        Set<PluginEntry> affected = new LinkedHashSet<>(entries.dependents(change.entry()));
        affected.add(change.entry());
        PluginDescriptor next = change.jar().descriptor();
        for (Change other : all) {
            if (next != null && next.dependsOn(other.entry().id())) {
                affected.add(other.entry());
            }
        }
        return affected;
    }
}
