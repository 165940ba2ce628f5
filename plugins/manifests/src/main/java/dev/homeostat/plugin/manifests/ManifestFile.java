package dev.homeostat.plugin.manifests;

import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A manifest file as it was read.
 *
 * @param stamp its state when it was read; null when that was not known
 * @param unit what it wants; broken, with the reason, when it could not be read
 * @param passing whether reading it failed for a reason that may pass without a change of the file
 */
record ManifestFile(@Nullable FileStamp stamp, SourceUnit unit, boolean passing) {
    private static final long LARGEST = 64L * 1024 * 1024;

    static ManifestFile read(Path file, @Nullable FileStamp stamp, ManifestParser parser) throws InterruptedException {
        String name = file.getFileName().toString();
        String why = unfit(stamp);
        if (why != null) {
            return new ManifestFile(stamp, broken(name, why), false);
        }
        try {
            return new ManifestFile(stamp, parser.parse(name, decode(Files.readAllBytes(file))), false);
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException();
        } catch (CharacterCodingException e) {
            return new ManifestFile(stamp, broken(name, "is not text in UTF-8"), false);
        } catch (AccessDeniedException e) {
            return new ManifestFile(
                    stamp, broken(name, "cannot be read: permission denied; check its owner and mode"), true);
        } catch (IOException e) {
            return new ManifestFile(stamp, broken(name, "cannot be read: " + e), true);
        }
    }

    /** One that never rests long enough to be read. */
    static ManifestFile restless(String name) {
        return new ManifestFile(null, broken(name, "changed each time that it was read"), true);
    }

    /** Whether reading it again would give the same. */
    boolean holds(@Nullable FileStamp now) {
        return !passing && Objects.equals(stamp, now);
    }

    private static @Nullable String unfit(@Nullable FileStamp stamp) {
        if (stamp == null) {
            return "cannot be looked at: a link to nothing, or permission denied";
        } else if (!stamp.regular()) {
            return "is not a regular file";
        } else if (stamp.size() == 0) {
            return "is empty, as if writing it was cut off; delete it if nothing in it is wanted any more, or put a"
                    + " comment in it";
        } else if (stamp.size() > LARGEST) {
            return "is too large: " + stamp.size() + " bytes, where at most " + LARGEST + " are read; split it";
        }
        return null;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static SourceUnit broken(String name, String why) {
        return SourceUnit.broken(name, List.of(new Problem(new Place(name, 0), why)));
    }
}
