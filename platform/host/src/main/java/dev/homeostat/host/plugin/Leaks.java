package dev.homeostat.host.plugin;

import dev.homeostat.host.leak.UnloadWatch;
import dev.homeostat.host.view.Leak;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has leaked, and how that is shown: a plugin of which nothing runs is LEAKED; one that runs stays what it is, and its reason tells of what was before it.
 * Immutable.
 *
 * @param byPlugin by the plugin's id, the oldest first
 */
record Leaks(Map<String, List<Leak>> byPlugin) {
    private static final int SHOWN = 3;

    static Leaks of(UnloadWatch unloads) {
        return new Leaks(unloads.leaks().stream()
                .collect(Collectors.groupingBy(Leak::plugin, LinkedHashMap::new, Collectors.toList())));
    }

    /** The plugins as they are to be shown, and those that are gone from the disk and not from memory. */
    List<PluginView> shown(List<PluginView> plugins) {
        Map<String, List<Leak>> left = new LinkedHashMap<>(byPlugin);
        List<PluginView> shown = new ArrayList<>();
        for (PluginView plugin : plugins) {
            List<Leak> leaks = left.remove(plugin.id());
            shown.add(leaks == null ? plugin : with(plugin, leaks));
        }
        left.forEach((id, leaks) -> shown.add(gone(id, leaks)));
        return shown;
    }

    private static PluginView with(PluginView plugin, List<Leak> leaks) {
        boolean nothingRuns = plugin.state() == State.STOPPED || plugin.state() == State.FAILED;
        String reason = plugin.reason().isEmpty() ? text(leaks) : plugin.reason() + "; " + text(leaks);
        return plugin.in(nothingRuns ? State.LEAKED : plugin.state(), reason);
    }

    private static PluginView gone(String id, List<Leak> leaks) {
        Leak newest = leaks.getLast();
        return new PluginView(
                id, newest.version(), State.LEAKED, "", text(leaks), "", newest.since(), List.of(), List.of());
    }

    private static String text(List<Leak> leaks) {
        String newest = leaks.reversed().stream()
                .limit(SHOWN)
                .map(leak -> "version " + leak.version() + ", unloaded at "
                        + leak.since().truncatedTo(ChronoUnit.MILLIS) + ", is still in memory: " + leak.reason())
                .collect(Collectors.joining("; "));
        return leaks.size() <= SHOWN ? newest : newest + "; and " + (leaks.size() - SHOWN) + " more";
    }
}
