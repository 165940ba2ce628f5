package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.statedb.DatabaseMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the figures of each table, as {@code tables.TABLE.FIGURE}. Safe for all threads. */
final class TableMetrics implements DatabaseMetrics {
    private static final TableStats NO_STATS = new TableStats(0, 0, 0, 0, 0);

    private final MetricRegistry registry;
    private final ConcurrentHashMap<String, Figures> tables = new ConcurrentHashMap<>();

    TableMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void lockWaited(String table, Duration waited) {
        figures(table).lockWait.update(waited);
    }

    @Override
    public void transactionEnded(List<String> names, Duration duration, boolean committed) {
        for (String table : names) {
            Figures figures = figures(table);
            figures.transactions.update(duration);
            if (!committed) {
                figures.aborts.inc();
            }
        }
    }

    @Override
    public void tableChanged(String table, TableStats stats) {
        figures(table).stats = stats;
    }

    @Override
    public void tableRemoved(String table) {
        Figures figures = tables.remove(table);
        if (figures != null) {
            figures.group.close();
        }
    }

    private Figures figures(String table) {
        Figures known = tables.get(table);
        return known != null ? known : tables.computeIfAbsent(table, name -> new Figures(registry, name));
    }

    /** The figures of one table. */
    private static final class Figures {
        private final MetricGroup group;
        private final Timer lockWait;
        private final Timer transactions;
        private final Counter aborts;
        private volatile TableStats stats = NO_STATS;

        Figures(MetricRegistry registry, String table) {
            group = new MetricGroup(registry, "tables." + table + ".");
            lockWait = group.timer("lock-wait");
            transactions = group.timer("transactions");
            aborts = group.counter("aborts");
            group.gauge("objects", () -> stats.objects());
            group.gauge("revision", () -> stats.revision());
            group.gauge("graveyard", () -> stats.graveyard());
            group.gauge("low-watermark", () -> stats.lowWatermark());
            group.gauge("change-iterators", () -> stats.changeIterators());
        }
    }
}
