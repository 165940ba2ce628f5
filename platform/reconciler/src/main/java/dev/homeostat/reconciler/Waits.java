package dev.homeostat.reconciler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Those who wait, each with the number of works that keep it waiting.
 *
 * <p>Whoever changes what {@link Wait#covers} looks at calls {@link #before} first and {@link #after} then, so that the numbers stay right without
 * anybody searching; with nobody waiting this costs nothing.
 */
final class Waits {
    private final List<Wait> waits = new ArrayList<>();
    private long clock;

    void add(Wait wait, Iterable<? extends Work<?>> works) {
        wait.registered = clock;
        for (Work<?> work : works) {
            wait.open += wait.covers(work) ? 1 : 0;
        }
        waits.add(wait);
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    /** A work that was done fails: those who wait already do not wait for it. */
    long nextClock() {
        return ++clock;
    }

    void before(Work<?> work) {
        count(work, -1);
    }

    void after(Work<?> work) {
        count(work, 1);
    }

    /** Takes out those for whom all changes were looked at and nothing is open. */
    List<Wait> takeSatisfied(long lookedAt) {
        if (waits.isEmpty()) {
            return List.of();
        }
        List<Wait> satisfied = new ArrayList<>();
        for (Iterator<Wait> all = waits.iterator(); all.hasNext(); ) {
            Wait wait = all.next();
            if (wait.open == 0 && wait.revision <= lookedAt) {
                all.remove();
                satisfied.add(wait);
            }
        }
        return satisfied;
    }

    List<Wait> takeAll() {
        List<Wait> all = List.copyOf(waits);
        waits.clear();
        return all;
    }

    private void count(Work<?> work, int change) {
        for (Wait wait : waits) {
            wait.open += wait.covers(work) ? change : 0;
        }
    }
}
