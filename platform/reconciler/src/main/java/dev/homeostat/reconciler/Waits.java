package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Those who wait, each with the number of works that keep it waiting.
 *
 * <p>Whoever changes what {@link Wait#covers} looks at, or whether a key is paused, calls {@link #before} first and {@link #after} then, so that the numbers stay
 * right without anybody searching; with nobody waiting this costs nothing.
 */
final class Waits {
    private final PausedKeys pausedKeys;
    private final List<Wait> waits = new ArrayList<>();
    private long clock;

    Waits(PausedKeys pausedKeys) {
        this.pausedKeys = pausedKeys;
    }

    void add(Wait wait, Iterable<? extends Work<?>> works) {
        wait.registered = clock;
        for (Work<?> work : works) {
            count(wait, work, 1);
        }
        waits.add(wait);
        wait.counted = true;
        if (wait.future().isDone()) {
            remove(wait);
        }
    }

    /** Whoever waited does so no more. */
    void remove(Wait wait) {
        wait.counted = false;
        waits.remove(wait);
    }

    Collection<Wait> all() {
        return waits;
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
        return take(wait -> wait.open == 0 && wait.revision <= lookedAt);
    }

    /** Takes out those who wait for a row that is paused. */
    List<Wait> takePaused() {
        return take(wait -> wait.paused > 0 || wait.pausedInTable != null);
    }

    List<Wait> takeAll() {
        return take(_ -> true);
    }

    private List<Wait> take(Predicate<Wait> which) {
        List<Wait> taken = new ArrayList<>();
        waits.removeIf(wait -> which.test(wait) && taken.add(wait));
        taken.forEach(wait -> wait.counted = false);
        return taken;
    }

    private void count(Work<?> work, int change) {
        for (int i = 0; i < waits.size(); i++) {
            count(waits.get(i), work, change);
        }
    }

    private void count(Wait wait, Work<?> work, int change) {
        if (wait.covers(work)) {
            wait.open += change;
            Key key = work.key;
            wait.paused += pausedKeys.contains(key) ? change : 0;
        }
    }
}
