package dev.homeostat.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories; symbolic links are not followed. */
final class Trees {
    private Trees() {}

    /** Deletes a directory, if it is there, with all that is in it. */
    static void delete(Path directory) throws IOException {
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    /** Gives all files the same time. */
    static void setTime(Path directory, FileTime time) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setLastModifiedTime(path, time);
            }
        }
    }
}
