package dev.homeostat.host.verify;

/**
 * One entry as the central directory has it. All figures are claims of whoever made the file until {@link JarInspection} has counted.
 *
 * @param name with {@code /} between its parts; ends with one for a directory
 * @param method 0 stored, 8 deflated
 * @param flags bit 3: the sizes stand behind the data, bit 11: the name is UTF-8
 * @param crc of the unpacked bytes
 * @param packed bytes in the file
 * @param size unpacked bytes
 * @param header where its local header begins in the file
 */
record ZipEntryHeader(String name, int method, int flags, long crc, long packed, long size, long header) {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int SIZES_FOLLOW = 1 << 3;

    boolean isDirectory() {
        return name.endsWith("/");
    }

    boolean isClass() {
        return name.endsWith(".class");
    }
}
