package dev.homeostat.host.config;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody set and nothing reads, most likely a slip of the pen: properties and variables that begin as settings do, files of plugins that there are not. No
 * error, for they may be another program's, or of a plugin that comes back.
 */
public final class UnusedSettings {
    private static final String VARIABLE = "HOMEOSTAT_";
    private static final String OF_PLUGINS = "plugin.";

    /** Read by the launcher, or set by {@code bin/homeostat}. */
    private static final Set<String> PROPERTIES_OF_OTHERS = Set.of(
            "homeostat.home",
            "homeostat.home.default",
            "homeostat.install",
            "homeostat.cwd",
            "homeostat.logs",
            "homeostat.log.format",
            "homeostat.log.unwritable");

    private static final Set<String> VARIABLES_OF_OTHERS =
            Set.of("HOMEOSTAT_HOME", "HOMEOSTAT_JVM_OPTIONS", "HOMEOSTAT_CLI_JVM_OPTIONS", "HOMEOSTAT_LOG_FORMAT");

    private final List<Problem> unknown;
    private final List<String> ofPlugins;
    private final PluginNames names;
    private final Path home;
    private final Tree.Mapping document;

    private UnusedSettings(
            List<Problem> unknown, List<String> ofPlugins, PluginNames names, Path home, Tree.Mapping document) {
        this.unknown = unknown;
        this.ofPlugins = ofPlugins;
        this.names = names;
        this.home = home;
        this.document = document;
    }

    /** Among what a host was started with. */
    static UnusedSettings of(
            Path home,
            Tree.Mapping document,
            Map<String, String> properties,
            Map<String, String> environment,
            PluginNames names) {
        List<Problem> unknown = new ArrayList<>();
        List<String> ofPlugins = new ArrayList<>();
        Set<String> known = properties(PROPERTIES_OF_OTHERS);
        for (String name : new TreeSet<>(properties.keySet())) {
            if (name.startsWith(Setting.PROPERTY + OF_PLUGINS)) {
                ofPlugins.add(name);
            } else if (name.startsWith(Setting.PROPERTY)
                    && !known.contains(name)
                    && !Setting.isSetting(name.substring(Setting.PROPERTY.length()))) {
                unknown.add(noSetting(name, known));
            }
        }
        Set<String> variables = variables(VARIABLES_OF_OTHERS);
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(Setting.variable(OF_PLUGINS))) {
                ofPlugins.add(name);
            } else if (name.startsWith(VARIABLE) && !variables.contains(name)) {
                unknown.add(noSetting(name, variables));
            }
        }
        return new UnusedSettings(unknown, ofPlugins, names, home, document);
    }

    private static Set<String> properties(Set<String> more) {
        Set<String> all = new TreeSet<>(more);
        Setting.keys().forEach(key -> all.add(Setting.PROPERTY + key));
        return all;
    }

    private static Set<String> variables(Set<String> more) {
        Set<String> all = new TreeSet<>(more);
        Setting.keys().forEach(key -> all.add(Setting.variable(key)));
        return all;
    }

    private static Problem noSetting(String name, Collection<String> known) {
        String origin = name.startsWith(VARIABLE) ? "environment variable " + name : "-D" + name;
        return new Problem(new Place(origin, 0), "there is no such setting" + meant(name, known));
    }

    /** All of them, each in one line for people, where there are those plugins. */
    List<Problem> where(Collection<String> plugins) {
        List<Problem> lines = new ArrayList<>(unknown);
        Set<String> known = names.names();
        for (String name : ofPlugins) {
            if (!known.contains(name) && plugins.stream().noneMatch(plugin -> mayRead(plugin, name))) {
                lines.add(noSetting(name, name.startsWith(VARIABLE) ? variables(known) : properties(known)));
            }
        }
        for (String id : ConfigFiles.configured(home)) {
            if (!plugins.contains(id)) {
                lines.add(new Problem(
                        new Place(PluginDocuments.file(id), 0),
                        "there is no plugin \"" + id + "\"" + meant(id, plugins)));
            }
        }
        for (Tree item : disabled()) {
            if (item instanceof Tree.Scalar scalar && !plugins.contains(String.valueOf(scalar.value()))) {
                String id = String.valueOf(scalar.value());
                lines.add(new Problem(
                        item.place(), "plugins.disabled: there is no plugin \"" + id + "\"" + meant(id, plugins)));
            }
        }
        return lines;
    }

    /** Whether that plugin may be one that reads it: nobody knows what a plugin reads that never ran. */
    private boolean mayRead(String plugin, String name) {
        String key = OF_PLUGINS + plugin + ".";
        return !names.isKnown(plugin)
                && (name.startsWith(Setting.PROPERTY + key) || name.startsWith(Setting.variable(key)));
    }

    private List<Tree> disabled() {
        return document.entries().get("plugins") instanceof Tree.Mapping plugins
                        && plugins.entries().get("disabled") instanceof Tree.Sequence ids
                ? ids.items()
                : List.of();
    }

    private static String meant(String name, Collection<String> known) {
        String hint = Nearest.hint(name, known).strip();
        return hint.isEmpty() ? "" : "; " + hint;
    }
}
