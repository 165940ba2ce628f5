package dev.homeostat.plugin.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
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

    /** In what the file differs from what is wanted, in one line, or null when it does not; changes nothing. */
    @Nullable
    String difference(ManagedPath path, String content, Set<PosixFilePermission> mode)
            throws IOException, PathRefusedException {
        try (Descent descent = Descent.finding(root, path)) {
            PosixFileAttributes there =
                    descent == null ? null : descent.directory().attributes(descent.name());
            if (descent == null || there == null) {
                return "it is missing";
            }
            if (!there.isRegularFile()) {
                return there.isDirectory() ? "it is a directory" : "it is not a regular file";
            }
            if (!there.permissions().equals(mode)) {
                return "its mode is " + PosixFilePermissions.toString(there.permissions()) + " and not "
                        + PosixFilePermissions.toString(mode);
            }
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return descent.directory().holds(descent.name(), bytes, mode) ? null : "its content is another";
        } catch (FileInTheWayException e) {
            return e.relative() + " is a file, where a directory is needed";
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
