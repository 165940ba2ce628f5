package dev.homeostat.host.metrics;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jmx.JmxReporter;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import dev.homeostat.reconciler.ReconcilerMetrics;
import dev.homeostat.statedb.DatabaseMetrics;
import javax.management.MBeanServer;

/**
 * All metrics of one host, published as MBeans in the domain {@code dev.homeostat.metrics} until it is closed. As a listener it hears which tables
 * there are, and takes away what is about something that went. Safe for all threads.
 */
public final class HostMetrics implements ContributionListener, AutoCloseable {
    private static final String DOMAIN = "dev.homeostat.metrics";

    private final MetricRegistry registry = new MetricRegistry();
    private final TableMetrics tables = new TableMetrics(registry);
    private final OperationMetrics reconcilers = new OperationMetrics(registry);
    private final PluginMeters plugins = new PluginMeters(registry);
    private final JmxReporter reporter;

    private HostMetrics(MBeanServer server) {
        reporter = JmxReporter.forRegistry(registry)
                .registerWith(server)
                .inDomain(DOMAIN)
                .build();
    }

    /** Begins to publish. */
    public static HostMetrics open(MBeanServer server) {
        HostMetrics metrics = new HostMetrics(server);
        metrics.reporter.start();
        return metrics;
    }

    /** Everything that is measured, for other reporters. */
    public MetricRegistry registry() {
        return registry;
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
        return plugins;
    }

    @Override
    public void tableAdded(TableView table) {
        tables.added(table.table().name(), table.table().stats());
    }

    @Override
    public void tableRemoved(TableView table) {
        tables.tableRemoved(table.table().name());
    }

    @Override
    public void reconcilerRemoved(ReconcilerView reconciler) {
        reconcilers.remove(reconciler.reconciler().fullName());
    }

    @Override
    public void pluginRemoved(String id) {
        plugins.removeAll(id);
    }

    /** Takes all MBeans away. */
    @Override
    public void close() {
        reporter.close();
    }
}
