package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Explanation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last attempts of a reconciler, whatever their keys; the oldest go when there are too many. Kept as columns: an attempt costs no object until somebody
 * asks for it.
 */
final class AttemptRing {
    private static final int LEAST = 64;

    private final int capacity;
    private @Nullable Key[] keys = new Key[LEAST];
    private @Nullable String[] operations = new String[LEAST];
    private @Nullable Cause[] causes = new Cause[LEAST];
    private @Nullable String[] outcomes = new String[LEAST];
    private @Nullable String[] errors = new String[LEAST];
    private long[] generations = new long[LEAST];
    private int[] numbers = new int[LEAST];
    private long[] starts = new long[LEAST];
    private long[] durations = new long[LEAST];
    private int size;
    private int next;

    /** Remembers that many, at least 64. */
    AttemptRing(int capacity) {
        this.capacity = capacity;
    }

    void add(Key key, Attempt<?> attempt, String outcome, long tookNanos, @Nullable String error) {
        if (size == keys.length && size < capacity) {
            grow(Math.min(capacity, 2 * size));
        }
        int at = next;
        keys[at] = key;
        operations[at] = attempt.operation();
        causes[at] = attempt.cause();
        outcomes[at] = outcome;
        errors[at] = error;
        generations[at] = attempt.generation();
        numbers[at] = attempt.attempt();
        starts[at] = attempt.startedEpochNanos();
        durations[at] = tookNanos;
        size = Math.max(size, at + 1);
        next = at + 1 == capacity ? 0 : at + 1;
    }

    /** Those of one key, newest first. */
    List<Explanation.Attempt> of(Key key) {
        List<Explanation.Attempt> found = new ArrayList<>();
        for (int back = 1; back <= size; back++) {
            int at = next - back < 0 ? next - back + size : next - back;
            if (key.equals(keys[at])) {
                found.add(entry(at));
            }
        }
        return found;
    }

    void clear() {
        size = 0;
        next = 0;
        grow(LEAST);
        Arrays.fill(keys, null);
        Arrays.fill(errors, null);
    }

    private Explanation.Attempt entry(int at) {
        return new Explanation.Attempt(
                requireNonNull(operations[at]),
                requireNonNull(causes[at]),
                generations[at],
                numbers[at],
                Nanos.instant(starts[at]),
                Duration.ofNanos(durations[at]),
                requireNonNull(outcomes[at]),
                errors[at]);
    }

    private void grow(int length) {
        keys = Arrays.copyOf(keys, length);
        operations = Arrays.copyOf(operations, length);
        causes = Arrays.copyOf(causes, length);
        outcomes = Arrays.copyOf(outcomes, length);
        errors = Arrays.copyOf(errors, length);
        generations = Arrays.copyOf(generations, length);
        numbers = Arrays.copyOf(numbers, length);
        starts = Arrays.copyOf(starts, length);
        durations = Arrays.copyOf(durations, length);
    }
}
