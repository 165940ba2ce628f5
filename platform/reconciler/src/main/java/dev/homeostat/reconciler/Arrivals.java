package dev.homeostat.reconciler;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ReadTxn;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes works of the changes of the table: one by one as slots become free, or ahead of the slots where somebody must know what is to come. Of changes that
 * nothing follows from, such as the rows that were done before a start, a turn takes in so many at most and leaves the rest to the next one. Touched by the
 * owner of the event loop only.
 */
final class Arrivals<T> {
    /** So many changes that do not start are taken in by one turn. */
    static final int MOST_A_TURN = 2000;

    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Intake<T> intake;
    private final NewWorks<T> works;
    private final RowOperations<T> rows;
    private final Supplier<@Nullable ReadTxn> ofTheTurn;
    private final Supplier<ReadTxn> newest;
    private final MoreTurns turns;
    private int takenInTurn;

    /** The last that was taken in for the sake of those who wait. */
    private @Nullable Work<T> ahead;

    Arrivals(
            Setup<T> setup,
            Backlog<T> backlog,
            Intake<T> intake,
            NewWorks<T> works,
            RowOperations<T> rows,
            TurnSnapshot snapshot,
            MoreTurns turns) {
        this.setup = setup;
        this.backlog = backlog;
        this.intake = intake;
        this.works = works;
        this.rows = rows;
        this.ofTheTurn = snapshot::toLookThrough;
        this.newest = setup.database()::readTxn;
        this.turns = turns;
    }

    /** Begins a turn. */
    void begin() {
        takenInTurn = 0;
    }

    /** Whether this turn has taken in what it may, so that the next one goes on. */
    boolean isCutShort() {
        return takenInTurn >= MOST_A_TURN;
    }

    /** Starts the next change, those whose key was closed before the others; says whether there was one. */
    boolean start(long now) {
        while (true) {
            Work<T> work = backlog.pollReady();
            long wantedAt = RowOperations.NOT_LOOKED;
            if (work == null) {
                Change<T> change = next(ofTheTurn);
                if (change == null) {
                    return false;
                }
                work = works.take(change, now);
                wantedAt = intake.upTo();
            }
            if (work != null && rows.start(work, wantedAt)) {
                takenInTurn -= wantedAt == RowOperations.NOT_LOOKED ? 0 : 1; // what starts is bounded by the slots
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
            Change<T> change = next(newest);
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
            Change<T> change = next(newest);
            if (change == null) {
                return;
            }
            makeReady(change, now);
            Work<T> there = backlog.get(change.row().key());
            ahead = there == null ? ahead : there;
        }
    }

    /**
     * Before a stop: deletes that were not come to are gone with the iterator, unless they are remembered for the next start.
     *
     * @param all whether there will be no further turn for it
     * @return whether all are remembered now
     */
    boolean rememberDeletes(boolean all, long now) {
        Change<T> change = all ? intake.next(newest) : next(newest);
        while (change != null) {
            if (change instanceof Change.Delete<T>) {
                works.take(change, now);
            }
            change = all ? intake.next(newest) : next(newest);
        }
        return all || !isCutShort();
    }

    /** Nothing arrives any more. */
    void close() {
        intake.close();
    }

    /** The next change, or null when there is none now, or none for this turn. */
    private @Nullable Change<T> next(Supplier<? extends @Nullable ReadTxn> snapshots) {
        if (isCutShort()) {
            turns.want();
            return null;
        }
        Change<T> change = intake.next(snapshots);
        if (change != null) {
            takenInTurn++;
        }
        return change;
    }

    private void makeReady(Change<T> change, long now) {
        Work<T> work = works.take(change, now);
        if (work != null) {
            backlog.makeReady(work);
        }
    }
}
