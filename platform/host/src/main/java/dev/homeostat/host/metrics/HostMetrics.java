package dev.homeostat.host.metrics;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jmx.JmxReporter;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import dev.homeostat.reconciler.ReconcilerMetrics;
import dev.homeostat.statedb.DatabaseMetrics;
import java.io.IOException;
import java.io.OutputStream;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of one host, published as MBeans in the domain {@code dev.homeostat.metrics} until it is closed. As a listener it hears what there is, and takes
 * away what is about something that went. Safe for all threads.
 */
public final class HostMetrics implements ContributionListener, AutoCloseable {
    private static final String DOMAIN = "dev.homeostat.metrics";

    private final MetricBook book = new MetricBook();
    private final TableMetrics tables = new TableMetrics(book);
    private final OperationMetrics reconcilers;
    private final PluginFigures plugins = new PluginFigures(book);
    private final PluginMeters meters;
    private final JmxReporter reporter;
    private volatile @Nullable HostView host;

    private HostMetrics(MBeanServer server, Scheduler scheduler) {
        reconcilers = new OperationMetrics(book, scheduler);
        meters = new PluginMeters(book, plugins::gaugeFailed);
        reporter = JmxReporter.forRegistry(book.registry())
                .registerWith(server)
                .inDomain(DOMAIN)
                .build();
    }

    /** Begins to publish. */
    public static HostMetrics open(MBeanServer server, Scheduler scheduler) {
        HostMetrics metrics = new HostMetrics(server, scheduler);
        JvmFigures.addTo(metrics.book);
        metrics.reporter.start();
        return metrics;
    }

    /** Publishes the figures of that host as a whole too. Once, before it has tables. */
    public void show(HostView view) {
        host = view;
        HostFigures.addTo(book, view);
    }

    /** Everything that is measured, for other reporters. */
    public MetricRegistry registry() {
        return book.registry();
    }

    /** Where the database reports. */
    public DatabaseMetrics database() {
        return tables;
    }

    /** Where reconcilers report. */
    public ReconcilerMetrics reconcilers() {
        return reconcilers;
    }

    /** Where plugins get their metrics. */
    public PluginMeters plugins() {
        return meters;
    }

    /** Where the HTTP endpoint reports; its figures are published from now on. Once. */
    public HttpMeters http() {
        return new HttpMeters(new MetricGroup(book, ""));
    }

    /** Writes all metrics as Prometheus reads them: its text format, version 0.0.4. Waits a second at most for plugins. */
    public void writeText(OutputStream out) throws IOException {
        PrometheusText.write(book, out);
    }

    @Override
    public void tableAdded(TableView table) {
        tables.added(table.table(), () -> {
            HostView view = host;
            return view == null
                    || HostFigures.isInitialized(table.table(), view.database().readTxn());
        });
    }

    @Override
    public void tableRemoved(TableView table) {
        tables.tableRemoved(table.table().name());
    }

    @Override
    public void reconcilerAdded(ReconcilerView reconciler) {
        reconcilers.added(reconciler.reconciler());
    }

    @Override
    public void reconcilerRemoved(ReconcilerView reconciler) {
        reconcilers.remove(reconciler.reconciler().fullName());
    }

    @Override
    public void pluginChanged(PluginView plugin) {
        plugins.changed(plugin);
    }

    @Override
    public void pluginRemoved(String id) {
        plugins.removed(id);
        meters.removeAll(id);
    }

    /** Takes all MBeans away. */
    @Override
    public void close() {
        reporter.close();
    }
}
