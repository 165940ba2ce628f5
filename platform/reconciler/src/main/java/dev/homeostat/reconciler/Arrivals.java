package dev.homeostat.reconciler;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ReadTxn;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes works of the changes of the table: one by one as slots become free, or ahead of the slots where somebody must know what is to come. Touched by the
 * owner of the event loop only.
 */
final class Arrivals<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Intake<T> intake;
    private final NewWorks<T> works;
    private final RowOperations<T> rows;
    private final Supplier<@Nullable ReadTxn> ofTheTurn;
    private final Supplier<ReadTxn> newest;

    /** The last that was taken in for the sake of those who wait. */
    private @Nullable Work<T> ahead;

    Arrivals(
            Setup<T> setup,
            Backlog<T> backlog,
            Intake<T> intake,
            NewWorks<T> works,
            RowOperations<T> rows,
            TurnSnapshot snapshot) {
        this.setup = setup;
        this.backlog = backlog;
        this.intake = intake;
        this.works = works;
        this.rows = rows;
        this.ofTheTurn = snapshot::toLookThrough;
        this.newest = setup.database()::readTxn;
    }

    /** Starts the next change, those whose key was closed before the others; says whether there was one. */
    boolean start(long now) {
        while (true) {
            Work<T> work = backlog.pollReady();
            long wantedAt = RowOperations.NOT_LOOKED;
            if (work == null) {
                Change<T> change = intake.next(ofTheTurn);
                if (change == null) {
                    return false;
                }
                work = works.take(change, now);
                wantedAt = intake.upTo();
            }
            if (work != null && rows.start(work, wantedAt)) {
                return true;
            }
        }
    }

    /** Takes in the changes up to that revision of the table, so many at most; says whether these were all. */
    boolean takeInUpTo(long revision, int most) {
        long now = setup.scheduler().nanoTime();
        for (int taken = 0; taken < most && intake.position() < revision; taken++) {
            Change<T> change = intake.next(newest);
            if (change == null) {
                return true;
            }
            makeReady(change, now);
        }
        return intake.position() >= revision;
    }

    /** Goes on until there are that many works. */
    void takeIn(int most, long now) {
        while (backlog.all().size() < most) {
            Change<T> change = intake.next(newest);
            if (change == null) {
                return;
            }
            makeReady(change, now);
        }
    }

    /**
     * With all slots taken, nobody asks the table for the next change; but whoever waits wants to know whether there is any. Takes in what is nothing to do, such
     * as statuses that were written, and at most one work that is, also when its key is taken: what comes after it would overtake it.
     */
    void lookAhead(long now) {
        while (ahead == null || (ahead.state != Work.State.READY && ahead.state != Work.State.CLOSED)) {
            Change<T> change = intake.next(newest);
            if (change == null) {
                return;
            }
            makeReady(change, now);
            Work<T> there = backlog.get(change.row().key());
            ahead = there == null ? ahead : there;
        }
    }

    /** Before a stop: deletes that were not come to are gone with the iterator, unless they are remembered for the next start. */
    void rememberDeletes(long now) {
        for (Change<T> change = intake.next(newest); change != null; change = intake.next(newest)) {
            if (change instanceof Change.Delete<T>) {
                works.take(change, now);
            }
        }
    }

    /** Nothing arrives any more. */
    void close() {
        intake.close();
    }

    private void makeReady(Change<T> change, long now) {
        Work<T> work = works.take(change, now);
        if (work != null) {
            backlog.makeReady(work);
        }
    }
}
