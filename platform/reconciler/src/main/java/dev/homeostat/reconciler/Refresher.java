package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row that has been done for longest, when it has been for longer than the refresh interval, or was done when somebody wanted all rows checked.
 *
 * <p>No queue is needed: the store remembers in which order statuses were written, so the oldest is the first after the position that was reached. What is
 * passed over is not done, and will be written again, behind all others, when it is.
 *
 * <p>In mode PLAN nothing is refreshed for its age; what was demanded is taken up at the same rate, and planned.
 */
final class Refresher<T> {
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();

    private final Setup<T> setup;
    private final NewWorks<T> works;
    private final RowOperations<T> operations;
    private final Supplier<Options> options;
    private final RateLimit limit;
    private final Outbox outbox;
    private final FailureLog<T> log;
    private long position;

    /** Before this there is nothing to find. */
    private long nextLook;

    /** All that was written up to this position is to be checked, whatever its age. */
    private long demandedUpTo;

    /** Everything that is done is to be checked, as soon as the store can say what that is. */
    private boolean allDemanded;

    /** Before this, what the store needs for it is not tried again. */
    private long notPreparedBefore;

    private @Nullable StatusRecord<T> found;

    Refresher(
            Setup<T> setup,
            NewWorks<T> works,
            RowOperations<T> operations,
            Supplier<Options> options,
            Outbox outbox,
            FailureLog<T> log,
            long now) {
        this.setup = setup;
        this.works = works;
        this.operations = operations;
        this.options = options;
        this.limit = new RateLimit(options.get().refreshRate());
        this.outbox = outbox;
        this.log = log;
        this.nextLook = now;
        this.notPreparedBefore = now;
    }

    void optionsChanged(long now) {
        limit.rate(options.get().refreshRate());
        nextLook = now;
    }

    /** Somebody wants all rows checked that are done now. */
    void demandAll(long now) {
        allDemanded = true;
        nextLook = now;
        if (setup.store().isWalkable() || !prepare(now)) {
            askForNewest();
        }
    }

    private void askForNewest() {
        setup.store().newest(setup.database().readTxn(), newest -> {
            demandedUpTo = newest;
            allDemanded = false;
        });
    }

    /** What walks need is there, or could not be made. */
    void prepared(WalkPreparation preparation, long now) {
        if (preparation.failure() != null) {
            log.broke("what is to be refreshed cannot be found", preparation.failure(), now);
            notPreparedBefore = now + AGAIN;
        }
        setup.store().walksPrepared(preparation);
    }

    /** Starts the next refresh, if one is due; says whether it did. */
    boolean start(long now) {
        if (options.get().refreshInterval() == null && !isDemanded()) {
            setup.store().endWalks();
            return false;
        }
        if (isWanted() && !setup.store().isWalkable()) {
            prepare(now);
            return false;
        }
        while (isWanted() && nextLook - now <= 0 && limit.hasToken(now)) {
            StatusRecord<T> record = find(now, interval());
            Work<T> work = record == null ? null : works.takeStoredForRefresh(record, now);
            if (work != null && operations.start(work, RowOperations.NOT_LOOKED)) {
                limit.take();
                return true;
            }
        }
        return false;
    }

    /** Says whether it had to begin. */
    private boolean prepare(long now) {
        WalkPreparation preparation = notPreparedBefore - now > 0
                ? null
                : setup.store().prepareWalks(setup.database().readTxn());
        if (preparation == null) {
            return false;
        }
        outbox.start(preparation);
        if (allDemanded) {
            askForNewest();
        }
        return true;
    }

    /** When to look again. */
    long nextNanos(long now) {
        if (!isWanted()) {
            return Wakeup.NEVER;
        }
        if (!setup.store().isWalkable()) {
            return notPreparedBefore; // its end is an event
        }
        return nextLook - now > 0 ? nextLook : limit.nextTokenNanos(now);
    }

    private boolean isWanted() {
        return interval() != null || isDemanded();
    }

    private boolean isDemanded() {
        return allDemanded || position < demandedUpTo;
    }

    private @Nullable Duration interval() {
        return options.get().mode() == Mode.APPLY ? options.get().refreshInterval() : null;
    }

    /** The next one that is due; when there is none, all that was demanded has been found. */
    private @Nullable StatusRecord<T> find(long now, @Nullable Duration interval) {
        long age = interval == null ? 0 : Nanos.of(interval);
        found = null;
        nextLook = now + age;
        setup.store().walk(setup.database().readTxn(), position, (record, at) -> {
            if (record.isDelete() || record.status().kind() != StatusKind.DONE) {
                position = at;
                return true;
            }
            boolean demanded = at <= demandedUpTo;
            nextLook = demanded ? now : record.sinceNanos() + age;
            if (demanded || (interval != null && nextLook - now <= 0)) {
                position = at;
                found = record;
            }
            return false;
        });
        if (found == null) {
            demandedUpTo = 0;
        }
        return found;
    }
}
