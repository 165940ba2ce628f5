package dev.homeostat.reconciler;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Works that are ready for an operation, in the order of their generations: one whose key was closed for a while takes its turn among those that came meanwhile,
 * as if it had never been closed. Of one generation, who came first is first.
 */
final class ReadyQueue<T> {
    private final PriorityQueue<Turn<T>> turns = new PriorityQueue<>();
    private long number;

    private record Turn<T>(Work<T> work, long generation, long number) implements Comparable<Turn<T>> {
        @Override
        public int compareTo(Turn<T> other) {
            int order = Long.compare(generation, other.generation);
            return order != 0 ? order : Long.compare(number, other.number);
        }

        /** Whether the work still waits for just this turn: one that was renewed or taken elsewhere meanwhile does not. */
        boolean holds() {
            return work.state == Work.State.READY && work.putBack == null && work.generation == generation;
        }
    }

    void add(Work<T> work) {
        turns.add(new Turn<>(work, work.generation, number++));
    }

    /** The first one, taken out; null when there is none. */
    @Nullable
    Work<T> poll() {
        for (Turn<T> turn = turns.poll(); turn != null; turn = turns.poll()) {
            if (turn.holds()) {
                return turn.work;
            }
        }
        return null;
    }

    void clear() {
        turns.clear();
    }
}
