package dev.homeostat.statedb.engine;

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
            try {
                scheduler.schedule(DELAY, this::collect);
            } catch (RuntimeException | OutOfMemoryError e) { // the latter where there can be no more threads
                // Whoever called has committed, or taken a change, and must not hear of it; a later commit collects
                // too.
                waiting.set(false);
                LOG.debug("table \"{}\": the scheduler takes no task to collect the graveyard", table.name(), e);
            }
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
        } catch (IllegalStateException e) {
            // Removed meanwhile, or this very thread is writing to the table: its commit collects, its abort asks
            // again.
            LOG.debug("table \"{}\": its graveyard is not collected now", table.name(), e);
        }
    }

    private boolean useful() {
        Graveyard<?> graveyard = table.graveyard();
        return !graveyard.isEmpty() && graveyard.oldest() <= table.trackers().lowWatermark();
    }
}
