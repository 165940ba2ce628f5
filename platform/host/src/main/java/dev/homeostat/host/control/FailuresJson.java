package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.reconciler.FailureGroup;
import dev.homeostat.reconciler.FailureGroups;
import dev.homeostat.reconciler.RunningReconciler;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON of rows that fail: one by one, and by equal errors. */
final class FailuresJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FailuresJson() {}

    static ObjectNode failing(ReconcilerHealth.Failing failing) {
        ObjectNode json = JSON.objectNode()
                .put("key", failing.key())
                .put("delete", failing.delete())
                .put("since", failing.since().toString());
        json.set("status", ViewJson.status(failing.status()));
        return json;
    }

    /** All that fails by equal errors, as many as that listed and the others counted. */
    static ObjectNode byError(Reconciler<?> reconciler, int most) {
        FailureGroups groups = reconciler instanceof RunningReconciler<?> running
                ? running.failureGroups(most)
                : new FailureGroups(List.of(), 0, 0);
        ObjectNode json = JSON.objectNode().put("errors", groups.errors());
        json.set("groups", ViewJson.array(groups.largest(), FailuresJson::group));
        return json.put("others", groups.others());
    }

    static Optional<ReconcilerHealth.Failing> failing(Reconciler<?> reconciler, Key key) {
        return reconciler instanceof RunningReconciler<?> running ? running.failing(key) : Optional.empty();
    }

    private static ObjectNode group(FailureGroup group) {
        ObjectNode json = JSON.objectNode()
                .put("error", group.error())
                .put("count", group.count())
                .put("operation", group.oldest().delete() ? "delete" : "update")
                .put("kind", kind(group.oldest().status()));
        json.set("oldest", failing(group.oldest()));
        return json;
    }

    private static String kind(Status status) {
        return status.isPermanent() ? "permanent" : status.blockedOn() != null ? "blocked" : "retrying";
    }
}
