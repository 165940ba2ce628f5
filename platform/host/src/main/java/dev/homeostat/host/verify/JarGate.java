package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What every plugin jar goes through on its way in, before anything of it is read in earnest. The sum and the limits are those of a private copy, and the
 * copy is what is loaded: whatever happens to the file that it was made of comes too late. Immutable.
 */
public final class JarGate {
    private static final int CHUNK = 1 << 16;

    private final AllowList allowed;
    private final JarLimits limits;

    /** A gate with the limits of every host. */
    public JarGate(AllowList allowed) {
        this(allowed, JarLimits.STANDARD);
    }

    JarGate(AllowList allowed, JarLimits limits) {
        this.allowed = allowed;
        this.limits = limits;
    }

    /**
     * Copies a jar and checks the copy.
     *
     * @param copy a file that does not exist; when the jar is refused, it is left for the caller to delete
     * @throws PluginRefusedException says what is wrong with it
     */
    public Admission admit(Path jar, Path copy) throws IOException {
        String sum = copy(jar, copy);
        allowed.check(sum);
        JarInspection inspection = new JarInspection(limits);
        inspection.own(copy);
        return new Admission(sum, inspection);
    }

    /** The sum of a jar, in hexadecimal digits; for one that need not be admitted. */
    public String sum(Path jar) throws IOException {
        return copy(jar, OutputStream.nullOutputStream());
    }

    private String copy(Path jar, Path copy) throws IOException {
        try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return copy(jar, out);
        }
    }

    private String copy(Path jar, OutputStream out) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK];
        long length = 0;
        try (InputStream in = Files.newInputStream(jar)) {
            for (int bytes = in.read(chunk); bytes >= 0; bytes = in.read(chunk)) {
                length += bytes;
                if (length > limits.bytes()) {
                    throw new PluginRefusedException(
                            "it has more than " + limits.bytes() + " bytes", "make it smaller, or split the plugin");
                }
                digest.update(chunk, 0, bytes);
                out.write(chunk, 0, bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A jar that was let in. The jars in it still have to be. */
    public static final class Admission {
        private final String sha256;
        private final JarInspection inspection;

        private Admission(String sha256, JarInspection inspection) {
            this.sha256 = sha256;
            this.inspection = inspection;
        }

        /** The sum of what was copied, in hexadecimal digits. */
        public String sha256() {
            return sha256;
        }

        /**
         * Checks a nested jar that was unpacked.
         *
         * @param name the entry that it was
         * @throws PluginRefusedException says what is wrong with it
         */
        public void nested(String name, Path library) throws IOException {
            inspection.nested(name, library);
        }
    }
}
