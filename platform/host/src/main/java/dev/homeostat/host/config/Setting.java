package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordField.Form;
import dev.homeostat.api.tree.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value that stands somewhere else than in the file.
 *
 * @param key the keys that lead to it, joined by dots
 * @param text as it was written
 * @param origin where, as a person knows it: {@code -Dhomeostat.sources}
 */
record Setting(String key, String text, String origin) {
    /** Before the key, in the name of a system property. */
    static final String PROPERTY = "homeostat.";

    private static final String RECONCILERS = "reconcilers.";
    private static final String PLUGINS = "plugins.";
    private static final String JMX = "jmx.";

    /** The settings of the host that have fixed keys, by their keys. */
    private static final Map<String, Leaf> FIXED = fixed();

    /** All that are given, the strongest of each key: flags before system properties before the environment. */
    static Iterable<Setting> find(
            Map<String, String> flags, Map<String, String> properties, Map<String, String> environment) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (String key : FIXED.keySet()) {
            String variable = variable(key);
            String value = environment.get(variable);
            if (value != null) {
                settings.put(key, new Setting(key, value, "environment variable " + variable));
            }
        }
        new TreeSet<>(properties.keySet()).forEach(name -> {
            String key = name.startsWith(PROPERTY) ? name.substring(PROPERTY.length()) : "";
            if (isSetting(key)) {
                settings.put(key, new Setting(key, properties.getOrDefault(name, ""), "-D" + name));
            }
        });
        new TreeSet<>(flags.keySet()).forEach(key -> {
            if (isSetting(key)) {
                settings.put(key, new Setting(key, flags.getOrDefault(key, ""), "--" + key));
            }
        });
        return List.copyOf(settings.values());
    }

    /** The keys that are fixed. */
    static Set<String> keys() {
        return FIXED.keySet();
    }

    /** The environment variable of a key that is fixed. */
    static String variable(String key) {
        return "HOMEOSTAT_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Whether a property of that key is read. */
    static boolean isSetting(String key) {
        // In a group that there is, an unknown key is a slip of the pen; other names are other people's.
        return FIXED.containsKey(key) || key.startsWith(RECONCILERS) || key.startsWith(PLUGINS) || key.startsWith(JMX);
    }

    private static Map<String, Leaf> fixed() {
        Map<String, Leaf> settings = new LinkedHashMap<>();
        for (Leaf leaf : Leaf.all(HostConfig.CODEC.fields())) {
            if (leaf.field().form() != Form.MAP) {
                settings.put(leaf.key(), leaf);
            }
        }
        return Collections.unmodifiableMap(settings);
    }

    /** The keys that lead to it; a reconciler's name may hold dots. */
    List<String> path() {
        if (!key.startsWith(RECONCILERS)) {
            return List.of(key.split("\\.", -1));
        }
        int dot = key.lastIndexOf('.');
        return dot < RECONCILERS.length()
                ? List.of("reconcilers", key.substring(RECONCILERS.length()))
                : List.of("reconcilers", key.substring(RECONCILERS.length(), dot), key.substring(dot + 1));
    }

    /**
     * The value as it would be read from the file; a list may be written with commas alone.
     *
     * @throws dev.homeostat.api.tree.DocumentException if it cannot be read
     */
    Tree tree(DocumentReader documents) {
        Leaf leaf = FIXED.get(key);
        return leaf != null && leaf.field().form() == Form.LIST
                ? list(text, origin, documents)
                : value(text, origin, documents);
    }

    /** A list as it would be read from the file, or its items with commas between. */
    static Tree list(String text, String origin, DocumentReader documents) {
        return value(text.strip().startsWith("[") ? text : "[" + text + "]", origin, documents);
    }

    /** A value as it would be read from the file. */
    static Tree value(String text, String origin, DocumentReader documents) {
        List<Tree> read = documents.read(origin, text);
        return read.isEmpty() ? new Tree.Scalar(null, new Place(origin, 0)) : placed(read.getFirst(), origin);
    }

    /** The same without line numbers, which mean nothing here. */
    private static Tree placed(Tree tree, String origin) {
        Place place = new Place(origin, 0);
        return switch (tree) {
            case Tree.Scalar scalar -> new Tree.Scalar(scalar.value(), place, scalar.written());
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.items().stream()
                                .map(item -> placed(item, origin))
                                .toList(),
                        place);
            case Tree.Mapping mapping -> mapping;
        };
    }
}
