package dev.homeostat.reconciler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things ordered by their time, the earliest first: a binary heap in which each thing knows its place, so that it can be taken out again without a search.
 * A thing is in it at most once.
 */
final class DueQueue<E extends Due> {
    private final List<E> heap = new ArrayList<>();

    int size() {
        return heap.size();
    }

    @Nullable
    E first() {
        return heap.isEmpty() ? null : heap.getFirst();
    }

    /** Takes out the first one if its time has come. */
    @Nullable
    E pollDue(long now) {
        E first = first();
        if (first == null || first.dueNanos - now > 0) {
            return null;
        }
        remove(first);
        return first;
    }

    void add(E thing) {
        if (thing.isQueued()) {
            throw new IllegalStateException("is queued already: " + thing);
        }
        heap.add(thing);
        thing.queueIndex = heap.size() - 1;
        up(thing.queueIndex);
    }

    /** Does nothing when it is not in a queue. */
    void remove(E thing) {
        int index = thing.queueIndex;
        if (index < 0) {
            return;
        }
        E last = heap.removeLast();
        thing.queueIndex = -1;
        if (index < heap.size()) {
            place(index, last);
            down(index);
            up(index);
        }
    }

    void clear() {
        heap.forEach(thing -> thing.queueIndex = -1);
        heap.clear();
    }

    void forEach(Consumer<E> action) {
        heap.forEach(action);
    }

    private void up(int from) {
        int index = from;
        while (index > 0 && before(heap.get(index), heap.get((index - 1) / 2))) {
            swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }

    private void down(int from) {
        int index = from;
        while (true) {
            int least = index;
            for (int child = 2 * index + 1; child <= 2 * index + 2 && child < heap.size(); child++) {
                least = before(heap.get(child), heap.get(least)) ? child : least;
            }
            if (least == index) {
                return;
            }
            swap(index, least);
            index = least;
        }
    }

    private boolean before(E one, E other) {
        return one.dueNanos - other.dueNanos < 0;
    }

    private void swap(int one, int other) {
        E thing = heap.get(one);
        place(one, heap.get(other));
        place(other, thing);
    }

    private void place(int index, E thing) {
        heap.set(index, thing);
        thing.queueIndex = index;
    }
}
