package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;

/**
 * The numbers of rows that have changed, and of those that were deleted, and were not come to: in a pause, or behind others. They are counted when somebody asks,
 * 64 at a time, but once only for one state of the table: whoever asks again and again, as a JMX client does for each attribute, costs no more. Used
 * under the event loop's lock.
 */
final class NotComeTo<T> {
    private static final Counted NOTHING = new Counted(0, 0);

    private final Setup<T> setup;
    private final Intake<T> intake;
    private long position = -1;
    private long revision = -1;
    private Counted counted = NOTHING;

    NotComeTo(Setup<T> setup, Intake<T> intake) {
        this.setup = setup;
        this.intake = intake;
    }

    /**
     * What is in the table and was not come to.
     *
     * @param rows those that are there
     * @param deletes those that are not there any more
     */
    record Counted(long rows, long deletes) {
        long all() {
            return rows + deletes;
        }
    }

    Counted count() {
        try {
            ReadTxn txn = setup.database().readTxn();
            long at = intake.position();
            long now = setup.table().revision(txn);
            if (at != position || now != revision) {
                counted = at >= now ? NOTHING : new Counted(rows(txn, at), intake.deletesAhead(txn));
                position = at;
                revision = now;
            }
            return counted;
        } catch (TableRemovedException e) {
            return NOTHING;
        }
    }

    private long rows(ReadTxn txn, long at) {
        return at == 0
                ? setup.table().count(txn)
                : setup.table().byRevision(txn, at + 1).count();
    }
}
