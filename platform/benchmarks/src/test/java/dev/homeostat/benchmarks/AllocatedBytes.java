package dev.homeostat.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that this thread allocates. */
final class AllocatedBytes {
    private static final int WARMUPS = 20;
    private static final int ROUNDS = 40;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /**
     * The bytes that the work allocates when it is done once. The least of many rounds: what a round allocates is never too little, but the compiler, which
     * takes over at any time, may add to it.
     */
    static long of(Runnable work) {
        for (int i = 0; i < WARMUPS; i++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
