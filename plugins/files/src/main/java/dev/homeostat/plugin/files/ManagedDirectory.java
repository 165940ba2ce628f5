package dev.homeostat.plugin.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory below which files are written and removed. Keeps nothing open. Safe for all threads. */
final class ManagedDirectory {
    private final Path root;

    ManagedDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /**
     * Brings a file about; touches nothing when it is as wanted already.
     *
     * @param mayReplaceDirectory asked when there is a directory in its place: only one without any file in it is replaced, and only if this agrees
     * @throws DirectoryInTheWayException if a directory stays in its place
     */
    void write(ManagedPath path, String content, Set<PosixFilePermission> mode, boolean mayReplaceDirectory)
            throws IOException, PathRefusedException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (Descent descent = Descent.making(root, path)) {
            OpenDirectory directory = descent.directory();
            Path name = descent.name();
            if (directory.holds(name, bytes, mode)) {
                return;
            }
            PosixFileAttributes there = directory.attributes(name);
            if (there != null && there.isDirectory()) {
                if (!mayReplaceDirectory || !EmptyTree.delete(directory, name)) {
                    throw new DirectoryInTheWayException(directory.path().resolve(name));
                }
            }
            directory.replace(name, bytes, mode);
        }
    }

    /** Removes a file and the directories that are empty without it; a directory in its place stays. Removing what is not there is success. */
    void delete(ManagedPath path) throws IOException, PathRefusedException {
        try (Descent descent = Descent.finding(root, path)) {
            if (descent == null) {
                return;
            }
            OpenDirectory directory = descent.directory();
            PosixFileAttributes there = directory.attributes(descent.name());
            if (there == null || !there.isDirectory()) {
                if (directory.deleteFile(descent.name())) {
                    directory.sync();
                }
                descent.removeEmptyParents();
            }
        } catch (FileInTheWayException e) { // then it is not there
            return;
        }
    }

    /** For a message about a file that may not be touched: the directory that it is in. */
    Path directoryOf(@Nullable String file) {
        if (file == null) {
            return root;
        }
        Path path = root.resolve(file);
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }
}
