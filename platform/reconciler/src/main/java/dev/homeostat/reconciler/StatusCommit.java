package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One commit of statuses. It waits for the lock of a table, for as long as somebody else has it, so it runs beside the loop; there is one at a time.
 *
 * <p>Made by the owner of the event loop, who reads what it came to when its end has come in as an event.
 */
final class StatusCommit<T> implements Errand {
    private final Setup<T> setup;
    private final Map<Key, @Nullable StatusRecord<T>> changes;
    private final BooleanSupplier wanted;
    private final long begunNanos;
    private final @Nullable RoundEvent round;
    private Map<Key, String> refused = Map.of();
    private @Nullable Throwable failure;

    /**
     * @param changes not changed any more
     * @param round what a recording of the JVM is told, where there is one
     * @param wanted asked once the tables are locked, on the commit's thread; without it nothing is written
     */
    StatusCommit(
            Setup<T> setup,
            Map<Key, @Nullable StatusRecord<T>> changes,
            BooleanSupplier wanted,
            long begunNanos,
            @Nullable RoundEvent round) {
        this.setup = setup;
        this.changes = changes;
        this.wanted = wanted;
        this.begunNanos = begunNanos;
        this.round = round;
    }

    @Override
    public void run() {
        long begin = round == null ? 0 : setup.scheduler().nanoTime();
        try {
            refused = setup.store().commit(changes, wanted);
        } catch (RuntimeException | Error e) { // a plugin's code is among it: its keys are formatted, its rows hashed
            failure = e;
        }
        if (round != null) {
            round.written(changes.values(), setup.scheduler().nanoTime() - begin, failure);
        }
    }

    @Override
    public void refuse(String reason) {
        failure = new RejectedExecutionException(reason);
    }

    @Override
    public Event ended() {
        return new Event.Committed(this);
    }

    /** What was to be written; a null value forgets the key. */
    Map<Key, @Nullable StatusRecord<T>> changes() {
        return changes;
    }

    /** The keys whose status could not be written, each with the reason. */
    Map<Key, String> refused() {
        return refused;
    }

    /** Why nothing was written, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    long begunNanos() {
        return begunNanos;
    }
}
