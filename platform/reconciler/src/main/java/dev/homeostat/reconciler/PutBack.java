package dev.homeostat.reconciler;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Works whose operations were given a place in a flight, did not begin, and were put back: before all others of their kind, in their old order. Whoever
 * gives such a work another place takes this one away from it; then it is passed over here.
 */
final class PutBack<T> {
    private final Deque<Place<T>> places = new ArrayDeque<>();

    /** A place in the queue; it is the work's own as long as the work says so. */
    static final class Place<T> {
        private final Work<T> work;

        private Place(Work<T> work) {
            this.work = work;
        }
    }

    void addFirst(Work<T> work) {
        Place<T> place = new Place<>(work);
        work.putBack = place;
        places.addFirst(place);
    }

    /** The first one, taken out; null when there is none. */
    @Nullable
    Work<T> poll() {
        for (Place<T> place = places.poll(); place != null; place = places.poll()) {
            Work<T> work = place.work;
            if (work.putBack == place && work.state == Work.State.READY) {
                work.putBack = null;
                return work;
            }
        }
        return null;
    }

    void clear() {
        places.clear();
    }
}
