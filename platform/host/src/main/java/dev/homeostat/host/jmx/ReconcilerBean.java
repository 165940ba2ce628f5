package dev.homeostat.host.jmx;

import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.host.mxbean.AttemptInfo;
import dev.homeostat.host.mxbean.FailingRow;
import dev.homeostat.host.mxbean.FailureGroupInfo;
import dev.homeostat.host.mxbean.HeldPruneInfo;
import dev.homeostat.host.mxbean.OptionInfo;
import dev.homeostat.host.mxbean.ReconcilerMXBean;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.OptionView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** See {@link ReconcilerMXBean}. */
final class ReconcilerBean implements ReconcilerMXBean {
    private static final int LISTED = 10;
    private static final String TIMEOUT = "timeoutMillis";

    private final Reconciler<?> reconciler;
    private final String plugin;
    private final HostView host;
    private final Calls calls;
    private final Moment<ReconcilerHealth> health;
    private final Moment<ReconcilerStats> stats;

    ReconcilerBean(ReconcilerView view, HostView host, Calls calls) {
        this.reconciler = view.reconciler();
        this.plugin = view.plugin();
        this.host = host;
        this.calls = calls;
        this.health = new Moment<>(reconciler::health, host.scheduler()::nanoTime);
        this.stats = new Moment<>(reconciler::stats, host.scheduler()::nanoTime);
    }

    @Override
    public String getName() {
        return reconciler.fullName();
    }

    @Override
    public String getTable() {
        return reconciler.table().name();
    }

    @Override
    public String getPlugin() {
        return plugin;
    }

    @Override
    public boolean isOk() {
        return health.get().ok();
    }

    @Override
    public String getHealth() {
        return health.get().message();
    }

    @Override
    public long getObjects() {
        return health.get().objects();
    }

    @Override
    public long getFailing() {
        return health.get().failing();
    }

    @Override
    public long getBlocked() {
        return reconciler instanceof RunningReconciler<?> running ? running.blocked() : 0;
    }

    @Override
    public List<FailingRow> getFailures() {
        return health.get().failures().stream().map(Infos::failing).toList();
    }

    @Override
    public List<FailureGroupInfo> getFailuresByError() {
        return reconciler instanceof RunningReconciler<?> running
                ? running.failureGroups(LISTED).largest().stream()
                        .map(Infos::group)
                        .toList()
                : List.of();
    }

    @Override
    public String getLastError() {
        return health.get().failures().stream()
                .max(Comparator.comparing(failing -> failing.status().updatedAt()))
                .map(failing -> failing.key() + ": " + failing.status().error())
                .orElse("");
    }

    @Override
    public String getNextRetry() {
        return health.get().failures().stream()
                .map(failing -> failing.status().nextAttempt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse("");
    }

    @Override
    public List<String> getProblems() {
        return health.get().problems();
    }

    @Override
    public HeldPruneInfo getHeldPrune() {
        return reconciler.heldPrune().map(Infos::held).orElse(HeldPruneInfo.NONE);
    }

    @Override
    public String getPruneState() {
        return reconciler instanceof RunningReconciler<?> running ? running.pruneState() : "";
    }

    @Override
    public List<String> getPruneWaitsFor() {
        return List.copyOf(
                reconciler.table().pendingInitializers(host.database().readTxn()));
    }

    @Override
    public String getOptions() {
        return reconciler.options().toString();
    }

    @Override
    public Map<String, OptionInfo> getOptionSources() {
        Map<String, OptionInfo> options = new LinkedHashMap<>();
        for (OptionView option : host.steering().options(reconciler.fullName())) {
            options.put(option.name(), new OptionInfo(option.value(), option.from(), option.description()));
        }
        return options;
    }

    @Override
    public long getPausedRows() {
        return reconciler.pausedKeys().size();
    }

    @Override
    public List<String> getFirstPausedRows() {
        return reconciler.pausedKeys().stream()
                .limit(LISTED)
                .map(reconciler.table().spec()::formatKey)
                .toList();
    }

    @Override
    public long getUpdates() {
        return stats.get().updates();
    }

    @Override
    public long getDeletes() {
        return stats.get().deletes();
    }

    @Override
    public long getRefreshes() {
        return stats.get().refreshes();
    }

    @Override
    public long getRetries() {
        return stats.get().retries();
    }

    @Override
    public long getErrors() {
        return stats.get().errors();
    }

    @Override
    public long getPrunes() {
        return stats.get().prunes();
    }

    @Override
    public long getPruned() {
        return stats.get().pruned();
    }

    @Override
    public long getPruneErrors() {
        return stats.get().pruneErrors();
    }

    @Override
    public long getQueued() {
        return stats.get().queued();
    }

    @Override
    public long getRunning() {
        return stats.get().running();
    }

    @Override
    public String show() {
        return calls.call("reconcilers", params());
    }

    @Override
    public String prune() {
        return calls.call("reconcilers.prune", params());
    }

    @Override
    public String prune(long timeoutMillis) {
        return calls.call("reconcilers.prune", params().put(TIMEOUT, timeoutMillis));
    }

    @Override
    public String confirmPrune(long number) {
        return calls.call("reconcilers.confirm", params().put("number", number));
    }

    @Override
    public String confirmPrune(long number, long timeoutMillis) {
        return calls.call("reconcilers.confirm", params().put("number", number).put(TIMEOUT, timeoutMillis));
    }

    @Override
    public String retry(String key) {
        return calls.call("reconcilers.retry", params().put("key", key));
    }

    @Override
    public String retryFailing() {
        return calls.call("reconcilers.retry", params());
    }

    @Override
    public String refresh() {
        return calls.call("reconcilers.refresh", params());
    }

    @Override
    public String refreshRow(String key) {
        return calls.call("reconcilers.refresh", params().put("key", key));
    }

    @Override
    public String pause() {
        return calls.call("reconcilers.pause", params());
    }

    @Override
    public String pauseRow(String key) {
        return calls.call("reconcilers.pause", params().put("key", key));
    }

    @Override
    public String resume() {
        return calls.call("reconcilers.resume", params());
    }

    @Override
    public String resumeRow(String key) {
        return calls.call("reconcilers.resume", params().put("key", key));
    }

    @Override
    public String resetOptions(String options) {
        ObjectNode params = params();
        ArrayNode reset = params.putArray("reset");
        Calls.split(options).forEach(reset::add);
        return calls.call("reconcilers.options", params);
    }

    @Override
    public String failures(int limit) {
        return calls.rows("reconcilers.failures", params().put("limit", limit));
    }

    @Override
    public String plan() {
        return calls.rows("reconcilers.plan", params());
    }

    @Override
    public String observe() {
        return calls.call("reconcilers.observe", params());
    }

    @Override
    public String observe(long timeoutMillis) {
        return calls.call("reconcilers.observe", params().put(TIMEOUT, timeoutMillis));
    }

    @Override
    public List<AttemptInfo> attempts(String key) {
        return reconciler
                .explain(reconciler.table().spec().parseKey(key))
                .map(explanation ->
                        explanation.attempts().stream().map(Infos::attempt).toList())
                .orElseThrow(() -> new IllegalArgumentException(
                        "table \"" + getTable() + "\" has no row \"" + key + "\", and no delete of one is undone"));
    }

    @Override
    public String explain(String key) {
        return calls.call("explain", Calls.params().put("table", getTable()).put("key", key));
    }

    private ObjectNode params() {
        return Calls.params().put("name", reconciler.fullName());
    }
}
