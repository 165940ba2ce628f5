package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.util.concurrent.ConcurrentHashMap;

/** Figures of each plugin as the host sees it, failed ones too. Safe for all threads. */
final class PluginFigures {
    private final MetricBook book;
    private final ConcurrentHashMap<String, Figures> plugins = new ConcurrentHashMap<>();

    PluginFigures(MetricBook book) {
        this.book = book;
    }

    void changed(PluginView plugin) {
        plugins.computeIfAbsent(plugin.id(), id -> new Figures(new MetricGroup(book, id), plugin))
                .show(plugin);
    }

    void removed(String id) {
        Figures figures = plugins.remove(id);
        if (figures != null) {
            figures.group.close();
        }
    }

    /** A gauge of the plugin's could not be read. */
    void gaugeFailed(String id) {
        Figures figures = plugins.get(id);
        if (figures != null) {
            figures.gaugeFailures.inc();
        }
    }

    /** The figures of one plugin. */
    private static final class Figures {
        private final MetricGroup group;
        private final Counter stateChanges;
        private final Counter gaugeFailures;
        private volatile PluginView view;

        Figures(MetricGroup group, PluginView first) {
            this.group = group;
            this.view = first;
            group.flag(Figure.PLUGIN_ACTIVE, () -> view.state() == State.ACTIVE);
            group.flag(Figure.PLUGIN_DEGRADED, () -> view.degraded());
            group.flag(Figure.PLUGIN_LEAKED, () -> view.state() == State.LEAKED);
            stateChanges = group.counter(Figure.PLUGIN_STATE_CHANGES);
            gaugeFailures = group.counter(Figure.PLUGIN_READ_FAILURES);
        }

        /** Told on one thread. */
        void show(PluginView newer) {
            if (newer.state() != view.state()) {
                stateChanges.inc();
            }
            view = newer;
        }
    }
}
