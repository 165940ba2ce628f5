package dev.homeostat.host.control;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.TableView;
import dev.homeostat.host.view.Verdict;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is there, and how it goes. */
final class StatusMethods {
    /** In an overview, that many removals of a held prune, paused rows and different errors are enough. */
    private static final int LISTED_IN_OVERVIEW = 10;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final HostView view;
    private final Directory directory;

    StatusMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(
                Method.asks("status", Set.of(), (params, items) -> status()),
                Method.asks("plugins", Set.of(), (params, items) -> plugins()),
                Method.asks("db.tables", Set.of(), (params, items) -> tables()),
                Method.asks("reconcilers", Set.of("name"), (params, items) -> reconcilers(params)),
                Method.asks("reconcilers.failures", Set.of("name", "limit"), this::failures));
    }

    private ObjectNode status() {
        ReadTxn txn = view.database().readTxn();
        ObjectNode json = now();
        json.set("host", host());
        json.set("plugins", ViewJson.array(view.plugins(), ViewJson::plugin));
        json.set("tables", tables(txn));
        json.set(
                "reconcilers",
                ViewJson.array(
                        view.reconcilers(), one -> ViewJson.reconciler(one, txn, view.steering(), LISTED_IN_OVERVIEW)));
        json.set("sources", ViewJson.array(view.sources(), ViewJson::source));
        json.set("health", ViewJson.array(view.health(), ViewJson::health));
        return json;
    }

    private ObjectNode host() {
        var took = view.startTook();
        ObjectNode json = JSON.objectNode()
                .put("version", view.version())
                .put("state", view.state().toLowerCase(Locale.ROOT))
                .put("home", view.home().toString())
                .put("pid", ProcessHandle.current().pid())
                .put("startedAt", view.startedAt().toString());
        json.set("readyAfterMillis", took == null ? JSON.nullNode() : JSON.numberNode(took.toMillis()));
        Verdict verdict = Verdict.of(view);
        json.put("degraded", verdict.degraded()).put("verdict", verdict.text());
        json.set("degradedSince", ViewJson.orNull(verdict.since(), since -> JSON.stringNode(since.toString())));
        return json;
    }

    private ObjectNode plugins() {
        ObjectNode json = now();
        json.set("plugins", ViewJson.array(view.plugins(), ViewJson::plugin));
        return json;
    }

    private ObjectNode tables() {
        ObjectNode json = now();
        json.set("tables", tables(view.database().readTxn()));
        return json;
    }

    private ArrayNode tables(ReadTxn txn) {
        ArrayNode tables = JSON.arrayNode();
        for (TableView table : view.tables()) {
            try {
                tables.add(ViewJson.table(table, txn));
            } catch (TableRemovedException e) {
                // It came after the snapshot, or goes right now: it is not part of this answer.
            }
        }
        return tables;
    }

    private ObjectNode reconcilers(Params params) throws ControlException {
        String name = params.optionalText("name");
        var wanted = name == null ? null : directory.reconciler(name);
        ReadTxn txn = view.database().readTxn();
        ObjectNode json = now();
        json.set(
                "reconcilers",
                ViewJson.array(
                        view.reconcilers().stream()
                                .filter(one ->
                                        wanted == null || one.reconciler().equals(wanted))
                                .toList(),
                        one -> ViewJson.reconciler(
                                one, txn, view.steering(), wanted == null ? LISTED_IN_OVERVIEW : Integer.MAX_VALUE)));
        return json;
    }

    /** All that fails, in the order in which it began to; looked up as the client reads, so that a hundred thousand rows are never a list here. */
    private ObjectNode failures(Params params, Items items) throws ControlException, IOException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        long limit = params.count("limit", Long.MAX_VALUE);
        ObjectNode json = now().put("name", reconciler.fullName());
        long count = 0;
        Iterator<ReconcilerHealth.Failing> failing =
                reconciler.failures().limit(limit).iterator();
        while (failing.hasNext()) {
            items.item(FailuresJson.failing(failing.next()));
            count++;
        }
        return json.put("count", count)
                .put("failing", Math.max(count, reconciler.health().failing()));
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
