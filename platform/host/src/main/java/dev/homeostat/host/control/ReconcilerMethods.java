package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Steers reconcilers, and asks them why. */
final class ReconcilerMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        CompletionStage<PruneReport> confirmed;
        try {
            confirmed = reconciler.confirmPrune(number);
        } catch (IllegalArgumentException e) {
            String held = reconciler
                    .heldPrune()
                    .map(prune ->
                            "number " + prune.number() + " is held: read its list with \"homeostat reconcilers held "
                                    + reconciler.fullName() + "\" first")
                    .orElse("none is held");
            throw new ControlException(Code.UNKNOWN_PRUNE, String.valueOf(e.getMessage()), held);
        }
        return ViewJson.pruned(waiting.on(
                confirmed,
                timeout,
                "prune " + number + " of " + reconciler.fullName(),
                "it goes on: \"homeostat reconcilers\" shows what comes of it"));
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
                .forEach(reconciler ->
                        reconciler.explain(key).map(ViewJson::explanation).ifPresent(explained::add));
        if (row == null && explained.isEmpty()) {
            throw table.unknown(txn, text);
        }
        ObjectNode json = now().put("table", table.name()).put("key", text);
        json.set("row", ViewJson.orNull(row, ViewJson::row));
        json.set("reconcilers", explained);
        return json;
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
        results.forEach((name, result) -> each.add(ViewJson.waited(name, result)));
        json.set("reconcilers", each);
        return json;
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
