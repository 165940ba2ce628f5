package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.DatabaseMetrics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between the engine and the metrics that somebody gave: measures nothing where nobody listens, and lets nothing through that is thrown there. */
final class MetricsGate {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsGate.class);

    private final DatabaseMetrics metrics;
    private final boolean on;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    MetricsGate(DatabaseMetrics metrics) {
        this.metrics = metrics;
        this.on = !metrics.equals(DatabaseMetrics.NONE);
    }

    /** The time, where it is measured. */
    long now() {
        return on ? System.nanoTime() : 0;
    }

    /** A table's lock was had, after a wait that began then. */
    void locked(StoredTable<?> table, long begin) {
        if (on) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            guard("lockWaited", () -> metrics.lockWaited(table.name(), waited));
        }
    }

    void committed(WriteTransaction txn, StoredTable<?>[] tables, Root root) {
        if (on) {
            for (StoredTable<?> table : tables) {
                guard("tableChanged", () -> stats(table, root));
            }
            ended(txn, tables, true);
        }
    }

    void aborted(WriteTransaction txn, StoredTable<?>[] tables) {
        if (on) {
            ended(txn, tables, false);
        }
    }

    void dropped(Hold hold) {
        if (on) {
            guard("transactionDropped", () -> metrics.transactionDropped(hold.tables()));
        }
    }

    void removed(String table) {
        if (on) {
            guard("tableRemoved", () -> metrics.tableRemoved(table));
        }
    }

    private void ended(WriteTransaction txn, StoredTable<?>[] tables, boolean committed) {
        List<String> names = Arrays.stream(tables).map(StoredTable::name).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - txn.started());
        guard("transactionEnded", () -> metrics.transactionEnded(names, took, committed));
    }

    private <T> void stats(StoredTable<T> table, Root root) {
        metrics.tableChanged(table.name(), table.stats(root.state(table)));
    }

    private void guard(String hook, Runnable call) {
        try {
            call.run();
        } catch (Throwable t) { // whatever a hook throws must not reach the transaction
            if (failed.add(hook)) {
                LOG.warn(
                        "hook {} of the database's metrics {} fails; of each hook this is logged once",
                        hook,
                        metrics.getClass().getName(),
                        t);
            }
        }
    }
}
