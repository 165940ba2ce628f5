package dev.homeostat.api.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a row is as it is, for one reconciler.
 *
 * @param reconciler the full name of the reconciler
 * @param key the key as text
 * @param exists whether the table has the row now; when not, it is about a delete
 * @param status its status; null when there is neither a row nor an undone delete
 * @param waitsFor what happens next and on what it waits, one sentence
 * @param attempts the latest attempts that are still remembered, newest first
 */
public record Explanation(
        String reconciler,
        String key,
        boolean exists,
        @Nullable Status status,
        String waitsFor,
        List<Attempt> attempts) {
    public Explanation {
        attempts = List.copyOf(attempts);
    }

    /**
     * One attempt.
     *
     * @param operation {@code update}, {@code delete} or {@code prune}
     * @param generation the generation that it worked on
     * @param number the number of the attempt at that generation, from 1
     * @param outcome {@code done}, {@code failed}, {@code permanent}, {@code blocked}, {@code superseded}, {@code cancelled} or {@code running}
     * @param took how long it took, so far if it still runs
     */
    public record Attempt(
            String operation,
            Cause cause,
            long generation,
            int number,
            Instant startedAt,
            Duration took,
            String outcome,
            @Nullable String error) {}
}
