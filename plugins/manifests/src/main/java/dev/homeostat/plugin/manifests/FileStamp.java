package dev.homeostat.plugin.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified when its content changed last, as it says
 * @param changed when anything of it changed last, which nobody can set; null where the file system has no such time
 * @param key which file it is
 * @param regular whether it is a regular file, links followed
 */
record FileStamp(long size, Instant modified, @Nullable Instant changed, String key, boolean regular) {
    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                changed(file),
                String.valueOf(attributes.fileKey()),
                attributes.isRegularFile());
    }

    /** When it changed last, by the later of its times. */
    Instant latest() {
        return changed != null && changed.isAfter(modified) ? changed : modified;
    }

    private static @Nullable Instant changed(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime") instanceof FileTime time ? time.toInstant() : null;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return null;
        }
    }
}
