package dev.homeostat.host.handover;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.reconciler.Remembered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler left whose table was removed, without the classes of its rows.
 *
 * @param unwritten rows that are yet to be deleted at the target, which the codec could not write
 */
record CarriedNotes(String table, List<Note> notes, long upTo, List<RejectedRow> unwritten) {
    /** What is remembered of one key, see {@link Remembered.Note}. */
    record Note(
            Key key,
            Status status,
            Map<String, String> facts,
            @Nullable RowDocument deleted,
            long sinceNanos) {}

    static <T> CarriedNotes of(TableSpec<T> spec, RowCodec<T> codec, Remembered<T> left, Instant now) {
        List<Note> notes = new ArrayList<>(left.notes().size());
        List<RejectedRow> unwritten = new ArrayList<>();
        for (Remembered.Note<T> note : left.notes()) {
            Row<T> deleted = note.deleted();
            try {
                RowDocument document = deleted == null ? null : RowDocument.of(spec, codec, RowOwners.NONE, deleted);
                notes.add(new Note(note.key(), note.status(), note.facts(), document, note.sinceNanos()));
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                if (deleted != null) {
                    unwritten.add(CarriedTable.unwritten(spec, deleted, e, true, now, null));
                }
            }
        }
        return new CarriedNotes(spec.name(), notes, left.upTo(), unwritten);
    }

    /** The same for a reconciler of the rows of that revival, which says what does not fit. */
    <T> Remembered<T> revived(TableSpec<T> spec, TableRevival<T> revival, Instant now) {
        List<Remembered.Note<T>> revived = new ArrayList<>(notes.size());
        for (Note note : notes) {
            RowDocument deleted = note.deleted();
            try {
                Row<T> row = null;
                if (deleted != null) {
                    T value = revival.decode(deleted.document());
                    row = new DeletedRow<>(value, deleted.revision(), PrimaryKey.of(spec, value));
                }
                Key key = row == null ? note.key() : row.key();
                revived.add(new Remembered.Note<>(key, note.status(), note.facts(), row, note.sinceNanos()));
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                if (deleted != null) {
                    revival.rejected().add(undone(deleted, Why.of(e), now));
                }
            }
        }
        revival.rejected().addAll(unwritten);
        return new Remembered<>(revived, upTo);
    }

    /** The deletes, as rows that are not to come back and are not gone at the target. */
    List<RejectedRow> setAside(String why, Instant now) {
        List<RejectedRow> all = new ArrayList<>(unwritten);
        for (Note note : notes) {
            RowDocument deleted = note.deleted();
            if (deleted != null) {
                all.add(undone(deleted, why, now));
            }
        }
        return all;
    }

    private RejectedRow undone(RowDocument deleted, String why, Instant now) {
        String reason = "it was deleted, but not yet at the target, and cannot be: " + why;
        return new RejectedRow(table, deleted.key(), deleted.document(), reason, true, now, null);
    }

    /** A row that is in no table any more. */
    private record DeletedRow<T>(T value, long revision, Key key) implements Row<T> {}
}
