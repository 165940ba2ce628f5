package dev.homeostat.host.verify;

/**
 * How big a plugin's jar may be. A real plugin stays far below; what is above was made to fill a disk or the memory, or is damaged. The jars nested in it
 * count with it.
 *
 * @param bytes of the file
 * @param entries of all jars together
 * @param unpackedBytes of all jars together
 * @param ratio of unpacked to packed, of any entry of more than a mebibyte
 * @param manifestBytes of one manifest, unpacked
 * @param nestedBytes of one nested jar
 * @param nestedJars how many may be nested
 * @param nameBytes of the name of an entry
 * @param directoryBytes of the central directory of one jar, which is read at once
 */
public record JarLimits(
        long bytes,
        int entries,
        long unpackedBytes,
        int ratio,
        int manifestBytes,
        long nestedBytes,
        int nestedJars,
        int nameBytes,
        int directoryBytes) {
    private static final long MIB = 1 << 20;

    /** What is small may be packed as well as it likes: a file of zeros, say. */
    static final long RATIO_MATTERS_FROM = MIB;

    /** Of every host. */
    public static final JarLimits STANDARD =
            new JarLimits(512 * MIB, 65_000, 1024 * MIB, 200, (int) (4 * MIB), 256 * MIB, 500, 1024, (int) (32 * MIB));
}
