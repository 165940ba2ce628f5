package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that are done, in the order in which this reconciler did them: where statuses live in the rows, others write to the rows too, so that their
 * revisions tell nothing of it. A key is in it at most once. Touched by the owner of the event loop only.
 */
final class DoneOrder {
    private final LinkedHashMap<Key, Place> places = new LinkedHashMap<>();
    private long newest;

    /** Positions go on from that one. */
    DoneOrder(long newest) {
        this.newest = newest;
    }

    private record Place(long position, long sinceNanos) {}

    /** It was done now, after all others. */
    void done(Key key, long sinceNanos) {
        places.putLast(key, new Place(++newest, sinceNanos));
    }

    /** It is done, and may be known. */
    void seen(Key key, long now) {
        if (!places.containsKey(key)) {
            done(key, now);
        }
    }

    void notDone(Key key) {
        places.remove(key);
    }

    long newest() {
        return newest;
    }

    /** Forgets those up to the position, then shows the others in their order until the visitor has enough. */
    void walk(long position, Visitor visitor) {
        Iterator<Map.Entry<Key, Place>> all = places.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Place> entry = all.next();
            Place place = entry.getValue();
            if (place.position <= position) {
                all.remove();
            } else if (!visitor.visit(entry.getKey(), place.position, place.sinceNanos)) {
                return;
            }
        }
    }

    /** Is shown keys one by one. */
    interface Visitor {
        /** Says whether to go on to the next. */
        boolean visit(Key key, long position, long sinceNanos);
    }
}
