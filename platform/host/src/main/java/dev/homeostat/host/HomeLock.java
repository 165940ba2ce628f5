package dev.homeostat.host;

import dev.homeostat.host.disk.DiskReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second host from a home. The lock is the operating system's: it ends with the process, however that ends. The file holds the process id, for people
 * and for messages.
 */
final class HomeLock implements AutoCloseable {
    private static final String FILE = "data/host.lock";

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a home whose {@code data} directory exists.
     *
     * @throws StartException if another host has it; names that one
     */
    static HomeLock take(Path home) throws StartException {
        Path file = home.resolve(FILE);
        try {
            return take(home, file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StartException(
                    "the home cannot be locked (" + DiskReason.of(e) + "): let this user write " + file
                            + ", or give another home with --home",
                    e);
        }
    }

    private static HomeLock take(Path home, Path file, FileChannel channel) throws IOException, StartException {
        try {
            if (lock(channel) == null) {
                throw new StartException("another host runs on " + home + " (process "
                        + Files.readString(file).strip()
                        + "): stop that one, or give this one another home with --home");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new HomeLock(channel);
        } catch (IOException | StartException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // a host in this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
    }
}
