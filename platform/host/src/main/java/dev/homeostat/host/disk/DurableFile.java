package dev.homeostat.host.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file so that after a crash either the old or the new content is there. */
public final class DurableFile {
    private DurableFile() {}

    /**
     * Writes it, and returns when it is on the disk. An interrupt does not break it off: a thread that is to end still leaves a file that is whole and new, and
     * finds the interrupt afterwards.
     *
     * @throws IOException if it could not; the old content is there then, unless only the entry of the directory could not be made durable
     */
    public static void write(Path file, String content) throws IOException {
        boolean interrupted = Thread.interrupted(); // a channel closes itself under an interrupted thread
        try {
            while (!wasWritten(file, content)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Says false where an interrupt broke it off. */
    private static boolean wasWritten(Path file, String content) throws IOException {
        try {
            replace(file, content);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, file.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
