package dev.homeostat.host.jmx;

import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.SourceView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** See {@link HostMXBean}. */
final class HostBean implements HostMXBean {
    private final HostView view;
    private final Calls calls;

    HostBean(HostView view, Calls calls) {
        this.view = view;
        this.calls = calls;
    }

    @Override
    public String getVersion() {
        return view.version();
    }

    @Override
    public String getState() {
        return view.state();
    }

    @Override
    public String getHome() {
        return view.home().toString();
    }

    @Override
    public String getStartedAt() {
        return view.startedAt().toString();
    }

    @Override
    public long getReadyAfterMillis() {
        Duration took = view.startTook();
        return took == null ? -1 : took.toMillis();
    }

    @Override
    public boolean isDegraded() {
        return view.degraded();
    }

    @Override
    public String[] getProblems() {
        List<String> problems = new ArrayList<>();
        for (PluginView plugin : view.plugins()) {
            if (plugin.degraded()) {
                problems.add("plugin " + plugin.id() + ": " + plugin.reason());
            }
        }
        for (ReconcilerView one : view.reconcilers()) {
            var health = one.reconciler().health();
            String name = "reconciler " + one.reconciler().fullName() + ": ";
            health.failures().forEach(failing -> problems.add(name + ReconcilerBean.text(failing)));
            health.problems().forEach(problem -> problems.add(name + problem));
        }
        for (SourceView source : view.sources()) {
            source.problems().forEach(problem -> problems.add("source " + source.name() + ": " + problem));
        }
        for (HealthLine line : view.health()) {
            if (!line.ok()) {
                problems.add((line.plugin().isEmpty() ? "" : "plugin " + line.plugin() + ", ") + line.name() + ": "
                        + line.message());
            }
        }
        return problems.toArray(String[]::new);
    }

    @Override
    public String[] getPlugins() {
        return view.plugins().stream()
                .map(plugin -> plugin.id() + " " + plugin.version() + ": " + plugin.state())
                .toArray(String[]::new);
    }

    @Override
    public String[] getTables() {
        return view.tables().stream().map(table -> table.table().name()).toArray(String[]::new);
    }

    @Override
    public String[] getReconcilers() {
        return view.reconcilers().stream()
                .map(one -> one.reconciler().fullName())
                .toArray(String[]::new);
    }

    @Override
    public String[] getSources() {
        return view.sources().stream()
                .map(source -> source.name() + ": " + source.state())
                .toArray(String[]::new);
    }

    @Override
    public String[] getRejectedRows() {
        return view.rejected().all().stream()
                .map(row -> row.table() + " " + row.key() + ": " + row.reason())
                .toArray(String[]::new);
    }

    @Override
    public String forgetRejectedRow(String table, String key) {
        return calls.call(
                "db.rejected.forget", Calls.params().put("table", table).put("key", key));
    }

    @Override
    public String status() {
        return calls.call("status", Calls.params());
    }

    @Override
    public String configCheck() {
        return calls.call("config.check", Calls.params());
    }

    @Override
    public String configShow() {
        return calls.call("config.show", Calls.params());
    }

    @Override
    public String waitForReconciliation() {
        return calls.call("wait", Calls.params());
    }
}
