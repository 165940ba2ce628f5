package dev.homeostat.plugin.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Directories with nothing but directories in them. */
final class EmptyTree {
    private EmptyTree() {}

    /** Deletes a directory if there is no file in it, however deep; says whether it did. Directories may be gone also when it did not. */
    static boolean delete(OpenDirectory parent, Path name) throws IOException {
        try (OpenDirectory directory = parent.enter(name)) {
            for (Path entry : directory.names()) {
                PosixFileAttributes attributes = directory.attributes(entry);
                if (attributes != null && (!attributes.isDirectory() || !delete(directory, entry))) {
                    return false;
                }
            }
        }
        try {
            parent.deleteDirectory(name);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
