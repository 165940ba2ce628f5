package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of each key, with the part of it that is not committed yet. Results are gathered here and committed together; the newest one of a key
 * wins, at its place: the order of the results is the order in which they are written.
 */
final class Records<T> {
    private final StatusStore<T> store;
    private LinkedHashMap<Key, @Nullable StatusRecord<T>> unwritten = new LinkedHashMap<>();
    private Map<Key, @Nullable StatusRecord<T>> beingWritten = Map.of();
    private long oldestNanos;

    /** Whether any of what is not committed, or was not at the last commit, has something for its row. */
    private boolean learning;

    Records(StatusStore<T> store) {
        this.store = store;
    }

    @Nullable
    StatusRecord<T> get(ReadTxn txn, Key key) {
        StatusRecord<T> newest = unwritten.get(key);
        if (newest != null || unwritten.containsKey(key)) {
            return newest;
        }
        StatusRecord<T> newer = beingWritten.get(key);
        return newer != null || beingWritten.containsKey(key) ? newer : store.get(txn, key);
    }

    /** Whether there is something newer than what was read from the store, which may have it from a commit whose end has not been told yet. */
    boolean hasNewer(StatusRecord<T> stored) {
        Key key = stored.key();
        if (unwritten.containsKey(key)) {
            return true;
        }
        StatusRecord<T> newer = beingWritten.get(key);
        return newer == null ? beingWritten.containsKey(key) : !newer.status().equals(stored.status());
    }

    void put(Work<T> work, Status status, long now) {
        Row<T> deleted = work.delete ? work.row : null;
        Row<T> row = work.delete ? null : work.row;
        put(new StatusRecord<>(work.key, status, work.facts, deleted, now, null, row), now);
    }

    /** It is done, and an update learned something for the row. */
    void putLearned(Work<T> work, Status status, UnaryOperator<T> learned, long now) {
        put(new StatusRecord<>(work.key, status, work.facts, null, now, learned, null), now);
    }

    void put(StatusRecord<T> record, long now) {
        learning |= record.learned() != null;
        change(record.key(), learning ? record.after(unwritten.get(record.key())) : record, now);
    }

    void forget(Key key, long now) {
        change(key, null, now);
    }

    /** Adds the keys of which something is not committed yet. */
    void addUncommitted(Set<Key> keys) {
        keys.addAll(unwritten.keySet());
        keys.addAll(beingWritten.keySet());
    }

    int size() {
        return unwritten.size();
    }

    /** When the oldest of what is not committed came in. */
    long oldestNanos() {
        return oldestNanos;
    }

    /** What is to be committed now; then call {@link #written} or {@link #giveBack}. */
    Map<Key, @Nullable StatusRecord<T>> take() {
        beingWritten = unwritten;
        unwritten = LinkedHashMap.newLinkedHashMap(unwritten.size());
        return beingWritten;
    }

    void written() {
        learning = learning && !unwritten.isEmpty();
        beingWritten = Map.of();
    }

    /** The commit failed: it is still to be done, but for what is newer. */
    void giveBack() {
        Map<Key, @Nullable StatusRecord<T>> newer = unwritten;
        unwritten = new LinkedHashMap<>(beingWritten);
        newer.forEach(
                (key, record) -> unwritten.putLast(key, record == null ? null : record.after(unwritten.get(key))));
        beingWritten = Map.of();
    }

    private void change(Key key, @Nullable StatusRecord<T> record, long now) {
        if (unwritten.isEmpty()) {
            oldestNanos = now;
        }
        unwritten.putLast(key, record);
    }
}
