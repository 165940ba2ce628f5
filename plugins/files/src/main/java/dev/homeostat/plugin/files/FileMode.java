package dev.homeostat.plugin.files;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Permissions as people write them: {@code 0644}. */
final class FileMode {
    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private static final Pattern SPECIAL = Pattern.compile("0?[1-7][0-7]{3}");
    private static final int OCTAL = 8;

    private FileMode() {}

    /** @throws IllegalArgumentException if the text is not a mode; the message says what is */
    static Set<PosixFilePermission> parse(String mode) {
        if (SPECIAL.matcher(mode).matches()) {
            throw new IllegalArgumentException(
                    "mode: \"" + mode + "\" has a setuid, setgid or sticky bit, which is not supported");
        }
        if (!MODE.matcher(mode).matches()) {
            throw new IllegalArgumentException(
                    "mode: must be three octal digits, such as \"644\" or \"0644\", but was \"" + mode + "\"");
        }
        int bits = Integer.parseInt(mode, OCTAL);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        int bit = 0400;
        // The constants are in the order of the bits, from the owner's read to the others' execute.
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((bits & bit) != 0) {
                permissions.add(permission);
            }
            bit >>= 1;
        }
        return permissions;
    }
}
