package dev.homeostat.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What belongs to the distribution, by path relative to its root, parts separated by a slash. */
final class Content {
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /** One thing in the distribution. */
    sealed interface Entry {
        /** A directory that is there even when nothing is in it. */
        record Directory() implements Entry {}

        /** A file with the bytes of another. */
        record Copy(Path source, boolean executable) implements Entry {}

        /** A file that the build makes. */
        record Text(String text) implements Entry {}

        /** A symbolic link. */
        record Link(String target) implements Entry {}
    }

    /** All entries, ordered by path. */
    SortedMap<String, Entry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    void directory(String path) {
        put(path, new Entry.Directory());
    }

    void text(String path, String text) {
        put(path, new Entry.Text(text));
    }

    void copy(String path, Path source) throws IOException {
        if (Files.isSymbolicLink(source)) {
            put(path, new Entry.Link(Files.readSymbolicLink(source).toString()));
        } else {
            put(path, new Entry.Copy(source, Files.isExecutable(source)));
        }
    }

    /** Adds all files below a directory, under {@code path}, which is empty for the root. */
    void tree(String path, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !Files.isDirectory(file)).toList()) {
                String relative = directory.relativize(file).toString().replace('\\', '/');
                copy(path.isEmpty() ? relative : path + "/" + relative, file);
            }
        }
    }

    private void put(String path, Entry entry) {
        if (entries.put(path, entry) != null) {
            throw new IllegalStateException("two things want to be " + path + " in the distribution");
        }
    }
}
