package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row that has been done for longest, when it has been for longer than the refresh interval.
 *
 * <p>No queue is needed: the store remembers in which order statuses were written, so the oldest is the first after the position that was reached. What is
 * passed over is not done, and will be written again, behind all others, when it is.
 */
final class Refresher<T> {
    private final Setup<T> setup;
    private final RowOperations<T> operations;
    private final Supplier<Options> options;
    private final RateLimit limit;
    private long position;

    /** Before this there is nothing to find. */
    private long nextLook;

    private @Nullable StatusRecord<T> found;

    Refresher(Setup<T> setup, RowOperations<T> operations, Supplier<Options> options, long now) {
        this.setup = setup;
        this.operations = operations;
        this.options = options;
        this.limit = new RateLimit(options.get().refreshRate());
        this.nextLook = now;
    }

    void optionsChanged(long now) {
        limit.rate(options.get().refreshRate());
        nextLook = now;
    }

    /** Starts the next refresh, if one is due; says whether it did. */
    boolean start(long now) {
        Duration interval = options.get().refreshInterval();
        while (interval != null && nextLook - now <= 0 && limit.hasToken(now)) {
            StatusRecord<T> record = find(now, Nanos.of(interval));
            Work<T> work = record == null ? null : operations.takeForRefresh(record, now);
            if (work != null && operations.start(work, now)) {
                limit.take();
                return true;
            }
        }
        return false;
    }

    /** When to look again. */
    long nextNanos(long now) {
        if (options.get().refreshInterval() == null) {
            return Wakeup.NEVER;
        }
        return nextLook - now > 0 ? nextLook : limit.nextTokenNanos(now);
    }

    private @Nullable StatusRecord<T> find(long now, long interval) {
        found = null;
        nextLook = now + interval;
        setup.store().walk(setup.database().readTxn(), position, (record, at) -> {
            if (record.isDelete() || record.status().kind() != StatusKind.DONE) {
                position = at;
                return true;
            }
            nextLook = record.sinceNanos() + interval;
            if (nextLook - now <= 0) {
                position = at;
                found = record;
            }
            return false;
        });
        return found;
    }
}
