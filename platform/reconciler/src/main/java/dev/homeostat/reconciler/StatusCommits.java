package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when statuses are committed, and commits them.
 *
 * <p>At the latest {@link #LONGEST_UNWRITTEN} after the oldest result, so that an operation that takes long holds back nobody's status; at once when nothing
 * runs any more, or a round's worth has come together, or somebody waits for it. Whoever waits is told after the commit. What could not be written is kept,
 * and tried again a second later.
 *
 * <p>Touched by the owner of the event loop only: all but {@link #act} in the first half of a turn, under the loop's lock.
 */
final class StatusCommits<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StatusCommits.class);
    private static final long LONGEST_UNWRITTEN = Duration.ofMillis(1).toNanos();
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(1);
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();

    private final Setup<T> setup;
    private final EventLoop loop;
    private final Records<T> records;
    private final RowOperations<T> rows;
    private final Slots<T> slots;
    private final TurnTime time;
    private final Wakeup wakeup;
    private final Supplier<Options> options;
    private final Runnable allWritten;
    private final Consumer<TableRemovedException> tableRemoved;
    private @Nullable Map<Key, @Nullable StatusRecord<T>> decided;
    private boolean atOnce;
    private long notBefore;
    private @Nullable String problem;

    /** When the commit that is under way began, or null; it may wait for the lock of a table. */
    private volatile @Nullable Instant committingSince;

    /**
     * @param allWritten called under the loop's lock, after a commit and whenever there is nothing to commit
     * @param tableRemoved called under the loop's lock, when nothing can be committed any more
     */
    StatusCommits(
            Setup<T> setup,
            EventLoop loop,
            Records<T> records,
            RowOperations<T> rows,
            Slots<T> slots,
            TurnTime time,
            Wakeup wakeup,
            Supplier<Options> options,
            Runnable allWritten,
            Consumer<TableRemovedException> tableRemoved) {
        this.setup = setup;
        this.loop = loop;
        this.records = records;
        this.rows = rows;
        this.slots = slots;
        this.time = time;
        this.wakeup = wakeup;
        this.options = options;
        this.allWritten = allWritten;
        this.tableRemoved = tableRemoved;
        this.notBefore = time.nanos();
    }

    /** Why statuses could not be written, or null. */
    @Nullable
    String problem() {
        Instant since = committingSince;
        Duration waited = since == null
                ? Duration.ZERO
                : Duration.between(since, setup.scheduler().instant());
        return waited.compareTo(LONGEST_COMMIT) < 0
                ? problem
                : "statuses wait for " + Span.text(waited) + " to be written to table "
                        + setup.table().name()
                        + ": somebody keeps it locked, perhaps an operation, and nothing starts before";
    }

    /** The next decision is to commit whatever there is: somebody waits for it. */
    void atOnce() {
        atOnce = true;
    }

    /** In the first half of a turn. */
    void decide(long now) {
        if (records.size() == 0) {
            atOnce = false;
            allWritten.run();
            return;
        }
        boolean together = slots.taken() == 0
                || records.size() >= options.get().roundSize()
                || now - records.oldestNanos() >= LONGEST_UNWRITTEN;
        if (atOnce || (together && notBefore - now <= 0)) {
            atOnce = false;
            decided = records.take();
        } else {
            wakeup.at(Math.max(notBefore, records.oldestNanos() + LONGEST_UNWRITTEN));
        }
    }

    /** In the second half, without the lock. */
    void act() {
        Map<Key, @Nullable StatusRecord<T>> changes = decided;
        decided = null;
        if (changes != null) {
            commit(changes);
        }
    }

    private void commit(Map<Key, @Nullable StatusRecord<T>> changes) {
        Throwable failure = null;
        Map<Key, String> refused = Map.of();
        committingSince = time.instant();
        try {
            refused = setup.store().commit(changes);
        } catch (RuntimeException | Error e) { // a plugin's code is among it: its keys are formatted, its rows hashed
            failure = e;
            LOG.error("reconciler {}: {} status(es) could not be written", setup.fullName(), changes.size(), e);
        }
        committingSince = null;
        Throwable thrown = failure;
        Map<Key, String> notWritten = refused;
        loop.look(() -> {
            switch (thrown) {
                case null -> written(changes, notWritten);
                case TableRemovedException removed -> tableRemoved.accept(removed);
                default -> failed(thrown);
            }
            return null;
        });
    }

    private void written(Map<Key, @Nullable StatusRecord<T>> changes, Map<Key, String> refused) {
        records.written();
        problem = null;
        if (rows.committed(changes, refused, time.read())) {
            loop.post(Event.Look.AT_THE_CLOCK);
        }
        allWritten.run();
    }

    private void failed(Throwable failure) {
        records.giveBack();
        problem = "statuses cannot be written: " + Attempt.reason(failure);
        notBefore = setup.scheduler().nanoTime() + AGAIN;
        loop.post(Event.Look.AT_THE_CLOCK);
    }
}
