package dev.homeostat.host.control;

import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.host.control.ControlException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What reconcilers were waited for whose time ran out: how much each has to do, and what has failed for longest. Looks at one failure each, however many there are. */
final class StillToDo {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final int MOST_NAMED = 3;

    private static final int LONGEST_ERROR = 200;

    private final List<Reconciler<?>> reconcilers;

    /** @param reconcilers those that were not done */
    StillToDo(List<Reconciler<?>> reconcilers) {
        this.reconcilers = reconcilers;
    }

    /** The same error, and what was waited for. */
    ControlException beside(ControlException timeout) {
        String named = reconcilers.stream()
                .limit(MOST_NAMED)
                .map(one -> one.fullName() + ": " + text(one))
                .collect(Collectors.joining("; "));
        int more = reconcilers.size() - MOST_NAMED;
        String text = named + (more > 0 ? "; and " + more + " more reconcilers" : "");
        ObjectNode details = JSON.objectNode();
        details.set("waitingFor", ViewJson.array(reconcilers, StillToDo::json));
        return new ControlException(
                Code.TIMEOUT, timeout.getMessage() + (text.isEmpty() ? "" : ": " + text), timeout.hint(), details);
    }

    private static String text(Reconciler<?> reconciler) {
        List<String> parts = new ArrayList<>();
        oldest(reconciler).ifPresent(oldest -> {
            long failing = reconciler.health().failing();
            parts.add((failing > 1 ? failing + " rows fail, for longest " : "1 row fails: ")
                    + oldest.key()
                    + (oldest.delete() ? " (its delete)" : "")
                    + ": "
                    + brief(oldest));
        });
        ReconcilerStats stats = reconciler.stats();
        if (stats.queued() + stats.running() > 0) {
            parts.add(stats.queued() + " queued, " + stats.running() + " running");
        }
        return parts.isEmpty() ? "its last rows were done just now" : String.join("; ", parts);
    }

    private static String brief(ReconcilerHealth.Failing failing) {
        String error = String.valueOf(failing.status().error());
        return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR) + "…";
    }

    private static ObjectNode json(Reconciler<?> reconciler) {
        ReconcilerStats stats = reconciler.stats();
        ObjectNode json = JSON.objectNode()
                .put("name", reconciler.fullName())
                .put("failing", reconciler.health().failing())
                .put("queued", stats.queued())
                .put("running", stats.running());
        oldest(reconciler).ifPresent(oldest -> json.set("oldest", FailuresJson.failing(oldest)));
        return json;
    }

    private static Optional<ReconcilerHealth.Failing> oldest(Reconciler<?> reconciler) {
        return reconciler.failures().findFirst();
    }
}
