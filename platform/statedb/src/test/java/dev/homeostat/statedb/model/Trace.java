package dev.homeostat.statedb.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a run did: the newest steps as text, and all of them as one number, equal for equal runs. */
final class Trace {
    private static final int KEPT = 25;

    private final Deque<String> last = new ArrayDeque<>();
    private long steps;
    private long digest;

    void note(String step) {
        steps++;
        digest = digest * 31 + step.hashCode();
        last.add(step);
        if (last.size() > KEPT) {
            last.remove();
        }
    }

    @Override
    public String toString() {
        return steps + " steps, digest " + Long.toHexString(digest) + ", the last ones:\n  "
                + String.join("\n  ", last);
    }
}
