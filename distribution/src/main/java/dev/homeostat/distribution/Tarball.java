package dev.homeostat.distribution;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a {@link Content} as a compressed tarball in the ustar format (POSIX.1-1988, pax(1)): entries in order of their paths, all with one time and no
 * owner, so that equal content gives equal bytes.
 */
final class Tarball {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;

    private final OutputStream out;
    private final String root;
    private final Instant time;

    private Tarball(OutputStream out, String root, Instant time) {
        this.out = out;
        this.root = root;
        this.time = time;
    }

    /** Writes the file; every path in it begins with {@code root}. */
    static void write(Path file, String root, Content content, Instant time) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream raw = Files.newOutputStream(unfinished);
                OutputStream out = new BufferedOutputStream(new GZIPOutputStream(raw, 1 << 16), 1 << 16)) {
            Tarball tarball = new Tarball(out, root, time);
            for (Map.Entry<String, Content.Entry> entry : content.entries().entrySet()) {
                tarball.add(entry.getKey(), entry.getValue());
            }
            out.write(new byte[2 * BLOCK]);
        }
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void add(String path, Content.Entry entry) throws IOException {
        switch (entry) {
            case Content.Entry.Directory directory -> header(path + "/", '5', 0755, 0, "");
            case Content.Entry.Link link -> header(path, '2', 0777, 0, link.target());
            case Content.Entry.Text text -> {
                byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
                header(path, '0', 0644, bytes.length, "");
                out.write(bytes);
                pad(bytes.length);
            }
            case Content.Entry.Copy copy -> {
                long size = Files.size(copy.source());
                header(path, '0', copy.executable() ? 0755 : 0644, size, "");
                Files.copy(copy.source(), out);
                pad(size);
            }
        }
    }

    private void header(String path, char type, int mode, long size, String link) throws IOException {
        byte[] header = new byte[BLOCK];
        String name = root + "/" + path;
        int cut = 0;
        if (name.length() > NAME) {
            cut = name.indexOf('/', name.length() - NAME - 1) + 1;
            if (cut == 0 || cut == name.length() || cut - 1 > PREFIX) {
                throw new BuildFailure("the path is too long for a tarball: " + name);
            }
            text(header, 345, name.substring(0, cut - 1), PREFIX);
        }
        text(header, 0, name.substring(cut), NAME);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, time.getEpochSecond());
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        text(header, 157, link, NAME);
        text(header, 257, "ustar", 6);
        text(header, 263, "00", 2);
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private static void text(byte[] header, int offset, String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new BuildFailure("too long for a tarball: " + text);
        }
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    /** Digits to the length of the field less one, then a zero byte. */
    private static void octal(byte[] header, int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        text(header, offset, "0".repeat(length - 1 - digits.length()) + digits, length - 1);
        header[offset + length - 1] = 0;
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }
}
