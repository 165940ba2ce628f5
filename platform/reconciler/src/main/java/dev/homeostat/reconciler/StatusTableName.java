package dev.homeostat.reconciler;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The names of the tables that hold a reconciler's statuses and its plan: what a person recognizes of {@code table/name}, then a hash of all of it, since two long names
 * may begin alike and {@code a-b/c} reads like {@code a/b-c}.
 */
final class StatusTableName {
    private static final int LONGEST = 31;
    private static final int HASH_BYTES = 8;
    private static final int HASH_LENGTH = 13;

    private StatusTableName() {}

    static String of(String table, String reconciler) {
        return named(table + "-" + reconciler, table, reconciler);
    }

    /** The name of the table with that reconciler's plan. */
    static String ofPlan(String table, String reconciler) {
        return named("plan-" + table + "-" + reconciler, table, reconciler);
    }

    private static String named(String readable, String table, String reconciler) {
        String hash = hash(table + "/" + reconciler);
        return readable.substring(0, Math.min(readable.length(), LONGEST - HASH_LENGTH - 1)) + "-" + hash;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            String digits = new BigInteger(1, Arrays.copyOf(digest, HASH_BYTES)).toString(36);
            return "0".repeat(HASH_LENGTH - digits.length()) + digits;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
