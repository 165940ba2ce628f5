package dev.homeostat.cli.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where the lines of earlier shells are kept: a file of the user's own, for what was typed may name what is nobody else's business. */
final class HistoryFile {
    private HistoryFile() {}

    /** {@code homeostat/shell-history} in {@code XDG_STATE_HOME}, which is {@code ~/.local/state} where it is not set. */
    static Path of(Map<String, String> environment) {
        Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        if (!state.isAbsolute()) { // then it is to be ignored, the specification says
            String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
            state = Path.of(home, ".local", "state");
        }
        return state.resolve("homeostat/shell-history");
    }

    /**
     * Makes it, if it is not there, and lets only its owner read and write it.
     *
     * @throws IOException if that cannot be
     */
    static void make(Path file) throws IOException {
        var ofOwner = PosixFilePermissions.fromString("rw-------");
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(ofOwner));
        } catch (FileAlreadyExistsException e) {
            if (!Files.getPosixFilePermissions(file).equals(ofOwner)) {
                Files.setPosixFilePermissions(file, ofOwner);
            }
        }
        if (!Files.isWritable(file) || !Files.isRegularFile(file)) {
            throw new IOException("it is no file that can be written");
        }
    }
}
