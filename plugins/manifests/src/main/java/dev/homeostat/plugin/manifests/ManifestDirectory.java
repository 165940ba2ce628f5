package dev.homeostat.plugin.manifests;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that the manifests lie in. Keeps nothing open. Safe for all threads. */
final class ManifestDirectory {
    private static final Pattern MANIFEST = Pattern.compile(".+\\.(yaml|yml|json)");
    private static final Pattern OF_AN_EDITOR = Pattern.compile("[.#~].*");

    private static final Logger log = LoggerFactory.getLogger(ManifestDirectory.class);

    private final Path path;
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    ManifestDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Whether a file of that name is a manifest: not hidden, and no editor's temporary file or backup. */
    static boolean isManifest(String name) {
        return MANIFEST.matcher(name.toLowerCase(Locale.ROOT)).matches()
                && !OF_AN_EDITOR.matcher(name).matches();
    }

    /** Which directory it is, links followed. */
    String key() throws IOException {
        return String.valueOf(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    Look look() {
        try {
            String directory = key();
            SortedMap<String, @Nullable FileStamp> files = new TreeMap<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    add(entry, files);
                }
            }
            return new Look.Listing(directory, files);
        } catch (DirectoryIteratorException e) {
            return unreadable(requireNonNull(e.getCause()));
        } catch (IOException e) {
            return unreadable(e);
        }
    }

    private void add(Path entry, SortedMap<String, @Nullable FileStamp> files) {
        String name = entry.getFileName().toString();
        if (!isManifest(name)) {
            return;
        }
        if (Files.isDirectory(entry)) {
            if (leftOut.add(name)) {
                log.warn("{} is a directory and no manifest: it is left out, with all that is in it", entry);
            }
            return;
        }
        try {
            files.put(name, FileStamp.of(entry));
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(
                    entry)) { // a link to nothing is a manifest that cannot be read, not one that is gone
                files.put(name, null);
            }
        } catch (IOException e) {
            files.put(name, null);
        }
    }

    private Look unreadable(IOException error) {
        String why = switch (error) {
            case NoSuchFileException missing -> "does not exist; create it, or name another one under \"directory\"";
            case NotDirectoryException file -> "is not a directory";
            case AccessDeniedException denied -> "cannot be read: permission denied; check its owner and mode";
            default -> "cannot be read: " + error.getMessage();
        };
        return new Look.Unreadable("the manifest directory " + path + " " + why + " (no row changes until then)");
    }
}
