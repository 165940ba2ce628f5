package dev.homeostat.host.config;

import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What somebody set and nothing reads, most likely a slip of the pen: properties and variables that begin as settings do, files of plugins that there are not. No
 * error, for they may be another program's, or of a plugin that comes back.
 */
public final class UnusedSettings {
    private static final String PROPERTY = "homeostat.";
    private static final String VARIABLE = "HOMEOSTAT_";
    private static final String DIRECTORY = "conf/plugins";
    private static final String YAML = ".yaml";

    /** Read by the launcher, or set by {@code bin/homeostat}. */
    private static final Set<String> PROPERTIES_OF_OTHERS =
            Set.of("homeostat.home", "homeostat.home.default", "homeostat.install", "homeostat.cwd", "homeostat.logs");

    private static final Set<String> VARIABLES_OF_OTHERS =
            Set.of("HOMEOSTAT_HOME", "HOMEOSTAT_JVM_OPTIONS", "HOMEOSTAT_CLI_JVM_OPTIONS");

    private final List<String> unknown;
    private final Path home;
    private final Tree.Mapping document;

    private UnusedSettings(List<String> unknown, Path home, Tree.Mapping document) {
        this.unknown = unknown;
        this.home = home;
        this.document = document;
    }

    /** Among what a host was started with. */
    public static UnusedSettings of(
            Path home, ConfigLoader.Loaded loaded, Map<String, String> properties, Map<String, String> environment) {
        List<String> unknown = new ArrayList<>();
        Set<String> known = new TreeSet<>(PROPERTIES_OF_OTHERS);
        Setting.keys().forEach(key -> known.add(PROPERTY + key));
        for (String name : new TreeSet<>(properties.keySet())) {
            if (name.startsWith(PROPERTY)
                    && !known.contains(name)
                    && !Setting.isSetting(name.substring(PROPERTY.length()))) {
                unknown.add("-D" + name + ": there is no such setting" + meant(name, known));
            }
        }
        Set<String> variables = new TreeSet<>(VARIABLES_OF_OTHERS);
        Setting.keys().forEach(key -> variables.add(Setting.variable(key)));
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(VARIABLE) && !variables.contains(name)) {
                unknown.add("environment variable " + name + ": there is no such setting" + meant(name, variables));
            }
        }
        return new UnusedSettings(unknown, home, loaded.document());
    }

    /** All of them, each in one line for people, where there are those plugins. */
    List<String> where(Collection<String> plugins) {
        List<String> lines = new ArrayList<>(unknown);
        for (String id : configured()) {
            if (!plugins.contains(id)) {
                lines.add(DIRECTORY + "/" + id + YAML + ": there is no plugin \"" + id + "\"" + meant(id, plugins));
            }
        }
        for (Tree item : disabled()) {
            if (item instanceof Tree.Scalar scalar && !plugins.contains(String.valueOf(scalar.value()))) {
                String id = String.valueOf(scalar.value());
                lines.add(item.place() + ": plugins.disabled: there is no plugin \"" + id + "\"" + meant(id, plugins));
            }
        }
        return lines;
    }

    private List<Tree> disabled() {
        return document.entries().get("plugins") instanceof Tree.Mapping plugins
                        && plugins.entries().get("disabled") instanceof Tree.Sequence ids
                ? ids.items()
                : List.of();
    }

    private List<String> configured() {
        Path directory = home.resolve(DIRECTORY);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(YAML) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - YAML.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return Collections.emptyList(); // a plugin that cannot read its own says so itself
        }
    }

    private static String meant(String name, Collection<String> known) {
        String hint = Nearest.hint(name, known).strip();
        return hint.isEmpty() ? "" : "; " + hint;
    }
}
