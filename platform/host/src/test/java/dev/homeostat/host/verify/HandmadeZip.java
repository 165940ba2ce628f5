package dev.homeostat.host.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A zip file written byte by byte, so that its headers can claim what no library would write. */
public final class HandmadeZip {
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private long length;
    private byte[] comment = {};

    /** What both headers of an entry say. */
    static final class Entry {
        String name = "";
        String localName = "";
        int method;
        int flags;
        long crc;
        long packed;
        long size;
        long localSize;
        long header;

        Entry size(long claimed) {
            size = claimed;
            localSize = claimed;
            return this;
        }
    }

    /** An entry that is what it says, deflated; the header can still be changed. */
    Entry add(String name, byte[] content) {
        return add(name, name, content, true);
    }

    /** An entry that is stored as it is. */
    Entry store(String name, byte[] content) {
        return add(name, name, content, false);
    }

    Entry add(String name, String localName, byte[] content, boolean deflate) {
        Entry entry = new Entry();
        entry.name = name;
        entry.localName = localName;
        entry.method = deflate ? 8 : 0;
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.crc = crc.getValue();
        byte[] packed = deflate ? deflate(content) : content;
        entry.packed = packed.length;
        entry.size(content.length);
        entry.header = length;
        entries.add(entry);
        contents.add(packed);
        length += 30 + localName.getBytes(StandardCharsets.UTF_8).length + packed.length;
        return entry;
    }

    HandmadeZip comment(byte[] bytes) {
        comment = bytes;
        return this;
    }

    byte[] bytes() {
        data.reset();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (i < contents.size()) {
                byte[] name = entry.localName.getBytes(StandardCharsets.UTF_8);
                write(buffer(30)
                        .putInt(0x04034b50)
                        .putShort((short) 20)
                        .putShort((short) entry.flags)
                        .putShort((short) entry.method)
                        .putInt(0)
                        .putInt((int) entry.crc)
                        .putInt((int) entry.packed)
                        .putInt((int) entry.localSize)
                        .putShort((short) name.length)
                        .putShort((short) 0));
                data.writeBytes(name);
                data.writeBytes(contents.get(i));
            }
        }
        int begin = data.size();
        for (Entry entry : entries) {
            byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
            write(buffer(46)
                    .putInt(0x02014b50)
                    .putInt(0x00140014)
                    .putShort((short) entry.flags)
                    .putShort((short) entry.method)
                    .putInt(0)
                    .putInt((int) entry.crc)
                    .putInt((int) entry.packed)
                    .putInt((int) entry.size)
                    .putShort((short) name.length)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt((int) entry.header));
            data.writeBytes(name);
        }
        int bytes = data.size() - begin;
        write(buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(bytes)
                .putInt(begin)
                .putShort((short) comment.length));
        data.writeBytes(comment);
        return data.toByteArray();
    }

    /** A second entry of the central directory over the data of the first. */
    Entry again(Entry first, String name) {
        Entry entry = new Entry();
        entry.name = name;
        entry.localName = name;
        entry.method = first.method;
        entry.crc = first.crc;
        entry.packed = first.packed;
        entry.size(first.size);
        entry.header = first.header;
        entries.add(entry);
        return entry;
    }

    Path writeTo(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of zeros that takes no room on the disk, and whose end says that all of it is the directory of so many entries. */
    public static Path sparse(Path file, int length, int entries) {
        ByteBuffer end = buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(length)
                .putInt(0)
                .putShort((short) 0)
                .flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(end, length);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        data.writeBytes(bytes);
    }

    private static byte[] deflate(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(9, true);
                DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
