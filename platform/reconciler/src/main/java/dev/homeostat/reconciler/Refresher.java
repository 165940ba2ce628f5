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
    private final Setup<T> setup;
    private final NewWorks<T> works;
    private final RowOperations<T> operations;
    private final Supplier<Options> options;
    private final RateLimit limit;
    private long position;

    /** Before this there is nothing to find. */
    private long nextLook;

    /** All that was written up to this position is to be checked, whatever its age. */
    private long demandedUpTo;

    private @Nullable StatusRecord<T> found;

    Refresher(Setup<T> setup, NewWorks<T> works, RowOperations<T> operations, Supplier<Options> options, long now) {
        this.setup = setup;
        this.works = works;
        this.operations = operations;
        this.options = options;
        this.limit = new RateLimit(options.get().refreshRate());
        this.nextLook = now;
    }

    void optionsChanged(long now) {
        limit.rate(options.get().refreshRate());
        nextLook = now;
    }

    /** Somebody wants all rows checked that are done now. */
    void demandAll(long now) {
        demandedUpTo = setup.store().newest(setup.database().readTxn());
        nextLook = now;
    }

    /** Starts the next refresh, if one is due; says whether it did. */
    boolean start(long now) {
        if (options.get().refreshInterval() == null && !isDemanded()) {
            setup.store().endWalks();
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

    /** When to look again. */
    long nextNanos(long now) {
        if (!isWanted()) {
            return Wakeup.NEVER;
        }
        return nextLook - now > 0 ? nextLook : limit.nextTokenNanos(now);
    }

    private boolean isWanted() {
        return interval() != null || isDemanded();
    }

    private boolean isDemanded() {
        return position < demandedUpTo;
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
