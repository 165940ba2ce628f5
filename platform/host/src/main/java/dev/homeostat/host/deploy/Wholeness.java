package dev.homeostat.host.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Whether a file is a whole jar, as far as that can be told without reading all of it: its end names a directory of entries, and that can be read. */
final class Wholeness {
    private Wholeness() {}

    /** Why it is none; empty when it is one. */
    static String problem(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() == 0 ? "it has no entries" : "";
        } catch (IOException | RuntimeException e) { // zip code throws both for what it did not expect in a file
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message;
        }
    }
}
