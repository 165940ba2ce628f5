package dev.homeostat.host.control;

import dev.homeostat.host.view.PluginView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of plugins when something was done with one of them, in lines for people. */
final class PluginLines {
    private PluginLines() {}

    /** Of the plugin of that id first, then of those that changed with it, then of the tables that came and went. */
    static List<String> of(String id, List<PluginView> before, List<PluginView> after) {
        Map<String, PluginView> old = byId(before);
        Map<String, PluginView> now = byId(after);
        List<String> lines = new ArrayList<>();
        lines.add(id + ": " + change(old.get(id), now.get(id)));
        Set<String> others = new TreeSet<>(old.keySet());
        others.addAll(now.keySet());
        others.remove(id);
        for (String other : others) {
            PluginView was = old.get(other);
            PluginView is = now.get(other);
            if (was == null || !was.equals(is)) {
                lines.add(other + ": " + change(was, is));
            }
        }
        tables("ended", before, after, lines);
        tables("came", after, before, lines);
        return lines;
    }

    private static String change(@Nullable PluginView was, @Nullable PluginView is) {
        if (is == null) {
            return state(was) + " -> forgotten, until its jar changes or the host starts";
        }
        String reason = is.reason().isEmpty() ? "" : ": " + is.reason();
        if (was == null || was.state() != is.state()) {
            return state(was) + " -> " + state(is) + reason;
        }
        if (was.since().equals(is.since())) {
            return state(is) + " as before" + reason;
        }
        return was.version().equals(is.version())
                ? "loaded anew, " + state(is) + reason
                : was.version() + " -> " + is.version() + ", " + state(is) + reason;
    }

    private static String state(@Nullable PluginView plugin) {
        return plugin == null ? "unknown" : plugin.state().name().toLowerCase(Locale.ROOT);
    }

    private static void tables(String what, List<PluginView> here, List<PluginView> notThere, List<String> lines) {
        Set<String> tables = new TreeSet<>();
        here.forEach(plugin -> tables.addAll(plugin.tables()));
        notThere.forEach(plugin -> tables.removeAll(plugin.tables()));
        if (!tables.isEmpty()) {
            lines.add("tables that " + what + ": " + String.join(", ", tables));
        }
    }

    private static Map<String, PluginView> byId(List<PluginView> plugins) {
        return plugins.stream().collect(Collectors.toMap(PluginView::id, Function.identity(), (one, twin) -> one));
    }
}
