package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The keys on which the reconciler of one name starts nothing. Outlives the reconciler: somebody wanted it, and a restart is no change of mind. Holds no
 * rows. Safe for all threads; changed under the event loop's lock, so that nothing is decided on what was true a moment before.
 */
final class PausedKeys {
    private final Set<Key> keys = ConcurrentHashMap.newKeySet();

    boolean contains(Key key) {
        return !keys.isEmpty() && keys.contains(key);
    }

    /** Says whether it was not there. */
    boolean add(Key key) {
        return keys.add(key);
    }

    /** Says whether it was there. */
    boolean remove(Key key) {
        return keys.remove(key);
    }

    void forEach(Consumer<Key> action) {
        keys.forEach(action);
    }

    int size() {
        return keys.size();
    }

    /** All of them, ordered. */
    List<Key> all() {
        return keys.stream().sorted().toList();
    }
}
