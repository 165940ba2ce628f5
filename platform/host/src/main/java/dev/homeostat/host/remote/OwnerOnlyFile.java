package dev.homeostat.host.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file with something secret, which nobody but its owner may read. What others can read is not taken: a key that they know protects nothing.
 *
 * @param path where it is
 */
record OwnerOnlyFile(Path path) {
    private static final long LONGEST = 1 << 20;
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    /**
     * What it holds.
     *
     * @throws IOException says in words what is wrong with it, and what to do
     */
    byte[] read() throws IOException {
        check();
        return Files.readAllBytes(path);
    }

    /** The same as text. */
    String readText() throws IOException {
        check();
        return Files.readString(path);
    }

    private void check() throws IOException {
        try {
            if (!Files.isRegularFile(path)) {
                throw new IOException(Files.exists(path) ? path + " is no file" : "there is no file " + path);
            }
            if (Files.size(path) > LONGEST) {
                throw new IOException(path + " is too large");
            }
            PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (view == null) {
                return; // No such modes here.
            }
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            if (!OWNERS.containsAll(permissions)) {
                throw new IOException(path + " has mode " + PosixFilePermissions.toString(permissions)
                        + ", and nobody but its owner may read it: chmod 600 " + path);
            }
            if (!Files.isReadable(path)) {
                throw new IOException(path + " cannot be read by the user of the host: chown it to that user");
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path, e);
        }
    }
}
