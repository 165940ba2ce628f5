package dev.homeostat.host.jmx;

import dev.homeostat.host.mxbean.HealthInfo;
import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.mxbean.PluginInfo;
import dev.homeostat.host.mxbean.ReconcilerInfo;
import dev.homeostat.host.mxbean.RejectedInfo;
import dev.homeostat.host.mxbean.SourceInfo;
import dev.homeostat.host.mxbean.TableInfo;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

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
    public long getPid() {
        return ProcessHandle.current().pid();
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
    public String getVerdict() {
        return Verdict.of(view).text();
    }

    @Override
    public String getDegradedSince() {
        Instant since = Verdict.of(view).since();
        return since == null ? "" : since.toString();
    }

    @Override
    public List<String> getProblems() {
        return Problems.of(view);
    }

    @Override
    public List<PluginInfo> getPlugins() {
        return view.plugins().stream().map(Infos::plugin).toList();
    }

    @Override
    public List<TableInfo> getTables() {
        return view.tables().stream()
                .flatMap(table -> Infos.table(table, view).stream())
                .toList();
    }

    @Override
    public List<ReconcilerInfo> getReconcilers() {
        return view.reconcilers().stream().map(Infos::reconciler).toList();
    }

    @Override
    public List<SourceInfo> getSources() {
        return view.sources().stream().map(Infos::source).toList();
    }

    @Override
    public List<HealthInfo> getHealth() {
        return view.health().stream().map(Infos::health).toList();
    }

    @Override
    public long getRejectedRows() {
        return view.rejected().count();
    }

    @Override
    public List<RejectedInfo> getFirstRejectedRows() {
        return view.rejected().first(Infos.LISTED).stream().map(Infos::rejected).toList();
    }

    @Override
    public String status() {
        return calls.call("status", Calls.params());
    }

    @Override
    public String rejectedRows(String table) {
        return calls.rows("db.rejected", Calls.putGiven(Calls.params(), "table", table));
    }

    @Override
    public String forgetRejectedRow(String table, String key) {
        return calls.call(
                "db.rejected.forget", Calls.params().put("table", table).put("key", key));
    }

    @Override
    public String checkPlugins(String jars) {
        ObjectNode params = Calls.params();
        Calls.split(jars).forEach(params.putArray("jars")::add);
        return calls.call("plugins.check", params);
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

    @Override
    public String waitForReconciliation(String table, long timeoutMillis) {
        return calls.call("wait", Calls.putGiven(Calls.params(), "table", table).put("timeoutMillis", timeoutMillis));
    }
}
