package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads a jar's manifest, and never more of it than the limits allow, whatever the jar claims. Keeps no file open. It is read of the user's own file, to know
 * which plugin that is; what counts is read again of the private copy.
 */
public final class JarManifest {
    private static final String NAME = "META-INF/MANIFEST.MF";
    private static final int MOST_ATTRIBUTES = 500;
    private static final int LONGEST_VALUE = 1024;
    private static final String OURS = "Plugin-";

    private JarManifest() {}

    /**
     * Reads it.
     *
     * @return none when the jar has none
     * @throws PluginRefusedException if the jar is none, or its manifest is absurd
     */
    public static Optional<Manifest> read(Path jar) {
        if (Files.exists(jar) && !Files.isRegularFile(jar)) { // to open a pipe would wait for its other end
            throw new PluginRefusedException("it is no file but a directory or something else", "name a jar");
        }
        JarLimits limits = JarLimits.STANDARD;
        try (FileChannel file = FileChannel.open(jar)) {
            for (ZipEntryHeader entry : new ZipDirectory("it ", limits).read(file, limits.entries())) {
                if (entry.name().toUpperCase(Locale.ROOT).equals(NAME)) {
                    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes(file, entry, limits)));
                    check(manifest);
                    return Optional.of(manifest);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            throw new PluginRefusedException("there is no such file", "mend its name");
        } catch (IOException e) {
            throw ZipDirectory.damaged("it ", String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(FileChannel file, ZipEntryHeader entry, JarLimits limits) throws IOException {
        ByteBuffer local = ZipDirectory.read(file, entry.header(), 30).order(ByteOrder.LITTLE_ENDIAN);
        file.position(entry.header() + 30 + (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF));
        InputStream raw = Channels.newInputStream(file);
        Inflater inflater = new Inflater(true);
        try {
            InputStream in = entry.method() == ZipEntryHeader.DEFLATED ? new InflaterInputStream(raw, inflater) : raw;
            long most = Math.min(entry.size(), limits.manifestBytes() + 1L);
            byte[] bytes = in.readNBytes((int) most);
            if (bytes.length > limits.manifestBytes()) {
                throw new PluginRefusedException(
                        "its manifest has more than " + limits.manifestBytes() + " bytes", "make it smaller");
            }
            return bytes;
        } finally {
            inflater.end();
        }
    }

    private static void check(Manifest manifest) {
        Map<Object, Object> attributes = manifest.getMainAttributes();
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new PluginRefusedException(
                    "its manifest has " + attributes.size() + " main attributes, and " + MOST_ATTRIBUTES
                            + " is the most",
                    "leave out what nobody reads");
        }
        attributes.forEach((key, value) -> {
            if (key.toString().startsWith(OURS)) {
                check(key.toString(), value.toString());
            }
        });
    }

    private static void check(String key, String value) {
        if (value.length() > LONGEST_VALUE) {
            throw new PluginRefusedException(
                    key + " in its manifest has " + value.length() + " characters, and " + LONGEST_VALUE
                            + " is the most",
                    "shorten it");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new PluginRefusedException(
                    key + " in its manifest has a control character: \"" + ZipDirectory.printable(value) + "\"",
                    "write it without");
        }
    }
}
