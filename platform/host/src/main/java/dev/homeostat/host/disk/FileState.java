package dev.homeostat.host.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified when its content was changed, as far as nobody set that back
 * @param key tells it from another file that was put in its place
 * @param changed the time that nobody can set, where the file system has it: it tells also a copy that keeps the size and the time of what was there, and a file
 *     that may be read now
 */
public record FileState(long size, FileTime modified, String key, Object changed) {
    /** The state of a file with these attributes. */
    public static FileState of(Path file, BasicFileAttributes attributes) throws IOException {
        return new FileState(
                attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()), changed(file));
    }

    private static Object changed(Path file) throws IOException {
        try {
            return Objects.requireNonNullElse(Files.getAttribute(file, "unix:ctime"), "");
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
