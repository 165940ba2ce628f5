package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that a home is configured by: its files, and what a process was given that goes before them. Immutable; reads the files anew each time. */
public final class ConfigFiles {
    private final Path home;
    private final Map<String, String> flags;
    private final Map<String, String> properties;
    private final Map<String, String> variables;
    private final DocumentReader documents;

    /**
     * Of a home.
     *
     * @param flags settings from the command line
     * @param properties system properties
     * @param variables environment variables
     */
    public ConfigFiles(
            Path home,
            Map<String, String> flags,
            Map<String, String> properties,
            Map<String, String> variables,
            DocumentReader documents) {
        this.home = home;
        this.flags = Map.copyOf(flags);
        this.properties = Map.copyOf(properties);
        this.variables = Map.copyOf(variables);
        this.documents = documents;
    }

    /**
     * Reads the configuration of the host.
     *
     * @throws DocumentException with every problem
     */
    public ConfigLoader.Loaded load() {
        return new ConfigLoader(documents).load(home, flags, properties, variables);
    }

    /** The configuration of plugins. */
    PluginDocuments plugins() {
        return new PluginDocuments(home, documents, flags, properties, variables);
    }

    /** What nothing reads. */
    public UnusedSettings unused(ConfigLoader.Loaded loaded, PluginNames names) {
        return UnusedSettings.of(home, loaded.document(), properties, variables, names);
    }

    /** What nothing reads, as far as that can be said when the configuration is not as it should be. */
    UnusedSettings unused(PluginNames names) {
        return UnusedSettings.of(home, new Tree.Mapping(Map.of(), Place.NOWHERE), properties, variables, names);
    }

    /** The ids of the plugins that have a configuration file. */
    List<String> configured() {
        return configured(home);
    }

    static List<String> configured(Path home) {
        Path directory = home.resolve(PluginDocuments.DIRECTORY);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> ids = new ArrayList<>();
            files.map(file -> PluginDocuments.plugin(file.getFileName().toString()))
                    .forEach(id -> {
                        if (id != null) {
                            ids.add(id);
                        }
                    });
            ids.sort(null);
            return ids;
        } catch (IOException e) {
            return List.of(); // a plugin that cannot read its own says so itself
        }
    }
}
