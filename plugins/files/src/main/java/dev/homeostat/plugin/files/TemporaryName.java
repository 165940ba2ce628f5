package dev.homeostat.plugin.files;

import java.util.UUID;

/** Names of files that are being written; what is left of them after a crash is pruned. */
final class TemporaryName {
    private static final String PREFIX = ".homeostat-";
    private static final String SUFFIX = ".tmp";

    private TemporaryName() {}

    static String next() {
        return PREFIX + UUID.randomUUID() + SUFFIX;
    }

    static boolean is(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }
}
