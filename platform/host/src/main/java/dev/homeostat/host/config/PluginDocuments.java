package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.RecordField.Form;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.disk.DiskReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration of plugins says: the file of each, and what goes before it. Flags and properties go by {@code plugin.<id>.<key>}, variables by
 * {@code HOMEOSTAT_PLUGIN_<ID>_<KEY>}. Immutable.
 */
final class PluginDocuments {
    /** Where the files are, relative to the home. */
    static final String DIRECTORY = "conf/plugins";

    private static final String YAML = ".yaml";
    private static final String VARIABLE_FILE = "_FILE";

    private final Path home;
    private final DocumentReader documents;
    private final Map<String, String> flags;
    private final Map<String, String> properties;
    private final Map<String, String> variables;

    PluginDocuments(
            Path home,
            DocumentReader documents,
            Map<String, String> flags,
            Map<String, String> properties,
            Map<String, String> variables) {
        this.home = home;
        this.documents = documents;
        this.flags = Map.copyOf(flags);
        this.properties = Map.copyOf(properties);
        this.variables = Map.copyOf(variables);
    }

    /**
     * What was read.
     *
     * @param tree a mapping, unless somebody wrote something else
     * @param files all that was read, and that whose change changes this
     * @param hasFile whether the plugin's own file is there
     */
    record Reading(Tree tree, List<Path> files, boolean hasFile) {
        Reading {
            files = List.copyOf(files);
        }
    }

    /** The file of a plugin, as people know it. */
    static String file(String plugin) {
        return DIRECTORY + "/" + plugin + YAML;
    }

    /** Where the file of a plugin is. */
    Path path(String plugin) {
        return home.resolve(file(plugin));
    }

    /** The plugin whose file has that name; null for other files. */
    static @Nullable String plugin(String fileName) {
        return fileName.endsWith(YAML) && !fileName.startsWith(".")
                ? fileName.substring(0, fileName.length() - YAML.length())
                : null;
    }

    /** All properties and variables that are read for a plugin with such a configuration. */
    static Set<String> names(String plugin, List<RecordField> fields) {
        Set<String> names = new TreeSet<>();
        for (Leaf leaf : Leaf.all(fields)) {
            String key = key(plugin, leaf);
            names.add(Setting.PROPERTY + key);
            names.add(Setting.variable(key));
            if (leaf.field().form() == Form.SECRET) {
                names.add(Setting.PROPERTY + key + SecretFiles.SUFFIX);
                names.add(Setting.variable(key) + VARIABLE_FILE);
            }
        }
        return names;
    }

    /**
     * Reads what is said to a plugin whose configuration has these components.
     *
     * @throws DocumentException with all that is wrong with the form, and with the files that secrets are in
     */
    Reading read(String plugin, List<RecordField> fields) {
        Tree own = readFile(plugin);
        List<Problem> problems = new ArrayList<>();
        SecretFiles secrets = new SecretFiles(home, problems);
        Tree tree = own == null ? new Tree.Mapping(Map.of(), new Place(file(plugin), 0)) : own;
        if (tree instanceof Tree.Mapping mapping) {
            tree = secrets.resolve(overridden(mapping, plugin, fields, secrets, problems), fields);
        }
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        List<Path> files = new ArrayList<>(List.of(path(plugin)));
        files.addAll(secrets.files());
        return new Reading(tree, files, own != null);
    }

    /**
     * The file alone; null when there is none, an empty mapping when it is empty.
     *
     * @throws DocumentException if it cannot be read
     */
    @Nullable
    Tree readFile(String plugin) {
        String file = file(plugin);
        try {
            String text = Files.readString(path(plugin));
            List<Tree> all = Redaction.of(text).reading(() -> documents.read(file, text));
            if (all.size() > 1) {
                throw new DocumentException(all.get(1).place(), "a second document: one file has one configuration");
            }
            boolean empty = all.isEmpty() || (all.getFirst() instanceof Tree.Scalar scalar && scalar.value() == null);
            return empty ? new Tree.Mapping(Map.of(), new Place(file, 0)) : all.getFirst();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new DocumentException(new Place(file, 0), "cannot be read: " + DiskReason.of(e));
        }
    }

    private Tree.Mapping overridden(
            Tree.Mapping file, String plugin, List<RecordField> fields, SecretFiles secrets, List<Problem> problems) {
        Tree.Mapping merged = file;
        for (Leaf leaf : Leaf.all(fields)) {
            try {
                Tree value = given(plugin, leaf, secrets);
                if (value != null) {
                    merged = ConfigTree.put(merged, leaf.path(), value);
                    if (leaf.field().form() == Form.SECRET) {
                        merged = ConfigTree.without(merged, leaf.fileKey());
                    }
                }
            } catch (DocumentException e) {
                problems.addAll(e.problems());
            }
        }
        return merged;
    }

    /** What goes before the file: the strongest of what is said. */
    private @Nullable Tree given(String plugin, Leaf leaf, SecretFiles secrets) {
        String key = key(plugin, leaf);
        String variable = Setting.variable(key);
        Tree value = given(leaf, flags, key, key + SecretFiles.SUFFIX, "--", secrets);
        if (value == null) {
            String property = Setting.PROPERTY + key;
            value = given(leaf, properties, property, property + SecretFiles.SUFFIX, "-D", secrets);
        }
        return value == null
                ? given(leaf, variables, variable, variable + VARIABLE_FILE, "environment variable ", secrets)
                : value;
    }

    private @Nullable Tree given(
            Leaf leaf, Map<String, String> from, String name, String fileName, String kind, SecretFiles secrets) {
        String text = from.get(name);
        String file = leaf.field().form() == Form.SECRET ? from.get(fileName) : null;
        Place place = new Place(kind + (text == null ? fileName : name), 0);
        if (text != null && file != null) {
            throw new DocumentException(place, "and " + kind + fileName + " are both given: leave one of them out");
        }
        if (file != null) {
            Tree secret = secrets.read(fileName, file, place);
            return secret == null ? new Tree.Scalar("", place) : secret;
        }
        if (text == null) {
            return null;
        }
        return switch (leaf.field().form()) {
            case SECRET, TEXT -> new Tree.Scalar(text, place);
            case LIST -> Setting.list(text, place.origin(), documents);
            default -> Setting.value(text, place.origin(), documents);
        };
    }

    private static String key(String plugin, Leaf leaf) {
        return "plugin." + plugin + "." + leaf.key();
    }
}
