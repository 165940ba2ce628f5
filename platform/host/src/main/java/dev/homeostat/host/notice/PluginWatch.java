package dev.homeostat.host.notice;

import dev.homeostat.host.view.Leak;
import dev.homeostat.host.view.PluginView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.management.ObjectName;

/** Tells when a plugin comes into another state, and when one has leaked. Safe for all threads. */
public final class PluginWatch {
    private final Notices notices;
    private final Function<String, ObjectName> beans;
    private final Map<String, PluginView> known = new HashMap<>(); // guarded by this
    /** When what has leaked of a plugin was unloaded. */
    private final Map<String, Set<Instant>> leaked = new HashMap<>(); // guarded by this

    /** @param beans the name of a plugin's bean, by its id */
    public PluginWatch(Notices notices, Function<String, ObjectName> beans) {
        this.notices = notices;
        this.beans = beans;
    }

    /**
     * Something about a plugin is another than before.
     *
     * @param leaks all that has leaked now, of whatever plugin
     */
    public synchronized void changed(PluginView plugin, List<Leak> leaks) {
        PluginView before = known.put(plugin.id(), plugin);
        if (before == null
                || before.state() != plugin.state()
                || !before.version().equals(plugin.version())
                || !before.since().equals(plugin.since())) {
            tell(
                    plugin,
                    plugin.state().name(),
                    before == null ? "" : before.state().name());
        }
        Set<Instant> told = leaked.getOrDefault(plugin.id(), Set.of());
        Set<Instant> now = new HashSet<>();
        for (Leak leak : leaks) {
            if (leak.plugin().equals(plugin.id()) && now.add(leak.since()) && !told.contains(leak.since())) {
                tell(leak);
            }
        }
        leaked.put(plugin.id(), now);
    }

    /** A plugin is gone. */
    public synchronized void removed(String id) {
        PluginView before = known.remove(id);
        leaked.remove(id);
        if (before != null) {
            tell(before, "GONE", before.state().name());
        }
    }

    private void tell(PluginView plugin, String state, String before) {
        String reason = state.equals("GONE") ? "" : plugin.reason();
        notices.tell(
                beans.apply(plugin.id()),
                Notice.of(
                        NoticeType.PLUGIN_STATE,
                        "plugin " + plugin.id() + " " + plugin.version() + ": " + state
                                + (reason.isEmpty() ? "" : ": " + reason),
                        plugin.id(),
                        plugin.version(),
                        state,
                        before,
                        reason));
    }

    private void tell(Leak leak) {
        notices.tell(
                beans.apply(leak.plugin()),
                Notice.of(
                        NoticeType.PLUGIN_LEAKED,
                        "plugin " + leak.plugin() + " " + leak.version() + ": its classes are still in memory: "
                                + leak.reason(),
                        leak.plugin(),
                        leak.version(),
                        leak.since().toString(),
                        leak.reason()));
    }
}
