package dev.homeostat.reconciler;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the rows that something is blocked on will not move by themselves.
 *
 * <p>A row is free if something moves it by itself ({@link Sight#movesByItself}), or if a row that it is blocked on is free; otherwise it is stuck. That is the
 * least fixpoint, so a cycle without a way out is stuck as a whole. It is found once a turn for all that was looked at ({@link #judge}): down the graph from those to what is
 * free by itself, and up again no further than verdicts change. A graph that was built from the statuses of several snapshots may be wrong for a moment; the
 * watch that closed meanwhile puts it right.
 *
 * <p>Touched by the owner of the event loop only.
 */
final class StuckRows<T> {
    private final Waits waits;
    private final Set<BlockingRow<T>> stuck = new LinkedHashSet<>();

    /** Those that were looked at since the last {@link #judge}. */
    private final Set<BlockingRow<T>> unjudged = new LinkedHashSet<>();

    StuckRows(Waits waits) {
        this.waits = waits;
    }

    Collection<BlockingRow<T>> all() {
        return stuck;
    }

    /** The row was looked at. */
    void seen(BlockingRow<T> row) {
        unjudged.add(row);
    }

    /** Nobody waits for the row any more. */
    void remove(BlockingRow<T> row) {
        stuck.remove(row);
        unjudged.remove(row);
    }

    void clear() {
        stuck.clear();
        unjudged.clear();
    }

    /** Finds out what is stuck now. Before this, the verdicts on what was looked at since the last time are those of before. */
    void judge() {
        if (unjudged.isEmpty()) {
            return;
        }
        Set<BlockingRow<T>> reached = reached(unjudged);
        unjudged.clear();
        Set<BlockingRow<T>> free = freeOf(reached);
        Set<BlockingRow<T>> newlyStuck = new LinkedHashSet<>();
        for (BlockingRow<T> row : reached) {
            if (free.contains(row)) {
                free(row);
            } else if (!row.stuck) {
                newlyStuck.add(row);
            }
        }
        judgeUpwards(newlyStuck);
    }

    /** Those, what they are blocked on and so on, down to what moves by itself. */
    private static <T> Set<BlockingRow<T>> reached(Set<BlockingRow<T>> from) {
        Set<BlockingRow<T>> reached = new LinkedHashSet<>(from);
        Deque<BlockingRow<T>> todo = new ArrayDeque<>(from);
        for (BlockingRow<T> row = todo.poll(); row != null; row = todo.poll()) {
            if (!row.sight.movesByItself()) {
                for (BlockingRow<T> next : row.next) {
                    if (reached.add(next)) {
                        todo.push(next);
                    }
                }
            }
        }
        return reached;
    }

    /** What moves by itself, and what is blocked on that. */
    private static <T> Set<BlockingRow<T>> freeOf(Set<BlockingRow<T>> reached) {
        Set<BlockingRow<T>> free = new LinkedHashSet<>();
        Deque<BlockingRow<T>> todo = new ArrayDeque<>();
        for (BlockingRow<T> row : reached) {
            if (row.sight.movesByItself() && free.add(row)) {
                todo.add(row);
            }
        }
        for (BlockingRow<T> row = todo.poll(); row != null; row = todo.poll()) {
            for (BlockingRow<T> dependent : row.dependents) {
                if (reached.contains(dependent) && free.add(dependent)) {
                    todo.add(dependent);
                }
            }
        }
        return free;
    }

    private void free(BlockingRow<T> first) {
        Deque<BlockingRow<T>> todo = new ArrayDeque<>(List.of(first));
        for (BlockingRow<T> row = todo.poll(); row != null; row = todo.poll()) {
            if (row.stuck) {
                verdict(row, false);
                todo.addAll(row.dependents);
            }
        }
    }

    /** These became stuck: so does what has no other way out. */
    private void judgeUpwards(Set<BlockingRow<T>> first) {
        Set<BlockingRow<T>> doubtful = new LinkedHashSet<>(first);
        Deque<BlockingRow<T>> todo = new ArrayDeque<>(doubtful);
        for (BlockingRow<T> row = todo.poll(); row != null; row = todo.poll()) {
            for (BlockingRow<T> dependent : row.dependents) {
                if (!dependent.stuck && !dependent.sight.movesByItself() && doubtful.add(dependent)) {
                    todo.add(dependent);
                }
            }
        }
        Deque<BlockingRow<T>> free = new ArrayDeque<>();
        for (BlockingRow<T> row : doubtful) {
            if (row.next.stream().anyMatch(next -> !next.stuck && !doubtful.contains(next))) {
                free.add(row);
            }
        }
        for (BlockingRow<T> row = free.poll(); row != null; row = free.poll()) {
            if (doubtful.remove(row)) {
                free.addAll(row.dependents);
            }
        }
        doubtful.forEach(row -> verdict(row, true));
    }

    private void verdict(BlockingRow<T> row, boolean isStuck) {
        boolean heard = !waits.isEmpty();
        if (heard) {
            row.works.forEach(waits::before);
        }
        row.stuck = isStuck;
        if (heard) {
            row.works.forEach(waits::after);
        }
        if (isStuck) {
            stuck.add(row);
        } else {
            stuck.remove(row);
        }
    }
}
