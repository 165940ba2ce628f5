package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
                new Method("reconcilers.prune", Set.of("name", "timeoutMillis"), (params, items) -> prune(params)),
                new Method(
                        "reconcilers.confirm",
                        Set.of("name", "number", "timeoutMillis"),
                        (params, items) -> confirm(params)),
                new Method("reconcilers.retry", Set.of("name", "key"), (params, items) -> retry(params)),
                new Method("explain", Set.of("table", "key"), (params, items) -> explain(params)),
                new Method("wait", Set.of("table", "timeoutMillis"), (params, items) -> waitForAll(params)));
    }

    private ObjectNode prune(Params params) throws ControlException, InterruptedException {
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
        return ViewJson.pruned(waiting.on(
                reconciler.prune(),
                params.millis("timeoutMillis", PATIENCE),
                "the prune of " + reconciler.fullName(),
                hint));
    }

    private ObjectNode confirm(Params params) throws ControlException, InterruptedException {
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
        confirmed.whenComplete((report, failure) -> logConfirmed(name, number, report, failure));
        return ViewJson.pruned(waiting.on(
                confirmed,
                timeout,
                "prune " + number + " of " + name,
                "it goes on: \"homeostat reconcilers\" shows what comes of it"));
    }

    private static void logConfirmed(
            String name, long number, @Nullable PruneReport report, @Nullable Throwable failure) {
        if (report != null) {
            LOG.info(
                    "reconciler {}: prune {} was confirmed by command: {} removed, {} spared, {} failed",
                    name,
                    number,
                    report.removed().size(),
                    report.spared().size(),
                    report.failed().size());
        } else {
            LOG.info("reconciler {}: prune {} was confirmed by command, and ended so: {}", name, number, failure);
        }
    }

    private ObjectNode retry(Params params) throws ControlException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        String text = params.optionalText("key");
        if (text == null) {
            return JSON.objectNode()
                    .put("retried", retryFailing(reconciler))
                    .put("heldBack", SteeringMethods.held(reconciler, null));
        }
        TableReader<?> table = directory.table(reconciler.table().name());
        Key key = table.key(text);
        if (!reconciler.retry(key)) {
            throw table.unknown(view.database().readTxn(), text);
        }
        return JSON.objectNode().put("retried", 1).put("heldBack", SteeringMethods.held(reconciler, key));
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
                        .map(why -> explained(why, reconciler, key))
                        .ifPresent(explained::add));
        if (row == null && explained.isEmpty()) {
            throw unknown(table, txn, text, key);
        }
        ObjectNode json = now().put("table", table.name()).put("key", text);
        json.set("row", ViewJson.orNull(row, ViewJson::row));
        json.set("reconcilers", explained);
        return json;
    }

    private ObjectNode explained(Explanation why, Reconciler<?> reconciler, Key key) {
        ObjectNode json = ViewJson.explanation(why);
        ViewJson.mode(json, reconciler, view.steering());
        return json.put("pausedRow", reconciler.pausedKeys().contains(key));
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

    private ObjectNode waitForAll(Params params) throws ControlException, InterruptedException {
        String table = params.optionalText("table");
        if (table != null) {
            directory.table(table);
        }
        Duration timeout = params.millis("timeoutMillis", PATIENCE);
        Map<String, CompletionStage<WaitResult>> begun = new LinkedHashMap<>();
        view.reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .filter(one -> table == null || one.table().name().equals(table))
                .forEach(one -> begun.put(one.fullName(), one.waitForReconciliation()));
        Map<String, WaitResult> results = waiting.onAll(begun, timeout);
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
