package dev.homeostat.host.control;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.OptionView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.Steering;
import dev.homeostat.host.view.TableView;
import dev.homeostat.host.view.WaitingTable;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON of what the host shows, as {@code docs/control-protocol.md} describes it. Fields are added, never renamed. */
final class ViewJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ViewJson() {}

    static ObjectNode plugin(PluginView plugin) {
        ObjectNode json = JSON.objectNode()
                .put("id", plugin.id())
                .put("version", plugin.version())
                .put("state", lower(plugin.state()))
                .put("isolation", plugin.isolation())
                .put("reason", plugin.reason())
                .put("jar", plugin.jar())
                .put("since", plugin.since().toString());
        json.set("tables", texts(plugin.tables()));
        json.set("reconcilers", texts(plugin.reconcilers()));
        return json;
    }

    static ObjectNode table(TableView view, ReadTxn txn) {
        Table<?> table = view.table();
        var stats = table.stats();
        ObjectNode json = JSON.objectNode()
                .put("name", table.name())
                .put("plugin", view.plugin())
                .put("objects", table.count(txn))
                .put("revision", table.revision(txn))
                .put("initialized", table.initialized(txn));
        json.set("pendingInitializers", texts(table.pendingInitializers(txn)));
        json.put("acceptsSources", table.spec().acceptsSources());
        json.set("indexes", array(table.spec().indexes(), ViewJson::index));
        json.put("graveyard", stats.graveyard()).put("changeIterators", stats.changeIterators());
        return json;
    }

    /** Who wants a row; null where nobody does. */
    static @Nullable String owner(@Nullable RowOwner owner) {
        return owner == null ? null : owner.toString();
    }

    private static ObjectNode index(Index<?, ?> index) {
        return JSON.objectNode().put("name", index.name()).put("unique", index.isUnique());
    }

    /** @param mostListed the number of a held prune's removals, of paused rows and of different errors that are listed */
    static ObjectNode reconciler(ReconcilerView view, ReadTxn txn, Steering steering, int mostListed) {
        Reconciler<?> reconciler = view.reconciler();
        ReconcilerHealth health = reconciler.health();
        ObjectNode json = JSON.objectNode()
                .put("name", reconciler.fullName())
                .put("table", reconciler.table().name())
                .put("plugin", view.plugin())
                .put("ok", health.ok())
                .put("message", health.message())
                .put("objects", health.objects())
                .put("failing", health.failing())
                .put("blocked", reconciler instanceof RunningReconciler<?> running ? running.blocked() : 0);
        json.set("failures", array(health.failures(), FailuresJson::failing));
        json.set("failuresByError", FailuresJson.byError(reconciler, mostListed));
        json.set("problems", texts(health.problems()));
        json.set("heldPrune", orNull(reconciler.heldPrune().orElse(null), held -> held(held, mostListed)));
        json.set("pruneWaitsFor", texts(reconciler.table().pendingInitializers(txn)));
        json.put("pruneState", pruneState(reconciler));
        json.set("stats", stats(reconciler.stats()));
        json.put("options", reconciler.options().toString());
        mode(json, reconciler, steering);
        paused(json, reconciler, mostListed);
        return json;
    }

    /** Adds how much a reconciler may do, and who says so. */
    static void mode(ObjectNode json, Reconciler<?> reconciler, Steering steering) {
        json.put("mode", lower(reconciler.options().mode()));
        json.put(
                "modeFrom",
                steering.options(reconciler.fullName()).stream()
                        .filter(option -> option.name().equals("mode"))
                        .map(OptionView::from)
                        .findFirst()
                        .orElse(""));
    }

    /** Adds the number of its paused rows, and the first of them. */
    static void paused(ObjectNode json, Reconciler<?> reconciler, int mostListed) {
        List<Key> paused = reconciler.pausedKeys();
        json.put("pausedRows", paused.size());
        json.set(
                "paused",
                array(
                        paused.subList(0, Math.min(mostListed, paused.size())),
                        key -> JSON.stringNode(reconciler.table().spec().formatKey(key))));
    }

    private static ObjectNode stats(ReconcilerStats stats) {
        return JSON.objectNode()
                .put("updates", stats.updates())
                .put("deletes", stats.deletes())
                .put("refreshes", stats.refreshes())
                .put("retries", stats.retries())
                .put("errors", stats.errors())
                .put("prunes", stats.prunes())
                .put("pruned", stats.pruned())
                .put("pruneErrors", stats.pruneErrors())
                .put("queued", stats.queued())
                .put("running", stats.running());
    }

    static ObjectNode held(HeldPrune held, int mostRemovals) {
        List<String> removals = held.removals();
        ObjectNode json = JSON.objectNode()
                .put("number", held.number())
                .put("reason", held.reason())
                .put("heldAt", held.heldAt().toString())
                .put("count", removals.size());
        json.set("removals", texts(removals.subList(0, Math.min(mostRemovals, removals.size()))));
        return json;
    }

    static ObjectNode pruned(PruneReport report) {
        ObjectNode json = JSON.objectNode();
        json.set("removed", texts(report.removed()));
        json.set("spared", texts(report.spared()));
        json.set("failed", array(report.failed(), ViewJson::failure));
        json.set("held", orNull(report.held(), held -> held(held, Integer.MAX_VALUE)));
        json.set("planned", orNull(report.planned(), ViewJson::planned));
        return json;
    }

    private static ObjectNode planned(PruneReport.Planned planned) {
        ObjectNode json = JSON.objectNode();
        json.set("removals", texts(planned.removals()));
        return json.put("held", planned.held());
    }

    static ObjectNode waited(String reconciler, WaitResult result) {
        ObjectNode json = JSON.objectNode().put("name", reconciler).put("reconciled", result.reconciled());
        json.set("failed", array(result.failed(), ViewJson::failure));
        json.put("stopped", result.stopped());
        return json;
    }

    private static ObjectNode failure(WaitResult.Failure failure) {
        return JSON.objectNode().put("key", failure.key()).put("reason", failure.reason());
    }

    static ObjectNode source(SourceView source) {
        ObjectNode json = JSON.objectNode()
                .put("name", source.name())
                .put("plugin", source.plugin())
                .put("state", source.state())
                .put("rows", source.rows());
        json.set("problems", texts(source.problems()));
        json.set("since", orNull(source.since(), since -> JSON.stringNode(since.toString())));
        json.set("waiting", texts(source.waiting()));
        json.set("waitingFor", array(source.waitingFor(), ViewJson::waiting));
        return json;
    }

    private static ObjectNode waiting(WaitingTable waiting) {
        ObjectNode json = JSON.objectNode().put("table", waiting.table()).put("nearest", waiting.nearest());
        json.set("places", texts(waiting.places()));
        return json.put("count", waiting.count()).put("known", waiting.known());
    }

    /** What the next prune waits for. */
    static String pruneState(Reconciler<?> reconciler) {
        return reconciler instanceof RunningReconciler<?> running ? running.pruneState() : "";
    }

    static ObjectNode health(HealthLine line) {
        return JSON.objectNode()
                .put("plugin", line.plugin())
                .put("name", line.name())
                .put("ok", line.ok())
                .put("message", line.message())
                .put("since", line.since().toString());
    }

    static ObjectNode status(Status status) {
        ObjectNode json = JSON.objectNode()
                .put("kind", lower(status.kind()))
                .put("generation", status.generation())
                .put("updatedAt", known(status.updatedAt()));
        if (status.error() != null) {
            json.put("error", status.error()).put("attempts", status.attempts()).put("permanent", status.isPermanent());
        }
        if (status.nextAttempt() != null) {
            json.put("nextAttempt", status.nextAttempt().toString());
        }
        if (status.blockedOn() != null) {
            json.put("blockedOn", status.blockedOn().toString());
        }
        return json;
    }

    /** The epoch stands for a time that nobody noted. */
    private static @Nullable String known(Instant time) {
        return time.equals(Instant.EPOCH) ? null : time.toString();
    }

    static ObjectNode explanation(Explanation explanation) {
        ObjectNode json =
                JSON.objectNode().put("name", explanation.reconciler()).put("exists", explanation.exists());
        json.set("status", orNull(explanation.status(), ViewJson::status));
        json.put("waitsFor", explanation.waitsFor());
        json.set("attempts", array(explanation.attempts(), ViewJson::attempt));
        return json;
    }

    private static ObjectNode attempt(Explanation.Attempt attempt) {
        return JSON.objectNode()
                .put("operation", attempt.operation())
                .put("cause", lower(attempt.cause()))
                .put("generation", attempt.generation())
                .put("number", attempt.number())
                .put("startedAt", attempt.startedAt().toString())
                .put("tookMillis", attempt.took().toMillis())
                .put("outcome", attempt.outcome())
                .put("error", attempt.error());
    }

    static ObjectNode row(JoinedRow row) {
        ObjectNode json = JSON.objectNode().put("key", row.key()).put("deleted", row.deleted());
        if (!row.deleted()) {
            json.put("revision", row.revision());
            json.set("values", orNull(row.values(), TreeJson::of));
        }
        if (!row.text().isEmpty()) {
            json.put("text", row.text());
        }
        ObjectNode statuses = JSON.objectNode();
        row.statuses().forEach((reconciler, status) -> statuses.set(reconciler, status(status)));
        json.set("status", statuses);
        return json;
    }

    static ArrayNode texts(Collection<String> texts) {
        return array(texts, JSON::stringNode);
    }

    static <T> ArrayNode array(Collection<T> things, Function<? super T, ? extends JsonNode> toJson) {
        ArrayNode array = JSON.arrayNode();
        things.forEach(thing -> array.add(toJson.apply(thing)));
        return array;
    }

    static <T> JsonNode orNull(@Nullable T thing, Function<? super T, ? extends JsonNode> toJson) {
        return thing == null ? JSON.nullNode() : toJson.apply(thing);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
