package dev.homeostat.host.jmx;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.host.mxbean.ReconcilerMXBean;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** See {@link ReconcilerMXBean}. */
final class ReconcilerBean implements ReconcilerMXBean {
    private final Reconciler<?> reconciler;
    private final String plugin;
    private final HostView host;
    private final Calls calls;

    ReconcilerBean(ReconcilerView view, HostView host, Calls calls) {
        this.reconciler = view.reconciler();
        this.plugin = view.plugin();
        this.host = host;
        this.calls = calls;
    }

    static String text(ReconcilerHealth.Failing failing) {
        Status status = failing.status();
        Instant next = status.nextAttempt();
        String since = failing.since().equals(status.updatedAt()) ? "" : ", fails since " + brief(failing.since());
        return (failing.delete() ? "delete of " : "") + failing.key() + ": " + status.error() + " (attempt "
                + status.attempts() + " at " + brief(status.updatedAt()) + since
                + (next == null ? ", not tried again by itself)" : ", next at " + brief(next) + ")");
    }

    /** To the millisecond: a person reads it. */
    private static Instant brief(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
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
        return reconciler.health().ok();
    }

    @Override
    public String getHealth() {
        return reconciler.health().message();
    }

    @Override
    public long getObjects() {
        return reconciler.health().objects();
    }

    @Override
    public long getFailing() {
        return reconciler.health().failing();
    }

    @Override
    public long getBlocked() {
        return reconciler instanceof RunningReconciler<?> running ? running.blocked() : 0;
    }

    @Override
    public String[] getFailures() {
        return reconciler.health().failures().stream().map(ReconcilerBean::text).toArray(String[]::new);
    }

    @Override
    public String getLastError() {
        return reconciler.health().failures().stream()
                .max(Comparator.comparing(failing -> failing.status().updatedAt()))
                .map(failing -> failing.key() + ": " + failing.status().error())
                .orElse("");
    }

    @Override
    public String getNextRetry() {
        return reconciler.health().failures().stream()
                .map(failing -> failing.status().nextAttempt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse("");
    }

    @Override
    public String[] getProblems() {
        return reconciler.health().problems().toArray(String[]::new);
    }

    @Override
    public String getHeldPrune() {
        return reconciler
                .heldPrune()
                .map(held -> held.number() + ": " + held.reason() + " (held since " + held.heldAt() + ")")
                .orElse("");
    }

    @Override
    public String[] getHeldPruneRemovals() {
        return reconciler.heldPrune().map(HeldPrune::removals).orElse(List.of()).toArray(String[]::new);
    }

    @Override
    public String[] getPruneWaitsFor() {
        return reconciler.table().pendingInitializers(host.database().readTxn()).toArray(String[]::new);
    }

    @Override
    public String getOptions() {
        return reconciler.options().toString();
    }

    @Override
    public String[] getOptionSources() {
        return host.steering().options(reconciler.fullName()).stream()
                .map(option -> option.name() + "=" + option.value() + " (" + option.from() + ")")
                .toArray(String[]::new);
    }

    @Override
    public String[] getPausedRows() {
        return reconciler.pausedKeys().stream()
                .map(reconciler.table().spec()::formatKey)
                .toArray(String[]::new);
    }

    @Override
    public long getUpdates() {
        return reconciler.stats().updates();
    }

    @Override
    public long getDeletes() {
        return reconciler.stats().deletes();
    }

    @Override
    public long getRefreshes() {
        return reconciler.stats().refreshes();
    }

    @Override
    public long getRetries() {
        return reconciler.stats().retries();
    }

    @Override
    public long getErrors() {
        return reconciler.stats().errors();
    }

    @Override
    public long getPrunes() {
        return reconciler.stats().prunes();
    }

    @Override
    public long getPruned() {
        return reconciler.stats().pruned();
    }

    @Override
    public long getPruneErrors() {
        return reconciler.stats().pruneErrors();
    }

    @Override
    public long getQueued() {
        return reconciler.stats().queued();
    }

    @Override
    public long getRunning() {
        return reconciler.stats().running();
    }

    @Override
    public String prune() {
        return calls.call("reconcilers.prune", params());
    }

    @Override
    public String confirmPrune(long number) {
        return calls.call("reconcilers.confirm", params().put("number", number));
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
        Arrays.stream(options.split(",", -1))
                .map(String::strip)
                .filter(option -> !option.isEmpty())
                .forEach(reset::add);
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
    public String explain(String key) {
        return calls.call("explain", Calls.params().put("table", getTable()).put("key", key));
    }

    private ObjectNode params() {
        return Calls.params().put("name", reconciler.fullName());
    }
}
