package dev.homeostat.host.source;

import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.disk.DurableFile;
import dev.homeostat.host.tree.JsonWriter;
import dev.homeostat.host.tree.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps the last good version of each unit of one source over a restart: one file a unit, in one directory a source. That the directory exists says that the
 * source fed this home. Guarded by the board's lock.
 */
final class LastGoodStore {
    private static final String SUFFIX = ".json";
    private static final RecordCodec<StoredUnit> CODEC = RecordCodec.of(MethodHandles.lookup(), StoredUnit.class);

    private final Path directory;
    private final YamlReader reader = YamlReader.ofOwnFiles();
    private final JsonWriter writer = JsonWriter.ascii();
    private final Map<String, StoredUnit> saved = new HashMap<>();
    private final Map<Path, Problem> unreadable = new TreeMap<>();

    LastGoodStore(Path directory) {
        this.directory = directory;
    }

    /** The directory of a source. */
    static Path directory(Path all, String source) {
        return all.resolve(FileNames.of(source));
    }

    /** Names of the sources that fed this home: those whose names {@link FileNames} leaves as they are, as all names of sources are. */
    static List<String> sources(Path all) {
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(all)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> FileNames.of(name).equals(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(all + " cannot be read: it says which sources fed this home", e);
        }
    }

    /** What was kept, and what of it cannot be used. */
    record Kept(Map<String, List<DesiredRows>> units, List<Problem> problems) {}

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /** Reads all that was kept; what cannot be read is left out and reported. */
    Kept load() {
        if (exists()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                files.forEach(this::load);
            } catch (IOException | DirectoryIteratorException e) {
                unreadable.put(
                        directory, problem(directory, "the last good versions cannot be read: " + DiskReason.of(e)));
            }
        }
        Map<String, List<DesiredRows>> units = new HashMap<>();
        saved.forEach((name, unit) -> units.put(name, unit.rows()));
        return new Kept(units, List.copyOf(unreadable.values()));
    }

    private void load(Path file) {
        try {
            List<Tree> documents = reader.read(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
            if (documents.size() != 1) {
                throw new DocumentException(new Place(file.toString(), 0), "is empty");
            }
            StoredUnit unit = CODEC.decode(documents.getFirst());
            saved.put(unit.unit(), unit);
        } catch (IOException | DocumentException e) {
            unreadable.put(
                    file,
                    problem(
                            file,
                            "the last good version that was kept here cannot be read and is not used ("
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")
                                    + "); it is written anew as soon as its unit is good"));
        }
    }

    /** Brings the files in line with the last good versions of these units; says what failed. A unit that is not among them is forgotten. */
    List<Problem> save(Collection<UnitState> units) {
        List<Problem> problems = new ArrayList<>();
        Set<String> files = new HashSet<>();
        for (UnitState unit : units) {
            files.add(fileName(unit.owner().unit()));
            List<DesiredRows> good = unit.good();
            if (good != null) {
                save(StoredUnit.of(unit.owner().unit(), good), problems);
            }
        }
        saved.keySet().removeIf(name -> !files.contains(fileName(name)));
        removeAllBut(files, problems);
        problems.addAll(unreadable.values());
        return problems;
    }

    private void save(StoredUnit unit, List<Problem> problems) {
        if (unit.equals(saved.get(unit.unit()))) {
            return;
        }
        Path file = directory.resolve(fileName(unit.unit()));
        try {
            Files.createDirectories(directory);
            DurableFile.write(file, writer.write(CODEC.encode(unit)) + "\n");
            saved.put(unit.unit(), unit);
            unreadable.remove(file);
        } catch (IOException e) {
            problems.add(problem(
                    file,
                    "the last good version of " + unit.unit() + " cannot be kept for the next start: "
                            + DiskReason.of(e)));
        }
    }

    private void removeAllBut(Set<String> files, List<Problem> problems) {
        if (!exists()) {
            return;
        }
        try (DirectoryStream<Path> present = Files.newDirectoryStream(directory)) {
            for (Path file : present) {
                if (!files.contains(file.getFileName().toString())) {
                    Files.delete(file);
                    unreadable.remove(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            problems.add(problem(directory, "versions of units that are gone cannot be deleted: " + DiskReason.of(e)));
        }
    }

    static String fileName(String unit) {
        return FileNames.of(unit) + SUFFIX;
    }

    private static Problem problem(Path path, String message) {
        return new Problem(new Place(path.toString(), 0), message);
    }
}
