package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.IOException;
import java.lang.reflect.ClassFileFormatVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Counts what is in a plugin's jar and in those nested in it, before anybody else reads them: every entry is unpacked into nothing, with real counters, and
 * must come to what its headers say. What one jar uses up is missing to the next. Used by one thread, for one plugin.
 */
final class JarInspection {
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CHUNK = 1 << 16;
    private static final int CLASS_HEAD = 8;
    private static final int CLASS_MAGIC = 0xCAFEBABE;
    private static final int PREVIEW = 0xFFFF;
    private static final String NESTED = "META-INF/lib/";
    private static final String VERSIONED = "META-INF/versions/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final JarLimits limits;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out = new byte[CHUNK];
    private int entriesLeft;
    private long bytesLeft;
    private int nested;

    JarInspection(JarLimits limits) {
        this.limits = limits;
        this.entriesLeft = limits.entries();
        this.bytesLeft = limits.unpackedBytes();
    }

    /** Counts the plugin's own jar. */
    void own(Path jar) throws IOException {
        inspect("", jar, true);
    }

    /**
     * Counts one that was nested in it.
     *
     * @param name of the entry that it was
     */
    void nested(String name, Path jar) throws IOException {
        inspect(name + " in it ", jar, false);
    }

    private void inspect(String jar, Path path, boolean own) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            List<ZipEntryHeader> entries = new ZipDirectory(jar, limits).read(file, entriesLeft);
            entriesLeft -= entries.size();
            long free = 0;
            List<ZipEntryHeader> inOrder = new ArrayList<>(entries);
            inOrder.sort(Comparator.comparingLong(ZipEntryHeader::header));
            for (ZipEntryHeader entry : inOrder) {
                checkNesting(jar, entry, own);
                if (entry.header() < free) {
                    throw ZipDirectory.damaged(jar, "entry \"" + entry.name() + "\" overlaps another one");
                }
                free = new OneEntry(jar, file, entry, own).count();
            }
        }
    }

    private void checkNesting(String jar, ZipEntryHeader entry, boolean own) {
        if (!entry.name().startsWith(NESTED)
                || !entry.name().toLowerCase(Locale.ROOT).endsWith(".jar")) {
            return;
        }
        if (!own) {
            throw new PluginRefusedException(
                    jar + "nests another jar, " + entry.name() + ": a depth of 2, and 1 is the most",
                    "put it into META-INF/lib of the plugin's own jar");
        }
        if (++nested > limits.nestedJars()) {
            throw new PluginRefusedException(
                    "it nests more than " + limits.nestedJars() + " jars", "merge some, or split the plugin");
        }
        if (entry.packed() > limits.nestedBytes() || entry.size() > limits.nestedBytes()) {
            throw new PluginRefusedException(
                    entry.name() + " in it has " + Math.max(entry.packed(), entry.size()) + " bytes, and "
                            + limits.nestedBytes() + " is the most",
                    "make it smaller, or split the plugin");
        }
    }

    /** One entry that is unpacked and counted. */
    private final class OneEntry {
        private final String jar;
        private final FileChannel file;
        private final ZipEntryHeader entry;
        private final boolean own;
        private final CRC32 crc = new CRC32();
        private final ByteBuffer head = ByteBuffer.allocate(CLASS_HEAD);
        private long size;

        OneEntry(String jar, FileChannel file, ZipEntryHeader entry, boolean own) {
            this.jar = jar;
            this.file = file;
            this.entry = entry;
            this.own = own;
        }

        /** Counts it, and says where in the file it ends. */
        long count() throws IOException {
            long data = dataBegin();
            if (entry.name().toUpperCase(Locale.ROOT).equals(MANIFEST) && entry.size() > limits.manifestBytes()) {
                throw new PluginRefusedException(
                        jar + "has a manifest of " + entry.size() + " bytes, and " + limits.manifestBytes()
                                + " is the most",
                        "make it smaller");
            }
            if (entry.method() == ZipEntryHeader.STORED) {
                copy(data);
            } else {
                inflate(data);
            }
            if (size != entry.size() || crc.getValue() != entry.crc()) {
                throw lie("has " + size + " bytes with sum " + Long.toHexString(crc.getValue()) + ", and claims "
                        + entry.size() + " with " + Long.toHexString(entry.crc()));
            }
            if (entry.isClass()) {
                checkClass();
            }
            return data + entry.packed();
        }

        private long dataBegin() throws IOException {
            if (entry.header() + LOCAL_BYTES > file.size()) {
                throw lie("lies behind the end of the file");
            }
            ByteBuffer local = ZipDirectory.read(file, entry.header(), LOCAL_BYTES);
            int nameBytes = local.getShort(26) & 0xFFFF;
            long data = entry.header() + LOCAL_BYTES + nameBytes + (local.getShort(28) & 0xFFFF);
            if (local.getInt(0) != LOCAL || data + entry.packed() > file.size()) {
                throw lie("is not where the central directory says");
            }
            byte[] name = new byte[nameBytes];
            ZipDirectory.read(file, entry.header() + LOCAL_BYTES, nameBytes).get(name);
            if (!new String(name, StandardCharsets.UTF_8).equals(entry.name())) {
                throw lie("has another name in front of its data: \""
                        + ZipDirectory.printable(new String(name, StandardCharsets.UTF_8)) + "\"");
            }
            boolean sizesFollow = (local.getShort(6) & ZipEntryHeader.SIZES_FOLLOW) != 0;
            boolean same = (local.getShort(8) & 0xFFFF) == entry.method()
                    && agrees(local.getInt(14), entry.crc(), sizesFollow)
                    && agrees(local.getInt(18), entry.packed(), sizesFollow)
                    && agrees(local.getInt(22), entry.size(), sizesFollow);
            if (!same) {
                throw lie("is described in one way in the central directory, and in another in front of its data");
            }
            return data;
        }

        private static boolean agrees(int local, long central, boolean mayFollow) {
            long value = local & 0xFFFFFFFFL;
            return value == central || (mayFollow && value == 0);
        }

        private void copy(long data) throws IOException {
            if (entry.packed() != entry.size()) {
                throw lie("is stored as it is, and claims " + entry.packed() + " bytes packed and " + entry.size()
                        + " unpacked");
            }
            for (long at = 0; at < entry.packed(); ) {
                int bytes = chunk(data, at);
                take(in, bytes, at + bytes);
                at += bytes;
            }
        }

        private void inflate(long data) throws IOException {
            try (Inflater inflater = new Inflater(true)) {
                long at = 0;
                while (!inflater.finished()) {
                    if (inflater.needsInput() && at < entry.packed()) {
                        int bytes = chunk(data, at);
                        inflater.setInput(in, 0, bytes);
                        at += bytes;
                    }
                    int unpacked = inflater.inflate(out);
                    if (unpacked == 0 && !inflater.finished() && (at == entry.packed() || inflater.needsDictionary())) {
                        throw lie("breaks off");
                    }
                    take(out, unpacked, inflater.getBytesRead());
                }
                if (inflater.getBytesRead() != entry.packed()) {
                    throw lie(
                            "uses " + inflater.getBytesRead() + " of the " + entry.packed() + " bytes that it claims");
                }
            } catch (DataFormatException e) {
                throw lie("is damaged (" + e.getMessage() + ")");
            }
        }

        private int chunk(long data, long at) throws IOException {
            int bytes = (int) Math.min(CHUNK, entry.packed() - at);
            ByteBuffer into = ByteBuffer.wrap(in, 0, bytes);
            while (into.hasRemaining()) {
                if (file.read(into, data + at + into.position()) < 0) {
                    throw lie("breaks off");
                }
            }
            return bytes;
        }

        private void take(byte[] from, int bytes, long packed) {
            crc.update(from, 0, bytes);
            head.put(from, 0, Math.min(bytes, head.remaining()));
            size += bytes;
            bytesLeft -= bytes;
            if (size > entry.size()) {
                throw lie("claims " + entry.size() + " bytes and has more");
            }
            if (bytesLeft < 0) {
                throw new PluginRefusedException(
                        "unpacked it has more than " + limits.unpackedBytes() + " bytes (seen in " + place() + ")",
                        "make it smaller, or split the plugin");
            }
            if (size > JarLimits.RATIO_MATTERS_FROM && size > packed * limits.ratio()) {
                throw new PluginRefusedException(
                        place() + " unpacks to more than " + limits.ratio() + " times its size (" + size
                                + " bytes so far, of " + packed + ")",
                        "store it unpacked, if that is meant");
            }
        }

        /** What the virtual machine would not load; in libraries that is the business of whoever uses the class. */
        private void checkClass() {
            if (!own || entry.name().startsWith(VERSIONED) || head.hasRemaining()) {
                return;
            }
            head.flip().order(ByteOrder.BIG_ENDIAN);
            int minor = head.getShort(4) & 0xFFFF;
            int major = head.getShort(6) & 0xFFFF;
            int newest = ClassFileFormatVersion.latest().major();
            if (head.getInt(0) == CLASS_MAGIC && major > newest) {
                throw new PluginRefusedException(
                        "its class " + entry.name() + " is for Java " + (major - 44) + " (class file version " + major
                                + "), and this is Java " + Runtime.version().feature() + " (" + newest + ")",
                        "compile it with --release " + Runtime.version().feature());
            }
            if (head.getInt(0) == CLASS_MAGIC && minor == PREVIEW) {
                throw new PluginRefusedException(
                        "its class " + entry.name() + " uses preview features of Java", "compile it without them");
            }
        }

        private String place() {
            return jar.isEmpty() ? "its entry " + entry.name() : jar.strip() + ", entry " + entry.name() + ",";
        }

        private PluginRefusedException lie(String how) {
            return ZipDirectory.damaged(jar, "entry \"" + entry.name() + "\" " + how);
        }
    }
}
