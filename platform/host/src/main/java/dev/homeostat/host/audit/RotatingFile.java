package dev.homeostat.host.audit;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file of lines that is put aside when it is full: {@code audit.log}, then {@code audit.1.log} and on, the highest number the oldest. It is opened for each
 * line, so that it may be moved, emptied or deleted from outside at any time; and without a channel, which would close itself under an interrupted thread. For the
 * owner only, unless somebody gives it another mode, which the next one then has too. Not safe for several threads.
 */
final class RotatingFile {
    /** The size in bytes at which a file is full. */
    static final long LARGEST = 10L << 20;

    /** How many full ones are kept. */
    static final int KEPT = 9;

    private static final Set<PosixFilePermission> ONLY_OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path directory;
    private final String name;
    private final long largest;
    private final int kept;

    RotatingFile(Path directory, String name, long largest, int kept) {
        this.directory = directory;
        this.name = name;
        this.largest = largest;
        this.kept = kept;
    }

    /** The file that is written. */
    Path path() {
        return directory.resolve(name + ".log");
    }

    /** Appends a line; one that was cut off before it, by a full disk, is ended first. */
    void append(byte[] line) throws IOException {
        Set<PosixFilePermission> mode = ONLY_OWNER;
        if (Files.exists(path()) && Files.size(path()) > 0 && Files.size(path()) + line.length > largest) {
            mode = Files.getPosixFilePermissions(path());
            putAside();
        }
        Files.createDirectories(directory);
        create(mode);
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            long length = file.length();
            if (length > 0) {
                file.seek(length - 1);
                if (file.read() != '\n') {
                    file.write('\n');
                }
            }
            file.write(line);
        }
    }

    private void create(Set<PosixFilePermission> mode) throws IOException {
        try {
            Files.createFile(path(), PosixFilePermissions.asFileAttribute(ONLY_OWNER));
            Files.setPosixFilePermissions(path(), mode);
        } catch (FileAlreadyExistsException e) {
            // As nearly always.
        }
    }

    private void putAside() throws IOException {
        for (int number = kept; number > 1; number--) {
            Path younger = aside(number - 1);
            if (Files.exists(younger)) {
                Files.move(younger, aside(number), ATOMIC_MOVE, REPLACE_EXISTING);
            }
        }
        Files.move(path(), aside(1), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private Path aside(int number) {
        return directory.resolve(name + "." + number + ".log");
    }
}
