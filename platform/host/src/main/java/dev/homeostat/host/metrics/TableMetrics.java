package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Timer;
import dev.homeostat.api.db.Table;
import dev.homeostat.statedb.DatabaseMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Keeps the figures of the database, and of each table that a plugin contributed. It has others, where reconcilers keep statuses: these count for the database only.
 * Safe for all threads.
 */
final class TableMetrics implements DatabaseMetrics {
    private final MetricBook book;
    private final Counter commits;
    private final Counter aborts;
    private final Counter dropped;
    private final ConcurrentHashMap<String, Writes> tables = new ConcurrentHashMap<>();

    TableMetrics(MetricBook book) {
        this.book = book;
        // No timers: all writers of all tables come by here.
        MetricGroup database = new MetricGroup(book, "");
        commits = database.counter(Figure.DATABASE_COMMITS);
        aborts = database.counter(Figure.DATABASE_ABORTS);
        dropped = database.counter(Figure.DATABASE_DROPPED);
    }

    /**
     * From now on, what is heard of that table is kept. Called before anybody can write it.
     *
     * @param initialized whether all of its initializers are done
     */
    void added(Table<?> table, BooleanSupplier initialized) {
        tables.computeIfAbsent(table.name(), name -> {
            MetricGroup group = new MetricGroup(book, name);
            // Asked each time, since an iterator goes on without a commit.
            group.gauge(Figure.TABLE_OBJECTS, () -> table.stats().objects());
            group.gauge(Figure.TABLE_REVISION, () -> table.stats().revision());
            group.gauge(Figure.TABLE_GRAVEYARD, () -> table.stats().graveyard());
            group.gauge(Figure.TABLE_LOW_WATERMARK, () -> table.stats().lowWatermark());
            group.gauge(Figure.TABLE_CHANGE_ITERATORS, () -> table.stats().changeIterators());
            group.flag(Figure.TABLE_INITIALIZED, initialized);
            return Writes.of(group);
        });
    }

    @Override
    public void lockWaited(String table, Duration waited) {
        Writes writes = tables.get(table);
        if (writes != null) {
            writes.lockWait.update(waited);
        }
    }

    @Override
    public void transactionEnded(List<String> names, Duration duration, boolean committed) {
        (committed ? commits : aborts).inc();
        for (String table : names) {
            Writes writes = tables.get(table);
            if (writes != null) {
                writes.ended(duration, committed);
            }
        }
    }

    @Override
    public void transactionDropped(List<String> names) {
        dropped.inc();
        for (String table : names) {
            Writes writes = tables.get(table);
            if (writes != null) {
                writes.dropped.inc();
            }
        }
    }

    @Override
    public void tableRemoved(String table) {
        Writes writes = tables.remove(table);
        if (writes != null) {
            writes.group.close();
        }
    }

    /** The figures of the write transactions of one table. */
    private record Writes(MetricGroup group, Timer transactions, Timer lockWait, Counter aborts, Counter dropped) {
        static Writes of(MetricGroup group) {
            return new Writes(
                    group,
                    group.timer(Figure.TABLE_TRANSACTIONS),
                    group.timer(Figure.TABLE_LOCK_WAIT),
                    group.counter(Figure.TABLE_ABORTS),
                    group.counter(Figure.TABLE_DROPPED));
        }

        void ended(Duration duration, boolean committed) {
            transactions.update(duration);
            if (!committed) {
                aborts.inc();
            }
        }
    }
}
