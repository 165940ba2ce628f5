package dev.homeostat.host.steering;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.disk.DurableFile;
import dev.homeostat.host.tree.JsonWriter;
import dev.homeostat.host.tree.YamlReader;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the held prunes of all reconcilers of a home: whoever has read a list and confirms its number after a restart of the host must not confirm another
 * list. The latest number is kept in the data directory, as soon as it was given; there is no file as long as nothing was held. Safe for all threads.
 */
public final class PruneNumbers implements LongSupplier {
    /** Where the latest is kept, relative to the home. */
    public static final String FILE = "data/held-prunes.json";

    private static final Logger LOG = LoggerFactory.getLogger(PruneNumbers.class);
    private static final RecordCodec<Kept> CODEC = RecordCodec.of(MethodHandles.lookup(), Kept.class);

    private final Path file;
    private final Executor executor;
    private final AtomicLong latest;

    /** Guarded by this. */
    private long written;

    /** Whether it was said that the file cannot be written, and that is still so; guarded by this. */
    private boolean told;

    /** @param latest the highest number that was ever given */
    record Kept(long latest) {}

    /**
     * Goes on from what that home has kept.
     *
     * @param executor writes what is to be kept, soon after the number was given
     * @throws DocumentException if it is there and cannot be read; says what to do
     */
    public PruneNumbers(Path home, Executor executor) {
        this.file = home.resolve(FILE);
        this.executor = executor;
        this.written = read();
        this.latest = new AtomicLong(written);
    }

    /** A number that was never given; returns at once. */
    @Override
    public long getAsLong() {
        long number = latest.incrementAndGet();
        try {
            executor.execute(this::keep);
        } catch (RejectedExecutionException e) {
            LOG.debug("the number {} of a held prune is not kept, since the host stops", number, e);
        }
        return number;
    }

    private synchronized void keep() {
        long number = latest.get();
        if (number <= written) {
            return;
        }
        try {
            DurableFile.write(file, JsonWriter.ascii().write(CODEC.encode(new Kept(number))) + "\n");
            written = number;
            told = false;
        } catch (IOException e) {
            if (told) {
                return;
            }
            told = true;
            LOG.warn(
                    "{} cannot be written ({}): after a restart the numbers of held prunes go on from {}, so read the"
                            + " list again before you confirm one",
                    file,
                    DiskReason.of(e),
                    written + 1);
        }
    }

    private long read() {
        try {
            List<Tree> documents = YamlReader.ofOwnFiles().read(FILE, Files.readString(file));
            if (documents.size() != 1) {
                throw new DocumentException(new Place(FILE, 0), "expected one document, but found " + documents.size());
            }
            long number = CODEC.decode(documents.getFirst()).latest();
            if (number < 0) {
                throw new DocumentException(new Place(FILE, 0), "latest: must be at least 0, but was " + number);
            }
            return number;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException | DocumentException e) {
            throw new DocumentException(
                    new Place(FILE, 0),
                    "the number of the latest held prune cannot be read ("
                            + (e instanceof IOException ? DiskReason.of(e) : e.getMessage())
                            + "): mend the file, or delete it, and the numbers begin at 1 again");
        }
    }
}
