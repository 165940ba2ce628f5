package dev.homeostat.host.jmx;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.host.mxbean.AttemptInfo;
import dev.homeostat.host.mxbean.FailingRow;
import dev.homeostat.host.mxbean.FailureGroupInfo;
import dev.homeostat.host.mxbean.HealthInfo;
import dev.homeostat.host.mxbean.HeldPruneInfo;
import dev.homeostat.host.mxbean.PluginInfo;
import dev.homeostat.host.mxbean.ReconcilerInfo;
import dev.homeostat.host.mxbean.RejectedInfo;
import dev.homeostat.host.mxbean.SourceInfo;
import dev.homeostat.host.mxbean.TableInfo;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.TableView;
import dev.homeostat.reconciler.FailureGroup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Composite data of what the host shows. No list in it is longer than ten. */
final class Infos {
    static final int LISTED = 10;

    private Infos() {}

    static PluginInfo plugin(PluginView plugin) {
        return new PluginInfo(
                plugin.id(),
                plugin.version(),
                plugin.state().name(),
                plugin.reason(),
                plugin.since().toString(),
                plugin.degraded());
    }

    /** Nothing of one that goes right now. */
    static Optional<TableInfo> table(TableView view, HostView host) {
        try {
            var stats = view.table().stats();
            boolean initialized = view.table().initialized(host.database().readTxn());
            return Optional.of(
                    new TableInfo(view.table().name(), view.plugin(), stats.objects(), stats.revision(), initialized));
        } catch (TableRemovedException e) {
            return Optional.empty();
        }
    }

    static ReconcilerInfo reconciler(ReconcilerView view) {
        Reconciler<?> reconciler = view.reconciler();
        ReconcilerHealth health = reconciler.health();
        return new ReconcilerInfo(
                reconciler.fullName(),
                view.plugin(),
                lower(reconciler.options().mode()),
                health.ok(),
                health.message(),
                health.objects(),
                health.failing(),
                reconciler.heldPrune().map(HeldPrune::number).orElse(0L));
    }

    static SourceInfo source(SourceView source) {
        return new SourceInfo(
                source.name(),
                source.plugin(),
                source.state(),
                source.rows(),
                first(source.problems()),
                source.since() == null ? "" : source.since().toString(),
                first(source.waiting()));
    }

    static HealthInfo health(HealthLine line) {
        return new HealthInfo(
                line.plugin(),
                line.name(),
                line.ok(),
                line.message(),
                line.since().toString());
    }

    static FailingRow failing(ReconcilerHealth.Failing failing) {
        Status status = failing.status();
        return new FailingRow(
                failing.key(),
                failing.delete(),
                text(status.error()),
                status.attempts(),
                failing.since().toString(),
                status.updatedAt().toString(),
                text(status.nextAttempt()),
                status.isPermanent(),
                text(status.blockedOn()));
    }

    static FailureGroupInfo group(FailureGroup group) {
        Status status = group.oldest().status();
        String kind = status.isPermanent() ? "permanent" : status.blockedOn() != null ? "blocked" : "retrying";
        return new FailureGroupInfo(
                group.error(),
                group.count(),
                group.oldest().delete() ? "delete" : "update",
                kind,
                group.oldest().key(),
                group.oldest().since().toString(),
                text(status.nextAttempt()),
                text(status.blockedOn()));
    }

    static HeldPruneInfo held(HeldPrune held) {
        return new HeldPruneInfo(
                held.number(),
                held.reason(),
                held.heldAt().toString(),
                held.removals().size(),
                first(held.removals()));
    }

    static AttemptInfo attempt(Explanation.Attempt attempt) {
        return new AttemptInfo(
                attempt.operation(),
                lower(attempt.cause()),
                attempt.generation(),
                attempt.number(),
                attempt.startedAt().toString(),
                attempt.took().toMillis(),
                attempt.outcome(),
                text(attempt.error()));
    }

    static RejectedInfo rejected(RejectedRow row) {
        return new RejectedInfo(
                row.table(), row.key(), row.reason(), row.deleted(), row.since().toString());
    }

    /** A client shows nothing where there is nothing, and not "null". */
    private static String text(@Nullable Object thing) {
        return thing == null ? "" : thing.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> first(List<String> all) {
        return List.copyOf(all.subList(0, Math.min(LISTED, all.size())));
    }
}
