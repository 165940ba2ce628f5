package dev.homeostat.host.deploy;

import dev.homeostat.host.verify.JarDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Whether a file is a whole jar, as far as that can be told without reading all of it: its end names a directory of entries, and that can be read. */
final class Wholeness {
    /** In bytes. The JDK takes as much memory as a file claims that it needs, and of a bigger one that may be all that there is. */
    private static final long BIG = 64L << 20;

    private Wholeness() {}

    /** Why it is none; empty when it is one. */
    static String problem(Path file) {
        try {
            return Files.size(file) > BIG ? JarDirectory.problem(file) : ofZipFile(file);
        } catch (IOException | RuntimeException e) { // zip code throws both for what it did not expect in a file
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message;
        }
    }

    private static String ofZipFile(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() == 0 ? "it has no entries" : "";
        }
    }
}
