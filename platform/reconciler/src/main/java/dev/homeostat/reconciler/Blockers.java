package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Blocker;
import java.time.Duration;
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
 * <p>A look takes a snapshot, and then the watches of that very snapshot; those of the look before are left only when the new ones are open. A change that comes
 *
 * <ul>
 *   <li>before the snapshot is in it, and found by the comparison with the look before, whether or not a watch has told of it;
 *   <li>between the snapshot and a watch finds that watch closed as soon as it is asked for, since its answer is stale: that asks for the next look;
 *   <li>after the watch closes it.
 * </ul>
 *
 * <p>Who closes a watch asks for a look only if nobody has: {@link BlockingRow#asked} is set. It is cleared before the snapshot is taken, so who found it set knows
 * of a look whose snapshot is still to come, and will hold its change. A listener of an earlier look that comes late asks for one look too many, and hides none: it
 * sets the mark and posts the event that clears it.
 *
 * <p>Where the look itself breaks, the row is looked at again a second later, and compared with what was known before. For a row of which no watch can be had, because
 * there is no table or no such key any more, nobody waits: the next attempt finds out, and fails with that reason.
 *
 * <h2>No storm</h2>
 *
 * However many works are blocked on one row, it is watched once. A look that shows nothing {@linkplain Sight#wakesSince worth waking for}, such as another failed
 * attempt, wakes nobody. In particular, the status of a blocked row that is written into that row is not: two rows that are blocked on one another lie still.
 *
 * <p>Touched by the owner of the event loop only, but for {@link #isInUse}.
 */
final class Blockers<T> {
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final Setup<T> setup;
    private final EventLoop loop;
    private final Map<Blocker, BlockingRow<T>> rows = new HashMap<>();
    private final StuckRows<T> stuck;

    private long works;
    private volatile boolean inUse;

    Blockers(Setup<T> setup, EventLoop loop, Waits waits) {
        this.setup = setup;
        this.loop = loop;
        this.stuck = new StuckRows<>(waits);
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
        return stuck.all();
    }

    /** Finds out which these are now. Before this, the verdicts on what was looked at since the last time are those of before. */
    void judge() {
        stuck.judge();
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
            return "blocked on key " + key + " of table \"" + table + "\", which is none of its keys: " + Reason.of(e);
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
            lookAtNew(row);
        }
        if (!row.sight.isWatched() || row.sight.wakesSince(sight(row.name, snapshot))) {
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
        return !row.sight.isWatched() || row.sight.wakesSince(before) ? List.copyOf(row.works) : List.of();
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
        works = 0;
        inUse = false;
    }

    private void lookAtNew(BlockingRow<T> row) {
        try {
            look(row);
        } catch (RuntimeException | Error fault) {
            dropUnused(row);
            throw fault;
        }
    }

    /**
     * Looks at the row, and at those that it turns out to be blocked on and that are new here.
     *
     * @throws RuntimeException if it could not; then it will again
     */
    private void look(BlockingRow<T> first) {
        Deque<BlockingRow<T>> unseen = new ArrayDeque<>(List.of(first));
        try {
            for (BlockingRow<T> row = unseen.peek(); row != null; row = unseen.peek()) {
                lookAtOne(row, unseen);
                unseen.remove();
            }
        } catch (RuntimeException | Error fault) {
            unseen.forEach(this::lookLater);
            throw fault;
        }
    }

    private void lookAtOne(BlockingRow<T> row, Deque<BlockingRow<T>> unseen) {
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
        stuck.seen(row);
    }

    private void lookLater(BlockingRow<T> row) {
        setup.scheduler().schedule(AFTER_A_FAULT, () -> ask(row));
    }

    private void watch(BlockingRow<T> row) {
        row.asked.set(false);
        ReadTxn txn = setup.database().readTxn();
        Sight sight = sight(row.name, txn);
        List<Watch.Registration> watches = new ArrayList<>();
        Table<?> table = sight.table();
        if (table != null) {
            Key key = table.spec().parseKey(row.name.key());
            watches.add(on(row, rowWatch(txn, table, key)));
            for (Peer peer : setup.registry().of(table.name())) {
                Watch watch = peer.watch(txn, key);
                if (watch != null) {
                    watches.add(on(row, watch));
                }
            }
        }
        unwatch(row);
        row.watches = watches;
        row.sight = sight;
    }

    private Watch.Registration on(BlockingRow<T> row, Watch watch) {
        return watch.onClose(() -> ask(row));
    }

    /** Asks for a look at the row; by any thread. */
    private void ask(BlockingRow<T> row) {
        if (!row.asked.getAndSet(true)) {
            loop.post(new Event.BlockerChanged(row));
        }
    }

    private static <R> Watch rowWatch(ReadTxn txn, Table<R> table, Key key) {
        return table.watch(txn, table.spec().lookup(key));
    }

    private static void unwatch(BlockingRow<?> row) {
        row.watches.forEach(Watch.Registration::close);
        row.watches = List.of();
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
        } catch (RuntimeException | LinkageError e) { // a table made again with other keys
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

    /** Lets go of the row, and of those that it is blocked on, where nobody waits for them any more. */
    private void dropUnused(BlockingRow<T> first) {
        Deque<BlockingRow<T>> todo = new ArrayDeque<>(List.of(first));
        for (BlockingRow<T> row = todo.poll(); row != null; row = todo.poll()) {
            if (row.works.isEmpty() && row.dependents.isEmpty() && rows.remove(row.name, row)) {
                unwatch(row);
                stuck.remove(row);
                for (BlockingRow<T> next : row.next) {
                    next.dependents.remove(row);
                    todo.add(next);
                }
            }
        }
    }
}
