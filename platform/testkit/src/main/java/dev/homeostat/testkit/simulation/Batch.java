package dev.homeostat.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** One batch as the target's side saw it, with the halves that were tried of it: it takes one slot, and its entries are over together. */
final class Batch {
    private final List<Call> calls = new ArrayList<>();
    private boolean threw;
    private long endedNanos;

    void add(Call call) {
        calls.add(call);
        call.batch = this;
    }

    List<Call> calls() {
        return calls;
    }

    void ends(boolean byThrowing, long now) {
        threw |= byThrowing;
        endedNanos = now;
    }

    /** Whether a half of it may begin: that is at once, after it threw. */
    boolean mayGoOn(long now) {
        return threw && endedNanos == now;
    }
}
