package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners what comes and goes with one plugin; what they throw is logged. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final String plugin;
    private final List<ContributionListener> listeners;

    Events(String plugin, List<ContributionListener> listeners) {
        this.plugin = plugin;
        this.listeners = listeners;
    }

    void pluginChanged(PluginView view) {
        tell(listener -> listener.pluginChanged(view));
    }

    void pluginRemoved() {
        tell(listener -> listener.pluginRemoved(plugin));
    }

    void tableAdded(Table<?> table) {
        tell(listener -> listener.tableAdded(new TableView(table, plugin)));
    }

    void tableRemoved(Table<?> table) {
        tell(listener -> listener.tableRemoved(new TableView(table, plugin)));
    }

    void reconcilerAdded(Reconciler<?> reconciler) {
        tell(listener -> listener.reconcilerAdded(new ReconcilerView(reconciler, plugin)));
    }

    void reconcilerRemoved(Reconciler<?> reconciler) {
        tell(listener -> listener.reconcilerRemoved(new ReconcilerView(reconciler, plugin)));
    }

    private void tell(Consumer<ContributionListener> event) {
        for (ContributionListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) { // a listener that fails must not end what it hears of
                LOG.atError().addKeyValue("plugin", plugin).log("plugin \"{}\": {} failed", plugin, listener, e);
            }
        }
    }
}
