package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Blocker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that works of one reconciler are blocked on, what those are blocked on in turn, and so on: a graph, with watches on each of its rows.
 *
 * <h2>No wake-up is lost</h2>
 *
 * An attempt that ended blocked has decided by a snapshot, its own. What that snapshot shows of the other row is compared with what the last look at it showed; if
 * that is newer news, the work does not begin to wait. From then on the watches of that look are open: any change closes one, which asks for the next look.
 *
 * <h2>No storm</h2>
 *
 * However many works are blocked on one row, it is watched once. A look that shows nothing {@linkplain Sight#wakesSince worth waking for}, such as another failed
 * attempt, wakes nobody. In particular, the status of a blocked row that is written into that row is not: two rows that are blocked on one another lie still.
 *
 * <h2>Who is stuck</h2>
 *
 * A row is free if something moves it by itself ({@link Sight#movesByItself}), or if a row that it is blocked on is free; otherwise it is stuck. That is the
 * least fixpoint, so a cycle without a way out is stuck as a whole. It is found once a turn for all that was looked at ({@link #judge}): down the graph from those to what is
 * free by itself, and up again no further than verdicts change. A graph that was built from the statuses of several snapshots may be wrong for a moment; the
 * watch that closed meanwhile puts it right.
 *
 * <p>Touched by the owner of the event loop only, but for {@link #isInUse}.
 */
final class Blockers<T> {
    private final Setup<T> setup;
    private final EventLoop loop;
    private final Waits waits;
    private final Map<Blocker, BlockingRow<T>> rows = new HashMap<>();
    private final Set<BlockingRow<T>> stuck = new LinkedHashSet<>();

    /** Those that were looked at since the last {@link #judge}. */
    private final Set<BlockingRow<T>> unjudged = new LinkedHashSet<>();

    private long works;
    private volatile boolean inUse;

    Blockers(Setup<T> setup, EventLoop loop, Waits waits) {
        this.setup = setup;
        this.loop = loop;
        this.waits = waits;
    }

    /** Whether anything is blocked. May be asked by any thread; set before the reconcilers of any table are asked for. */
    boolean isInUse() {
        return inUse;
    }

    /** How many works are blocked. */
    long works() {
        return works;
    }

    /** The rows that will not move by themselves. */
    Collection<BlockingRow<T>> stuck() {
        return stuck;
    }

    /** Why nothing can be blocked on that row, or null if something can. */
    @Nullable
    String refusal(Work<T> work, String table, Key key) {
        Table<?> other = setup.database().table(table);
        if (other == null) {
            return "blocked on a row of table \"" + table + "\", which does not exist";
        }
        String text;
        try {
            text = other.spec().formatKey(key);
            if (!other.spec().parseKey(text).equals(key)) {
                return "blocked on key " + key + " of table \"" + table
                        + "\", which is none of its keys: it reads as \"" + OneLine.of(text) + "\"";
            }
        } catch (RuntimeException | Error e) { // the key type may be a plugin's code
            return "blocked on key " + key + " of table \"" + table + "\", which is none of its keys: "
                    + Attempt.reason(e);
        }
        return table.equals(setup.table().name()) && key.equals(work.key)
                ? "blocked on itself: " + table + "/" + text
                : null;
    }

    /** The name of that row, which can be waited for. */
    Blocker name(String table, Key key) {
        Table<?> other = setup.database().table(table);
        return new Blocker(table, other == null ? key.toString() : other.spec().formatKey(key));
    }

    /**
     * Lets the work wait for the row, unless something happened with it since that snapshot.
     *
     * @return whether it waits
     */
    boolean add(Work<T> work, Blocker on, ReadTxn snapshot) {
        inUse = true;
        BlockingRow<T> row = rows.get(on);
        if (row == null) {
            row = new BlockingRow<>(on);
            rows.put(on, row);
            look(row);
        }
        if (row.sight.wakesSince(sight(row.name, snapshot))) {
            dropUnused(row);
            return false;
        }
        row.works.add(work);
        work.blockedOn = row;
        works++;
        return true;
    }

    /** It waits for no row any more; does nothing when it does not. */
    void remove(Work<T> work) {
        BlockingRow<T> row = work.blockedOn;
        if (row == null) {
            return;
        }
        work.blockedOn = null;
        row.works.remove(work);
        if (--works == 0) {
            clear();
        } else {
            dropUnused(row);
        }
    }

    /** Looks at the row again, since it may have changed; gives what is to be woken. */
    List<Work<T>> lookAgain(BlockingRow<?> changed) {
        BlockingRow<T> row = rows.get(changed.name);
        if (row == null || row != changed) {
            return List.of();
        }
        Sight before = row.sight;
        look(row);
        return row.sight.wakesSince(before) ? List.copyOf(row.works) : List.of();
    }

    /** The same for all rows of that table, whose reconcilers are others now. */
    List<Work<T>> lookAgain(String table) {
        List<Work<T>> woken = new ArrayList<>();
        for (BlockingRow<T> row : List.copyOf(rows.values())) {
            if (row.name.table().equals(table)) {
                woken.addAll(lookAgain(row));
            }
        }
        return woken;
    }

    void clear() {
        rows.values().forEach(Blockers::unwatch);
        rows.clear();
        stuck.clear();
        unjudged.clear();
        works = 0;
        inUse = false;
    }

    /** Looks at the row, and at those that it turns out to be blocked on and that are new here. */
    private void look(BlockingRow<T> first) {
        Deque<BlockingRow<T>> unseen = new ArrayDeque<>(List.of(first));
        for (BlockingRow<T> row = unseen.poll(); row != null; row = unseen.poll()) {
            watch(row);
            Set<BlockingRow<T>> next = next(row, unseen);
            for (BlockingRow<T> other : row.next) {
                if (!next.contains(other)) {
                    other.dependents.remove(row);
                }
            }
            Set<BlockingRow<T>> before = row.next;
            row.next = next;
            before.forEach(this::dropUnused);
            unjudged.add(row);
        }
    }

    private void watch(BlockingRow<T> row) {
        unwatch(row);
        row.asked.set(false);
        ReadTxn txn = setup.database().readTxn();
        row.sight = sight(row.name, txn);
        Table<?> table = row.sight.table();
        if (table == null) {
            return;
        }
        Key key = table.spec().parseKey(row.name.key());
        on(row, rowWatch(txn, table, key));
        for (Peer peer : setup.registry().of(table.name())) {
            Watch watch = peer.watch(txn, key);
            if (watch != null) {
                on(row, watch);
            }
        }
    }

    private void on(BlockingRow<T> row, Watch watch) {
        row.watches.add(watch.onClose(() -> {
            if (!row.asked.getAndSet(true)) {
                loop.post(new Event.BlockerChanged(row));
            }
        }));
    }

    private static <R> Watch rowWatch(ReadTxn txn, Table<R> table, Key key) {
        return table.watch(txn, table.spec().lookup(key));
    }

    private static void unwatch(BlockingRow<?> row) {
        row.watches.forEach(Watch.Registration::close);
        row.watches.clear();
    }

    private Sight sight(Blocker name, ReadTxn txn) {
        Table<?> table = setup.database().table(name.table());
        return Sight.of(
                txn,
                table,
                table == null ? null : keyOf(table, name.key()),
                setup.registry().of(name.table()));
    }

    private static @Nullable Key keyOf(Table<?> table, String text) {
        try {
            return table.spec().parseKey(text);
        } catch (RuntimeException e) { // a table made again with other keys
            return null;
        }
    }

    /** What the row is blocked on by what was seen; what is not known yet goes to {@code unseen}. */
    private Set<BlockingRow<T>> next(BlockingRow<T> row, Deque<BlockingRow<T>> unseen) {
        Set<BlockingRow<T>> next = new LinkedHashSet<>();
        for (Sight.Seen seen : row.sight.statuses()) {
            Blocker on = seen.status().blockedOn();
            if (on != null) {
                BlockingRow<T> other = rows.computeIfAbsent(on, name -> {
                    BlockingRow<T> added = new BlockingRow<>(name);
                    unseen.add(added);
                    return added;
                });
                other.dependents.add(row);
                next.add(other);
            }
        }
        return next;
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

    /** Lets go of the row, and of those that it is blocked on, where nobody waits for them any more. */
    private void dropUnused(BlockingRow<T> first) {
        Deque<BlockingRow<T>> todo = new ArrayDeque<>(List.of(first));
        for (BlockingRow<T> row = todo.poll(); row != null; row = todo.poll()) {
            if (row.works.isEmpty() && row.dependents.isEmpty() && rows.remove(row.name, row)) {
                unwatch(row);
                stuck.remove(row);
                unjudged.remove(row);
                for (BlockingRow<T> next : row.next) {
                    next.dependents.remove(row);
                    todo.add(next);
                }
            }
        }
    }
}
