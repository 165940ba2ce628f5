package dev.homeostat.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 of files, of texts and of a whole {@link Content}: how the build knows that a step's inputs are those of the last time. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Content content) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, Content.Entry> entry : content.entries().entrySet()) {
            all.append(of(entry.getValue())).append(' ').append(entry.getKey()).append('\n');
        }
        return of(all.toString());
    }

    static String of(Content.Entry entry) throws IOException {
        return switch (entry) {
            case Content.Entry.Directory directory -> "directory";
            case Content.Entry.Copy copy -> of(copy.source()) + (copy.executable() ? "*" : "");
            case Content.Entry.Text text -> of(text.text());
            case Content.Entry.Link link -> "->" + link.target();
        };
    }

    static String of(String text) {
        return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
