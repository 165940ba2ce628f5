package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the central directory of a zip file, strictly: what two readers could take for two different things is refused, so that what was checked here is what
 * {@link java.util.jar.JarFile} reads afterwards. The layout is that of PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16; zip64 (4.3.14) is refused,
 * since nothing within the limits needs it.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_BYTES = 20;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int ENCRYPTED = 1;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final String jar;
    private final JarLimits limits;

    /** @param jar what messages call it; empty for the plugin's own, else with a blank after it */
    ZipDirectory(String jar, JarLimits limits) {
        this.jar = jar;
        this.limits = limits;
    }

    /**
     * All entries.
     *
     * @param budget how many there may be
     * @throws PluginRefusedException if the file is no jar that is to be trusted
     */
    List<ZipEntryHeader> read(FileChannel file, int budget) throws IOException {
        long length = file.size();
        ByteBuffer end = end(file, length);
        int count = end.getShort(10) & 0xFFFF;
        long bytes = end.getInt(12) & 0xFFFFFFFFL;
        long begin = end.getInt(16) & 0xFFFFFFFFL;
        long endsAt = length - END_BYTES - (end.getShort(20) & 0xFFFF);
        refuseZip64(file, endsAt, count, bytes, begin);
        if (end.getShort(4) != 0 || end.getShort(6) != 0 || (end.getShort(8) & 0xFFFF) != count) {
            throw damaged("it claims to be one part of several");
        }
        if (begin + bytes != endsAt) {
            throw damaged("its central directory should end at byte " + (begin + bytes)
                    + " and its end record begins at " + endsAt);
        }
        if (count > budget) {
            throw new PluginRefusedException(
                    jar + "has too many entries: " + count + ", and " + budget + " of " + limits.entries()
                            + " are left",
                    "split the plugin");
        }
        if (bytes > (long) count * (CENTRAL_BYTES + limits.nameBytes() + 2L * LONGEST_COMMENT)) {
            throw damaged("its central directory of " + bytes + " bytes is too big for " + count + " entries");
        }
        if (bytes > limits.directoryBytes()) {
            throw new PluginRefusedException(
                    jar + "has a central directory of " + bytes + " bytes, and " + limits.directoryBytes()
                            + " is the most",
                    "build it with fewer entries, or with less said about each");
        }
        return entries(read(file, begin, Math.toIntExact(bytes)), count);
    }

    private ByteBuffer end(FileChannel file, long length) throws IOException {
        int tail = (int) Math.min(length, END_BYTES + LONGEST_COMMENT);
        ByteBuffer last = read(file, length - tail, tail);
        for (int at = tail - END_BYTES; at >= 0; at--) {
            if (last.getInt(at) == END) {
                if (at + END_BYTES + (last.getShort(at + 20) & 0xFFFF) != tail) {
                    throw damaged("something follows its end record");
                }
                return last.slice(at, END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw damaged("it has no end record, so it is cut off or no jar at all");
    }

    private void refuseZip64(FileChannel file, long endsAt, int count, long bytes, long begin) throws IOException {
        boolean locator = endsAt >= ZIP64_LOCATOR_BYTES
                && read(file, endsAt - ZIP64_LOCATOR_BYTES, Integer.BYTES).getInt(0) == ZIP64_LOCATOR;
        if (locator || count == 0xFFFF || bytes == 0xFFFFFFFFL || begin == 0xFFFFFFFFL) {
            throw damaged("it is in the format zip64, for files of a size that no plugin has");
        }
    }

    private List<ZipEntryHeader> entries(ByteBuffer directory, int count) {
        List<ZipEntryHeader> entries = new ArrayList<>(count);
        Set<String> names = new HashSet<>();
        boolean manifest = false;
        for (int i = 0; i < count; i++) {
            ZipEntryHeader entry = entry(directory, i);
            String plain =
                    entry.isDirectory() ? entry.name().substring(0, entry.name().length() - 1) : entry.name();
            boolean again = !names.add(plain);
            if (again && !(entry.isDirectory() && entry.size() == 0)) {
                throw new PluginRefusedException(
                        jar + "has two entries \"" + printable(entry.name()) + "\"", "build it anew, with one of them");
            }
            boolean isManifest = plain.toUpperCase(Locale.ROOT).equals(MANIFEST);
            if (isManifest && manifest) {
                throw new PluginRefusedException(jar + "has two manifests", "build it anew, with one of them");
            }
            manifest |= isManifest;
            entries.add(entry);
        }
        if (directory.hasRemaining()) {
            throw damaged("its central directory has " + directory.remaining() + " bytes more than its " + count
                    + " entries need");
        }
        return entries;
    }

    private ZipEntryHeader entry(ByteBuffer directory, int number) {
        int at = directory.position();
        if (directory.remaining() < CENTRAL_BYTES || directory.getInt(at) != CENTRAL) {
            throw damaged("its central directory breaks off at entry " + number);
        }
        int nameBytes = directory.getShort(at + 28) & 0xFFFF;
        int rest = (directory.getShort(at + 30) & 0xFFFF) + (directory.getShort(at + 32) & 0xFFFF);
        if (directory.remaining() < CENTRAL_BYTES + nameBytes + rest) {
            throw damaged("its central directory breaks off in entry " + number);
        }
        if (nameBytes > limits.nameBytes()) {
            throw new PluginRefusedException(
                    jar + "has an entry with a name of " + nameBytes + " bytes, and " + limits.nameBytes()
                            + " is the most",
                    "shorten it");
        }
        byte[] raw = new byte[nameBytes];
        directory.get(at + CENTRAL_BYTES, raw);
        String name = name(raw, number);
        EntryNames.check(jar, name);
        ZipEntryHeader entry = new ZipEntryHeader(
                name,
                directory.getShort(at + 10) & 0xFFFF,
                directory.getShort(at + 8) & 0xFFFF,
                directory.getInt(at + 16) & 0xFFFFFFFFL,
                directory.getInt(at + 20) & 0xFFFFFFFFL,
                directory.getInt(at + 24) & 0xFFFFFFFFL,
                directory.getInt(at + 42) & 0xFFFFFFFFL);
        if ((entry.flags() & ENCRYPTED) != 0) {
            throw damaged("entry \"" + name + "\" is encrypted");
        }
        if (entry.method() != ZipEntryHeader.STORED && entry.method() != ZipEntryHeader.DEFLATED) {
            throw damaged("entry \"" + name + "\" is packed by method " + entry.method() + ", and Java reads 0 and 8");
        }
        directory.position(at + CENTRAL_BYTES + nameBytes + rest);
        return entry;
    }

    private String name(byte[] raw, int number) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("the name of entry " + number + " is not in UTF-8");
        }
    }

    /** A file that no careful reader goes on with. */
    PluginRefusedException damaged(String how) {
        return damaged(jar, how);
    }

    static PluginRefusedException damaged(String jar, String how) {
        return new PluginRefusedException(
                jar + "cannot be read as a jar: " + how,
                "it is damaged, made to deceive, or something else; build or copy it again");
    }

    static String printable(String name) {
        StringBuilder shown = new StringBuilder();
        name.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** The bytes at a place of the file, all of them. */
    static ByteBuffer read(FileChannel file, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("it ends at byte " + (from + buffer.position()));
            }
        }
        return buffer.flip();
    }
}
