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
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The file in the data directory that keeps modes and pauses. A file that cannot be read keeps the host from starting: what somebody has paused is not to go
 * on because a file was damaged.
 */
public final class KeptFile {
    /** Where it is, relative to the home. */
    public static final String FILE = "data/reconcilers.json";

    private static final RecordCodec<Kept> CODEC = RecordCodec.of(MethodHandles.lookup(), Kept.class);

    private final Path file;

    /** The file of that home. */
    public KeptFile(Path home) {
        this.file = home.resolve(FILE);
    }

    /** @throws DocumentException if it is there and cannot be read; says what to do */
    Kept read() {
        try {
            List<Tree> documents = YamlReader.ofOwnFiles().read(FILE, Files.readString(file));
            if (documents.size() != 1) {
                throw new DocumentException(new Place(FILE, 0), "expected one document, but found " + documents.size());
            }
            return CODEC.decode(documents.getFirst());
        } catch (NoSuchFileException e) {
            return new Kept(Map.of());
        } catch (IOException | DocumentException e) {
            throw new DocumentException(
                    new Place(FILE, 0),
                    "the modes and pauses that were set by command cannot be read ("
                            + (e instanceof IOException ? DiskReason.of(e) : e.getMessage())
                            + "): mend the file, or delete it, and everything is applied that they hold back");
        }
    }

    /** @throws UncheckedIOException if it cannot be written; the old content is there then */
    void write(Kept kept) {
        try {
            DurableFile.write(file, JsonWriter.ascii().write(CODEC.encode(kept)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "nothing was changed, since it cannot be kept for the next start: " + file + ": "
                            + DiskReason.of(e),
                    e);
        }
    }
}
