package dev.homeostat.benchmarks;

/** What lives in the heap. */
public final class LiveHeap {
    private static final int COLLECTIONS = 3;

    private LiveHeap() {}

    /** The bytes that live now; takes three collections. */
    public static long bytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
