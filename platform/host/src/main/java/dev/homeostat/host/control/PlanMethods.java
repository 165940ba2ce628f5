package dev.homeostat.host.control;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.host.view.HostView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What reconcilers would do, and in what their targets differ; nothing here changes a target. */
final class PlanMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double MOST_SECONDS = Duration.ofDays(1).toSeconds();

    private final HostView view;
    private final Directory directory;
    private final Waiting waiting;

    PlanMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
        this.waiting = new Waiting(view.scheduler());
    }

    List<Method> methods() {
        return List.of(
                Method.asks("reconcilers.plan", Set.of("name"), this::plan),
                Method.asks("reconcilers.observe", Set.of("name", "timeoutMillis"), this::observe));
    }

    private ObjectNode plan(Params params, Items items) throws ControlException, IOException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        Table<PlannedChange> plan = reconciler.plan().orElse(null);
        ObjectNode json = now().put("name", reconciler.fullName());
        json.put("mode", reconciler.options().mode().name().toLowerCase(Locale.ROOT));
        long count = 0;
        if (plan != null) {
            ReadTxn txn = view.database().readTxn();
            for (Row<PlannedChange> row : plan.all(txn)) {
                items.item(change(row.value()));
                count++;
            }
        }
        return json.put("count", count).put("pruneState", ViewJson.pruneState(reconciler));
    }

    private static ObjectNode change(PlannedChange change) {
        return JSON.objectNode()
                .put("operation", change.operation())
                .put("key", change.key())
                .put("cause", change.cause().name().toLowerCase(Locale.ROOT))
                .put("generation", change.generation())
                .put("since", change.since().toString())
                .put("drift", change.drift())
                .put("error", change.error())
                .put("held", change.held());
    }

    private ObjectNode observe(Params params, Items items) throws ControlException, IOException, InterruptedException {
        Reconciler<?> reconciler = directory.reconciler(params.text("name"));
        Duration enough = enough(reconciler);
        DriftReport report = waiting.on(
                reconciler.observe(),
                params.millis("timeoutMillis", enough),
                "the look at the target of " + reconciler.fullName(),
                "it looks at "
                        + Double.toString(reconciler.options().refreshRate()).replaceFirst("\\.0$", "")
                        + " rows a second (refresh-rate), and there are "
                        + reconciler.health().objects() + ": homeostat reconcilers observe " + reconciler.fullName()
                        + " --timeout " + enough.toSeconds() + "s",
                items);
        ObjectNode json = now().put("name", reconciler.fullName())
                .put("inSync", report.inSync())
                .put("drifted", report.drifted())
                .put("failed", report.failed());
        json.set(
                "findings",
                ViewJson.array(
                        report.findings(),
                        finding -> JSON.objectNode()
                                .put("key", finding.key())
                                .put("drift", finding.drift())
                                .put("error", finding.error())));
        return json;
    }

    /** What a look at all rows takes at the rate of refreshes, and a quarter more; half a minute at least. */
    private static Duration enough(Reconciler<?> reconciler) {
        double seconds = reconciler.health().objects() / reconciler.options().refreshRate();
        return Duration.ofSeconds(PATIENCE.toSeconds() + (long) Math.min(MOST_SECONDS, 1.25 * seconds));
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
