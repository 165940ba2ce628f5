package dev.homeostat.distribution.e2e;

import java.util.List;
import java.util.stream.LongStream;

/** What was measured, as a line on the console. */
final class Times {
    private Times() {}

    static void show(String what, List<Long> nanos) {
        long[] sorted = LongStream.of(nanos.stream().mapToLong(Long::longValue).toArray())
                .map(each -> each / 1_000_000)
                .sorted()
                .toArray();
        System.out.printf(
                "%s: median %d ms, %d to %d ms, of %d%n",
                what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
