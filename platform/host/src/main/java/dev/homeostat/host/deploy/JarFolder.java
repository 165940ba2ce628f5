package dev.homeostat.host.deploy;

import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.disk.FileState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin directory. When it held jars and then cannot be read, is missing, or is another directory that is empty, as after an unmount, that says nothing of
 * its jars: they stay what they were, and the problem is told.
 */
final class JarFolder {
    private static final Logger LOG = LoggerFactory.getLogger(JarFolder.class);

    private final Path directory;
    private final String shown;
    private final Map<Path, JarSight> sights = new TreeMap<>();
    /** What is named as a jar and is no file, or cannot be looked at, so that the log says it once. */
    private final Set<Path> leftOut = new HashSet<>();
    /** What could not be looked at at the last look: such a file has not gone. */
    private final Set<Path> hidden = new HashSet<>();

    private @Nullable Object identity;
    private String problem = "";

    JarFolder(Path directory, String shown) {
        this.directory = directory;
        this.shown = shown;
    }

    /** What is wrong with it; empty when nothing is. */
    String problem() {
        return problem;
    }

    /** Whether something in it is likely being written. */
    boolean isUnsettled() {
        return sights.values().stream().anyMatch(JarSight::isUnsettled);
    }

    /** What is told of its jars. */
    List<FoundJar> told() {
        return sights.values().stream().flatMap(sight -> sight.told().stream()).toList();
    }

    /**
     * Looks at the names and attributes of all files.
     *
     * @param first whether it is the first look of all
     * @param now on a clock that only goes forward, in nanoseconds
     */
    void look(Roots roots, boolean first, long now) {
        Map<Path, Object> stamps = stamps();
        if (!problem.isEmpty()) {
            return;
        }
        stamps.forEach((file, stamp) -> {
            JarSight sight = sights.computeIfAbsent(file, path -> new JarSight(path, roots.show(path)));
            if (first) {
                sight.lookFirst(stamp, now);
            } else {
                sight.look(stamp, now);
            }
        });
        // A jar that goes while another one is being written is likely replaced by that: both are told together.
        boolean writing = isUnsettled();
        sights.entrySet()
                .removeIf(sight -> !stamps.containsKey(sight.getKey())
                        && !hidden.contains(sight.getKey())
                        && sight.getValue().lookAbsent()
                        && !writing);
    }

    private Map<Path, Object> stamps() {
        Map<Path, Object> stamps = new TreeMap<>();
        try {
            BasicFileAttributes own = Files.readAttributes(directory, BasicFileAttributes.class);
            Set<Path> others = new HashSet<>();
            hidden.clear();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, JarFolder::isNamedAsJar)) {
                for (Path file : files) {
                    stamp(file, stamps, others);
                }
            }
            leftOut.retainAll(others);
            Object now = String.valueOf(own.fileKey());
            boolean other = identity != null && !identity.equals(now);
            if (other && stamps.isEmpty() && !sights.isEmpty()) {
                problem = "plugin directory " + shown + " is another one, and empty, as after an unmount" + stay();
            } else {
                identity = now;
                problem = "";
            }
        } catch (NoSuchFileException e) {
            problem = sights.isEmpty() ? "" : "plugin directory " + shown + " is not there" + stay();
        } catch (IOException | RuntimeException e) { // a directory stream throws unchecked exceptions too
            problem = "plugin directory " + shown + " cannot be read (" + DiskReason.of(e) + ")" + stay();
        }
        return stamps;
    }

    private String stay() {
        return sights.isEmpty()
                ? ""
                : ": the plugins in it go on; delete the jars first, then the directory, to stop them";
    }

    private static boolean isNamedAsJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    private void stamp(Path file, Map<Path, Object> stamps, Set<Path> others) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                stamps.put(file, FileState.of(file, attributes));
            } else {
                others.add(file);
                if (leftOut.add(file)) {
                    LOG.warn(
                            "{} is {} and no jar: it is left out",
                            file,
                            attributes.isDirectory() ? "a directory" : "no ordinary file");
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} went while it was looked at, or is a link to nothing", file, e);
        } catch (IOException e) {
            others.add(file);
            hidden.add(file);
            if (leftOut.add(file)) {
                LOG.warn("{} cannot be looked at: what runs of it goes on: {}", file, DiskReason.of(e));
            }
        }
    }
}
