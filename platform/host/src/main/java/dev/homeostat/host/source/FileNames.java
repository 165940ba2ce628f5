package dev.homeostat.host.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** File names for names that may hold anything: readable where possible, different for different names, and never a path. */
final class FileNames {
    private static final int READABLE = 60;
    private static final int HASH_BYTES = 8;

    private FileNames() {}

    /** The name itself where it is short and plain; else what of it is plain, and a part of its SHA-256. */
    static String of(String name) {
        if (name.matches("[a-z0-9][a-z0-9_-]{0," + READABLE + "}")) {
            return name;
        }
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String readable = plain.substring(0, Math.min(plain.length(), READABLE));
        return readable + "~" + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
