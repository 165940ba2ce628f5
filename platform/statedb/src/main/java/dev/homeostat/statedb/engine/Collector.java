package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties one table's graveyard of what all change iterators have seen, when no commit comes by that does it anyway. */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration DELAY = Duration.ofMillis(100);

    private final StoredTable<?> table;
    private final Scheduler scheduler;
    private final AtomicBoolean waiting = new AtomicBoolean();

    Collector(StoredTable<?> table, Scheduler scheduler) {
        this.table = table;
        this.scheduler = scheduler;
    }

    /** Asks for a collection soon, if there is something to collect. */
    void wake() {
        if (useful() && waiting.compareAndSet(false, true)) {
            scheduler.schedule(DELAY, this::collect);
        }
    }

    private void collect() {
        waiting.set(false);
        if (!useful()) {
            return;
        }
        try (WriteTransaction txn = table.database().writeTxn(table)) {
            txn.writer(table);
            txn.commit();
        } catch (TableRemovedException e) {
            LOG.debug("table \"{}\" was removed before its graveyard was collected", table.name());
        }
    }

    private boolean useful() {
        return table.graveyard().oldest()
                        <= ChangeTrackers.lowWatermark(table.trackers().all())
                && !table.graveyard().isEmpty();
    }
}
