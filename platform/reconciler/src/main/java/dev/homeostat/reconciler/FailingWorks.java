package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Status;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The works whose last attempt failed: in the order in which they began to, and by what they fail with. Used under the event loop's lock. */
final class FailingWorks<T> {
    private final NavigableMap<Long, Work<T>> numbered = new TreeMap<>();
    private final ByError<T> byError;
    private long latest;
    private long permanent;

    /** @param text a key as a person reads it */
    FailingWorks(Function<Key, String> text) {
        this.byError = new ByError<>(text);
    }

    int size() {
        return numbered.size();
    }

    /** All of them, those first that began to fail first. */
    Collection<Work<T>> inOrder() {
        return numbered.values();
    }

    /** Those that began to fail after the one of that number, by their numbers. */
    NavigableMap<Long, Work<T>> after(long number) {
        return numbered.tailMap(number, false);
    }

    ByError<T> byError() {
        return byError;
    }

    /** How many of them failed for good. */
    long permanent() {
        return permanent;
    }

    /** Its last attempt failed with that status. */
    void put(Work<T> work, Status status) {
        permanent += (status.isPermanent() ? 1 : 0) - (isPermanent(work) ? 1 : 0);
        work.error = status;
        if (work.failingNumber == 0) {
            work.failingNumber = ++latest;
            work.failingSince = status.updatedAt();
            numbered.put(work.failingNumber, work);
        }
        byError.put(work, status);
    }

    /** It does not fail, or no more. */
    void remove(Work<T> work) {
        permanent -= isPermanent(work) ? 1 : 0;
        work.error = null;
        work.lastFailure = null;
        if (work.failingNumber != 0) {
            byError.remove(work);
            numbered.remove(work.failingNumber);
            work.failingNumber = 0;
            work.failingSince = null;
        }
    }

    void clear() {
        numbered.clear();
        byError.clear();
        permanent = 0;
    }

    private static boolean isPermanent(Work<?> work) {
        return work.error != null && work.error.isPermanent();
    }
}
