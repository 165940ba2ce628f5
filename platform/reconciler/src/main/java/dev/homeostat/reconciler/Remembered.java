package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.schedule.Scheduler;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler that was stopped leaves to one that is started in its place, over the same table or over one that was restored with its rows at their
 * revisions: statuses that are not in the rows, facts, attempts, and deletes that are not done. Immutable.
 *
 * @param notes in the order in which they were written
 * @param upTo changes of the table up to this revision are known to it; a row that was deleted at a higher one is yet to be deleted at the target
 * @param <T> the type of the rows
 */
public record Remembered<T>(List<Note<T>> notes, long upTo) {
    /** Copies the list. */
    public Remembered {
        notes = List.copyOf(notes);
    }

    /** Nothing is known of the table. */
    public static <T> Remembered<T> nothing() {
        return new Remembered<>(List.of(), 0);
    }

    /**
     * The same, when these rows were deleted since; deletes that it knows of already are left out.
     *
     * @param deletes of the table that the reconciler worked on
     */
    public Remembered<T> with(Collection<Change.Delete<T>> deletes, Scheduler clock) {
        Map<Key, Note<T>> all = new LinkedHashMap<>();
        notes.forEach(note -> all.put(note.key(), note));
        long last = upTo;
        for (Change.Delete<T> delete : deletes) {
            if (delete.revision() > upTo) {
                Key key = delete.row().key();
                Note<T> known = all.remove(key);
                Status status = Status.pending(delete.revision(), Instant.EPOCH);
                Map<String, String> facts = known == null ? Map.of() : known.facts();
                all.put(key, new Note<>(key, status, facts, delete.row(), clock.nanoTime()));
                last = Math.max(last, delete.revision());
            }
        }
        return new Remembered<>(List.copyOf(all.values()), last);
    }

    /**
     * What is remembered of one key.
     *
     * @param key the primary key of the row
     * @param status of the row, or of its delete
     * @param facts what operations learned
     * @param deleted the last state of a row whose delete is not done, else null
     * @param sinceNanos when the status was set, on the scheduler's monotonic clock; 0 where that is not known
     */
    public record Note<T>(
            Key key,
            Status status,
            Map<String, String> facts,
            @Nullable Row<T> deleted,
            long sinceNanos) {
        /** Copies the facts. */
        public Note {
            requireNonNull(key, "key");
            requireNonNull(status, "status");
            facts = Map.copyOf(facts);
        }
    }
}
