package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Steers reconcilers, and asks them why. */
final class ReconcilerMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerMethods.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_PAUSED = 10;

    private final HostView view;
    private final Directory directory;
    private final Waiting waiting;

    ReconcilerMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
        this.waiting = new Waiting(view.scheduler());
    }

    List<Method> methods() {
        return List.of(
                Method.acts("reconcilers.prune", Set.of("name", "timeoutMillis"), this::prune),
                Method.acts("reconcilers.confirm", Set.of("name", "number", "timeoutMillis"), this::confirm),
                Method.acts("reconcilers.retry", Set.of("name", "key"), (params, items) -> retry(params)),
                Method.asks("explain", Set.of("table", "key"), (params, items) -> explain(params)),
                Method.asks("wait", Set.of("table", "timeoutMillis"), this::waitForAll));
    }

    private ObjectNode prune(Params params, Items items) throws ControlException, IOException, InterruptedException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        if (reconciler.options().mode() == Mode.PAUSED) {
            throw new ControlException(
                    Code.FAILED,
                    reconciler.fullName() + " is paused, and prunes nothing",
                    "to let it go on: homeostat reconcilers resume " + reconciler.fullName());
        }
        Set<String> pending =
                reconciler.table().pendingInitializers(view.database().readTxn());
        String hint = pending.isEmpty()
                ? "it goes on: \"homeostat reconcilers\" shows what comes of it"
                : "it runs as soon as table \"" + reconciler.table().name() + "\" is initialized, which waits for: "
                        + String.join(", ", pending);
        return pruned(waiting.on(
                reconciler.prune(),
                params.millis("timeoutMillis", PATIENCE),
                "the prune of " + reconciler.fullName(),
                hint,
                items));
    }

    private ObjectNode confirm(Params params, Items items) throws ControlException, IOException, InterruptedException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        long number = params.number("number");
        Duration timeout = params.millis("timeoutMillis", PATIENCE);
        String name = reconciler.fullName();
        CompletionStage<PruneReport> confirmed;
        try {
            confirmed = reconciler.confirmPrune(number);
        } catch (IllegalArgumentException e) {
            String held = reconciler
                    .heldPrune()
                    .map(prune -> "number " + prune.number()
                            + " is held: read its list with \"homeostat reconcilers held " + name + "\" first")
                    .orElse("to look anew: homeostat reconcilers prune " + name);
            throw new ControlException(Code.UNKNOWN_PRUNE, String.valueOf(e.getMessage()), held);
        }
        confirmed.whenComplete((report, failure) -> logConfirmed(name, number, params.caller(), report, failure));
        return pruned(waiting.on(
                confirmed,
                timeout,
                "prune " + number + " of " + name,
                "it goes on: \"homeostat reconcilers\" shows what comes of it",
                items));
    }

    private static void logConfirmed(
            String name, long number, Caller caller, @Nullable PruneReport report, @Nullable Throwable failure) {
        if (report != null) {
            LOG.atInfo()
                    .addKeyValue("reconciler", name)
                    .log(
                            "reconciler {}: prune {} was confirmed {}: {} removed, {} spared, {} failed",
                            name,
                            number,
                            caller.by(),
                            report.removed().size(),
                            report.spared().size(),
                            report.failed().size());
        } else {
            LOG.atInfo()
                    .addKeyValue("reconciler", name)
                    .log(
                            "reconciler {}: prune {} was confirmed {}, and ended so: {}",
                            name,
                            number,
                            caller.by(),
                            failure);
        }
    }

    private ObjectNode retry(Params params) throws ControlException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        String text = params.optionalText("key");
        if (text == null) {
            return retried(retryFailing(reconciler), "", reconciler, null);
        }
        TableReader<?> table = directory.table(reconciler.table().name());
        Key key = table.key(text);
        if (!reconciler.retry(key)) {
            throw table.unknown(view.database().readTxn(), text);
        }
        return retried(1, text + " ", reconciler, key);
    }

    private static ObjectNode retried(long count, String row, Reconciler<?> reconciler, @Nullable Key key) {
        String held = SteeringMethods.held(reconciler, key);
        String name = reconciler.fullName();
        String rows = row.isEmpty() ? count + (count == 1 ? " row " : " rows ") : row;
        return Acting.did(
                JSON.objectNode().put("retried", count).put("heldBack", held),
                count == 0
                        ? name + ": nothing fails"
                        : rows + "of " + name + (count == 1 ? " is" : " are") + " tried "
                                + (held.isEmpty() ? "now" : "as soon as may be: " + held));
    }

    private static ObjectNode pruned(PruneReport report) {
        boolean ok = report.failed().isEmpty() && report.held() == null;
        return Acting.tried(ViewJson.pruned(report), ok, PruneLines.of(report));
    }

    private static long retryFailing(Reconciler<?> reconciler) {
        List<String> failing =
                reconciler.failures().map(ReconcilerHealth.Failing::key).toList();
        return failing.stream()
                .map(reconciler.table().spec()::parseKey)
                .filter(reconciler::retry)
                .count();
    }

    private ObjectNode explain(Params params) throws ControlException {
        TableReader<?> table = directory.table(params.text("table"));
        String text = params.text("key");
        Key key = table.key(text);
        ReadTxn txn = view.database().readTxn();
        JoinedRow row = table.one(txn, key);
        ArrayNode explained = JSON.arrayNode();
        directory
                .reconcilersOf(table.name())
                .forEach(reconciler -> reconciler
                        .explain(key)
                        .map(why -> explained(why, reconciler, key, on -> isMissing(txn, on)))
                        .ifPresent(explained::add));
        if (row == null && explained.isEmpty()) {
            throw unknown(table, txn, text, key);
        }
        ObjectNode json = now().put("table", table.name()).put("key", text);
        json.set("row", ViewJson.orNull(row, ViewJson::row));
        json.put("owner", ViewJson.owner(view.rows().ownerOf(table.name(), key)));
        json.set("reconcilers", explained);
        return json;
    }

    /** Whether that row is not there, and one could insert it. */
    private boolean isMissing(ReadTxn txn, Blocker on) {
        try {
            TableReader<?> table = directory.table(on.table());
            JoinedRow row = table.one(txn, table.key(on.key()));
            return table.takesDocuments() && (row == null || row.deleted());
        } catch (ControlException e) { // no such table, or no key of it: what the plugin says is said in the status
            return false;
        }
    }

    private ObjectNode explained(Explanation why, Reconciler<?> reconciler, Key key, Predicate<Blocker> missing) {
        ObjectNode json = ViewJson.explanation(why);
        ViewJson.mode(json, reconciler, view.steering());
        boolean paused = reconciler.pausedKeys().contains(key);
        json.put("pausedRow", paused);
        json.set(
                "failingSince",
                FailuresJson.failing(reconciler, key)
                        .<JsonNode>map(
                                failing -> JSON.stringNode(failing.since().toString()))
                        .orElse(JSON.nullNode()));
        json.set(
                "waysOut",
                ViewJson.array(
                        WaysOut.of(why, reconciler, json.path("modeFrom").asString(), paused, missing),
                        WaysOut.WayOut::json));
        return json;
    }

    /** A key that no row has may be paused all the same: somebody mistyped it, or its row went. */
    private ControlException unknown(TableReader<?> table, ReadTxn txn, String text, Key key) {
        ControlException unknown = table.unknown(txn, text);
        String paused = directory.reconcilersOf(table.name()).stream()
                .filter(reconciler -> reconciler.pausedKeys().contains(key))
                .map(Reconciler::fullName)
                .collect(Collectors.joining(", "));
        return paused.isEmpty()
                ? unknown
                : new ControlException(
                        Code.UNKNOWN_KEY, unknown.getMessage() + "; the key is paused in " + paused, unknown.hint());
    }

    private ObjectNode waitForAll(Params params, Items items)
            throws ControlException, IOException, InterruptedException {
        String table = params.optionalText("table");
        if (table != null) {
            directory.table(table);
        }
        Duration timeout = params.millis("timeoutMillis", PATIENCE);
        List<Reconciler<?>> waited = view.reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .filter(one -> table == null || one.table().name().equals(table))
                .toList();
        Map<String, CompletableFuture<WaitResult>> begun = new LinkedHashMap<>();
        waited.forEach(
                one -> begun.put(one.fullName(), one.waitForReconciliation().toCompletableFuture()));
        Map<String, WaitResult> results;
        try {
            results = waiting.onAll(begun, timeout, items);
        } catch (ControlException e) {
            throw e.code() != Code.TIMEOUT
                    ? e
                    : new StillToDo(waited.stream()
                                    .filter(one -> Objects.requireNonNull(begun.get(one.fullName()))
                                            .isCancelled())
                                    .toList())
                            .beside(e);
        }
        ObjectNode json = now();
        json.put("reconciled", results.values().stream().allMatch(WaitResult::reconciled));
        ArrayNode each = JSON.arrayNode();
        results.forEach((name, result) -> each.add(waited(name, result)));
        json.set("reconcilers", each);
        return json;
    }

    private ObjectNode waited(String name, WaitResult result) {
        ObjectNode json = ViewJson.waited(name, result);
        view.reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .filter(one -> one.fullName().equals(name))
                .forEach(one -> {
                    ViewJson.mode(json, one, view.steering());
                    ViewJson.paused(json, one, MOST_PAUSED);
                });
        return json;
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
