package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Explanation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last attempts of a reconciler, whatever their keys; the oldest go when there are too many. */
final class AttemptRing {
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(Key key, Explanation.Attempt attempt) {}

    AttemptRing(int capacity) {
        this.capacity = capacity;
    }

    void add(Key key, Explanation.Attempt attempt) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(key, attempt));
    }

    /** Those of one key, newest first. */
    List<Explanation.Attempt> of(Key key) {
        List<Explanation.Attempt> found = new ArrayList<>();
        for (Iterator<Entry> newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
            Entry entry = newestFirst.next();
            if (entry.key().equals(key)) {
                found.add(entry.attempt());
            }
        }
        return found;
    }

    void clear() {
        entries.clear();
    }
}
