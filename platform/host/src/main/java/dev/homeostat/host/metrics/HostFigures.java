package dev.homeostat.host.metrics;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.Readiness;
import dev.homeostat.host.view.SourceView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Figures of the host as a whole, and of all tables together. */
final class HostFigures {
    private final HostView view;
    private final LongSupplier nanoTime;

    private HostFigures(HostView view) {
        this.view = view;
        this.nanoTime = view.scheduler()::nanoTime;
    }

    static void addTo(MetricBook book, HostView view) {
        HostFigures figures = new HostFigures(view);
        MetricGroup group = new MetricGroup(book, "");
        figures.host(group);
        figures.plugins(group);
        figures.state(group);
        figures.database(group);
    }

    private void host(MetricGroup group) {
        group.info(Figure.HOST_VERSION, view.version());
        group.flag(Figure.HOST_READY, () -> Readiness.of(view).ready());
        group.flag(Figure.HOST_DEGRADED, view::degraded);
        group.number(
                Figure.HOST_UPTIME,
                () -> seconds(
                        Duration.between(view.startedAt(), view.scheduler().instant())));
        group.number(Figure.HOST_START_TOOK, () -> {
            Duration took = view.startTook();
            return took == null ? Double.NaN : seconds(took);
        });
    }

    private void plugins(MetricGroup group) {
        group.gauge(Figure.HOST_PLUGINS, () -> view.plugins().size());
        group.gauge(
                Figure.HOST_PLUGINS_ACTIVE, () -> count(view.plugins(), one -> one.state() == PluginView.State.ACTIVE));
        group.gauge(Figure.HOST_PLUGINS_DEGRADED, () -> count(view.plugins(), PluginView::degraded));
        group.gauge(Figure.HOST_TABLES, () -> view.tables().size());
        group.gauge(Figure.HOST_TABLES_UNINITIALIZED, () -> {
            ReadTxn txn = view.database().readTxn();
            return count(view.tables(), one -> !isInitialized(one.table(), txn));
        });
        group.gauge(Figure.HOST_RECONCILERS, () -> view.reconcilers().size());
        group.gauge(
                Figure.HOST_RECONCILERS_DEGRADED,
                () -> count(
                        view.reconcilers(), one -> !one.reconciler().health().ok()));
    }

    private void state(MetricGroup group) {
        Recent<List<SourceView>> sources = new Recent<>(nanoTime, view::sources);
        group.gauge(Figure.HOST_SOURCES, () -> sources.get().size());
        group.gauge(
                Figure.HOST_SOURCE_PROBLEMS,
                () -> sources.get().stream()
                        .mapToLong(source -> source.problems().size())
                        .sum());
        group.gauge(Figure.HOST_HEALTH_DEGRADED, () -> count(view.health(), Predicate.not(HealthLine::ok)));
        group.gauge(Figure.HOST_REJECTED_ROWS, () -> view.rejected().count());
    }

    private void database(MetricGroup group) {
        Database database = view.database();
        Recent<List<TableStats>> stats = new Recent<>(
                nanoTime, () -> database.tables().stream().map(Table::stats).toList());
        group.gauge(Figure.DATABASE_TABLES, () -> stats.get().size());
        group.gauge(
                Figure.DATABASE_OBJECTS,
                () -> stats.get().stream().mapToLong(TableStats::objects).sum());
        group.gauge(
                Figure.DATABASE_GRAVEYARD,
                () -> stats.get().stream().mapToLong(TableStats::graveyard).sum());
    }

    /** One that came after the snapshot, or has gone, waits for nothing. */
    static boolean isInitialized(Table<?> table, ReadTxn txn) {
        try {
            return table.initialized(txn);
        } catch (TableRemovedException e) {
            return true;
        }
    }

    private static <T> long count(Collection<T> all, Predicate<? super T> predicate) {
        return all.stream().filter(predicate).count();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
