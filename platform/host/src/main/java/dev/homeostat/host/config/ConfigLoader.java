package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.remote.RemoteSettings;
import dev.homeostat.host.view.SettingView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration: flags go before system properties ({@code homeostat.<key>}), those before the environment ({@code HOMEOSTAT_<KEY>}), that before
 * the file, and that before the defaults. All that is wrong is reported at once.
 */
public final class ConfigLoader {
    /** Where the file is, relative to the home. */
    public static final String FILE = "conf/homeostat.yaml";

    private final DocumentReader documents;

    /** @param documents reads the file, and values that are given elsewhere */
    public ConfigLoader(DocumentReader documents) {
        this.documents = documents;
    }

    /**
     * What was loaded.
     *
     * @param config the settings
     * @param overrides what they say of reconcilers
     * @param remoteJmx what they say of JMX for other machines; empty where nothing is to listen
     * @param document all that was given, for the places
     * @param hasFile whether there was a file
     */
    public record Loaded(
            HostConfig config,
            ReconcilerOverrides overrides,
            Optional<RemoteSettings> remoteJmx,
            Tree.Mapping document,
            boolean hasFile) {
        /**
         * The settings of which another state of the configuration says something else and that hold until a restart: all but those of reconcilers.
         *
         * @return each with its place, where it has one
         */
        public List<Problem> needingRestart(Loaded newer) {
            List<Problem> changed = new ArrayList<>();
            compare(
                    "",
                    HostConfig.CODEC.encode(config),
                    HostConfig.CODEC.encode(newer.config),
                    newer.document,
                    changed);
            return changed;
        }

        /**
         * All settings of the host itself, with where they come from.
         *
         * @param newer what a restart would find; null when nobody knows
         */
        List<SettingView> settings(@Nullable Loaded newer) {
            List<RecordField> fields = HostConfig.CODEC.fields().stream()
                    .filter(field -> field.form() != RecordField.Form.MAP)
                    .toList();
            return new SettingLines("host", fields).of(state(), newer == null ? null : newer.state());
        }

        private SettingLines.State state() {
            return new SettingLines.State(HostConfig.CODEC.encode(config), document);
        }

        private static void compare(String path, Tree before, Tree after, @Nullable Tree document, List<Problem> into) {
            if (path.equals("reconcilers") || before.equals(after)) {
                return;
            }
            if (before instanceof Tree.Mapping old && after instanceof Tree.Mapping fresh) {
                old.entries()
                        .forEach((key, value) -> compare(
                                path.isEmpty() ? key : path + "." + key,
                                value,
                                fresh.entries().getOrDefault(key, value),
                                document instanceof Tree.Mapping mapping
                                        ? mapping.entries().get(key)
                                        : null,
                                into));
                return;
            }
            Place place = document == null ? new Place(FILE, 0) : document.place();
            into.add(new Problem(place, path + " was changed"));
        }
    }

    /**
     * Loads it.
     *
     * @throws DocumentException with every problem
     */
    public Loaded load(
            Path home, Map<String, String> flags, Map<String, String> properties, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Tree.@Nullable Mapping file = read(home);
        ConfigTree tree = new ConfigTree(file == null ? mapping(List.of()) : file);
        for (Setting setting : Setting.find(flags, properties, environment)) {
            Tree value = collecting(problems, () -> setting.tree(documents));
            if (value != null) {
                tree.put(setting.path(), value);
            }
        }
        Tree.Mapping merged = tree.toTree();
        HostConfig config = collecting(problems, () -> HostConfig.CODEC.decode(merged));
        ReconcilerOverrides overrides = collecting(
                problems,
                () -> ReconcilerOverrides.of(
                        merged.entries().get("reconcilers") instanceof Tree.Mapping all ? all.entries() : Map.of()));
        Optional<RemoteSettings> remoteJmx =
                config == null ? Optional.empty() : RemoteJmxSection.read(config.jmx(), home, merged, problems);
        if (config == null || overrides == null || !problems.isEmpty()) {
            problems.sort(Comparator.<Problem, String>comparing(
                            problem -> problem.place().origin())
                    .thenComparingInt(problem -> problem.place().line()));
            throw new DocumentException(problems);
        }
        return new Loaded(config, overrides, remoteJmx, merged, file != null);
    }

    private static <V> @Nullable V collecting(List<Problem> problems, Supplier<V> reading) {
        try {
            return reading.get();
        } catch (DocumentException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    private Tree.@Nullable Mapping read(Path home) {
        try {
            return mapping(documents.read(FILE, Files.readString(home.resolve(FILE))));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new DocumentException(new Place(FILE, 0), "cannot be read: " + DiskReason.of(e));
        }
    }

    private static Tree.Mapping mapping(List<Tree> all) {
        if (all.size() > 1) {
            throw new DocumentException(all.get(1).place(), "a second document: the configuration is one");
        }
        if (all.isEmpty() || (all.getFirst() instanceof Tree.Scalar scalar && scalar.value() == null)) {
            return new Tree.Mapping(Map.of(), new Place(FILE, 0));
        }
        if (all.getFirst() instanceof Tree.Mapping mapping) {
            return mapping;
        }
        throw new DocumentException(
                all.getFirst().place(),
                "expected a mapping, but found " + all.getFirst().kind());
    }
}
