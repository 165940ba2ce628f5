package dev.homeostat.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a structure takes in the heap: what is live with it, less what was live without it. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class HeapUse {
    /** Bytes for each row, without the rows themselves. */
    public double bytesPerRow;

    private long before;

    /** Begins: the rows are there, the structure is not. */
    public void begin() {
        before = LiveHeap.bytes();
    }

    /** Ends: the structure holds so many rows, and is still held by the caller. */
    public void end(int rows) {
        bytesPerRow = (double) (LiveHeap.bytes() - before) / rows;
    }
}
