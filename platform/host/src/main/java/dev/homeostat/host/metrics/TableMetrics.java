package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.statedb.DatabaseMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the figures of each table that a plugin contributed, as {@code tables.TABLE.FIGURE}. The database has others, where reconcilers keep statuses: what is
 * heard of those is nobody's business. Safe for all threads.
 */
final class TableMetrics implements DatabaseMetrics {
    private final MetricRegistry registry;
    private final ConcurrentHashMap<String, Figures> tables = new ConcurrentHashMap<>();

    TableMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    /** From now on, what is heard of that table is kept. Called before anybody can write it. */
    void added(String table, TableStats stats) {
        tables.computeIfAbsent(table, name -> new Figures(registry, name, stats));
    }

    @Override
    public void lockWaited(String table, Duration waited) {
        Figures figures = tables.get(table);
        if (figures != null) {
            figures.lockWait.update(waited);
        }
    }

    @Override
    public void transactionEnded(List<String> names, Duration duration, boolean committed) {
        for (String table : names) {
            Figures figures = tables.get(table);
            if (figures != null) {
                figures.transactions.update(duration);
                if (!committed) {
                    figures.aborts.inc();
                }
            }
        }
    }

    @Override
    public void transactionDropped(List<String> names) {
        for (String table : names) {
            Figures figures = tables.get(table);
            if (figures != null) {
                figures.dropped.inc();
            }
        }
    }

    @Override
    public void tableChanged(String table, TableStats stats) {
        Figures figures = tables.get(table);
        if (figures != null) {
            figures.stats = stats;
        }
    }

    @Override
    public void tableRemoved(String table) {
        Figures figures = tables.remove(table);
        if (figures != null) {
            figures.group.close();
        }
    }

    /** The figures of one table. */
    private static final class Figures {
        private final MetricGroup group;
        private final Timer lockWait;
        private final Timer transactions;
        private final Counter aborts;
        private final Counter dropped;
        private volatile TableStats stats;

        Figures(MetricRegistry registry, String table, TableStats stats) {
            this.stats = stats;
            group = new MetricGroup(registry, "tables." + table + ".");
            lockWait = group.timer("lock-wait");
            transactions = group.timer("transactions");
            aborts = group.counter("aborts");
            dropped = group.counter("dropped");
            group.gauge("objects", () -> this.stats.objects());
            group.gauge("revision", () -> this.stats.revision());
            group.gauge("graveyard", () -> this.stats.graveyard());
            group.gauge("low-watermark", () -> this.stats.lowWatermark());
            group.gauge("change-iterators", () -> this.stats.changeIterators());
        }
    }
}
