package dev.homeostat.statedb.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Comparisons of byte strings, eight bytes at a time: for keys of usual length faster than the vectorized ones of {@link Arrays}. */
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static boolean equal(byte[] a, byte[] b) {
        int length = a.length;
        return length == b.length && mismatch(a, b, 0, length) == length;
    }

    /** The first position from {@code from} on where the two differ, or {@code to}; both must be that long. */
    static int mismatch(byte[] a, byte[] b, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long difference = (long) LONG.get(a, i) ^ (long) LONG.get(b, i);
            if (difference != 0) {
                return i + Long.numberOfTrailingZeros(difference) / Byte.SIZE;
            }
        }
        while (i < to && a[i] == b[i]) {
            i++;
        }
        return i;
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && mismatch(key, prefix, 0, prefix.length) == prefix.length;
    }
}
