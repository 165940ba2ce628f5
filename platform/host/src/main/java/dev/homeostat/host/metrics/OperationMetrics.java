package dev.homeostat.host.metrics;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Timer;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the figures of each reconciler: what it reports, and what it says when it is asked. Safe for all threads. */
final class OperationMetrics implements ReconcilerMetrics {
    private final MetricBook book;
    private final Scheduler clock;
    private final ConcurrentHashMap<String, Figures> reconcilers = new ConcurrentHashMap<>();

    OperationMetrics(MetricBook book, Scheduler clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
        figures(reconciler).operation(kind).ended(took, failed);
    }

    @Override
    public void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {
        Figures figures = figures(reconciler);
        figures.prune.ended(took, result == PruneResult.FAILED);
        if (result == PruneResult.HELD) {
            figures.prunesHeld.inc();
        }
    }

    @Override
    public void failing(String reconciler, long objects) {
        figures(reconciler).failing = objects;
    }

    /** What is asked of a reconciler is shown from now on; what it reports was since it was started. */
    void added(Reconciler<?> reconciler) {
        MetricGroup group = figures(reconciler.fullName()).group;
        Recent<ReconcilerStats> stats = new Recent<>(clock::nanoTime, reconciler::stats);
        group.gauge(Figure.RECONCILER_QUEUED, () -> stats.get().queued());
        group.gauge(Figure.RECONCILER_RUNNING, () -> stats.get().running());
        group.counter(Figure.RECONCILER_REFRESHES, () -> stats.get().refreshes());
        group.counter(Figure.RECONCILER_RETRIES, () -> stats.get().retries());
        group.counter(Figure.RECONCILER_PRUNED, () -> stats.get().pruned());
        Recent<ReconcilerHealth> health = new Recent<>(clock::nanoTime, reconciler::health);
        group.gauge(Figure.RECONCILER_OBJECTS, () -> health.get().objects());
        group.flag(Figure.RECONCILER_DEGRADED, () -> !health.get().ok());
        group.number(Figure.RECONCILER_OLDEST_FAILURE, () -> oldestFailure(health.get()));
        group.flag(Figure.RECONCILER_PAUSED, () -> reconciler.options().mode() == Mode.PAUSED);
        group.flag(Figure.RECONCILER_PLANNING, () -> reconciler.options().mode() == Mode.PLAN);
        group.gauge(Figure.RECONCILER_PAUSED_ROWS, () -> reconciler.pausedKeys().size());
        group.gauge(
                Figure.RECONCILER_HELD_REMOVALS,
                () -> reconciler.heldPrune().map(OperationMetrics::removals).orElse(0));
    }

    private static int removals(HeldPrune held) {
        return held.removals().size();
    }

    /** In seconds. */
    private double oldestFailure(ReconcilerHealth health) {
        Instant now = clock.instant();
        return health.failures().stream()
                .findFirst()
                .map(failing ->
                        Math.max(0, Duration.between(failing.since(), now).toMillis() / 1000.0))
                .orElse(0.0);
    }

    /** Takes away the figures of a reconciler that stopped. */
    void remove(String reconciler) {
        Figures figures = reconcilers.remove(reconciler);
        if (figures != null) {
            figures.group.close();
        }
    }

    private Figures figures(String reconciler) {
        Figures known = reconcilers.get(reconciler);
        return known != null ? known : reconcilers.computeIfAbsent(reconciler, name -> new Figures(book, name));
    }

    /** Durations and errors of one kind of operation. */
    private record Operation(Timer took, Counter errors) {
        static Operation of(MetricGroup group, OperationKind kind) {
            return switch (kind) {
                case UPDATE -> of(group, Figure.RECONCILER_UPDATE, Figure.RECONCILER_UPDATE_ERRORS);
                case DELETE -> of(group, Figure.RECONCILER_DELETE, Figure.RECONCILER_DELETE_ERRORS);
                case REMOVAL -> of(group, Figure.RECONCILER_REMOVAL, Figure.RECONCILER_REMOVAL_ERRORS);
                case OBSERVE -> of(group, Figure.RECONCILER_OBSERVE, Figure.RECONCILER_OBSERVE_ERRORS);
            };
        }

        static Operation of(MetricGroup group, Figure took, Figure errors) {
            return new Operation(group.timer(took), group.counter(errors));
        }

        void ended(Duration duration, boolean failed) {
            took.update(duration);
            if (failed) {
                errors.inc();
            }
        }
    }

    /** The figures of one reconciler. */
    private static final class Figures {
        private final MetricGroup group;
        private final Map<OperationKind, Operation> operations = new EnumMap<>(OperationKind.class);
        private final Operation prune;
        private final Counter prunesHeld;
        private volatile long failing;

        Figures(MetricBook book, String reconciler) {
            group = new MetricGroup(book, reconciler);
            for (OperationKind kind : OperationKind.values()) {
                operations.put(kind, Operation.of(group, kind));
            }
            prune = Operation.of(group, Figure.RECONCILER_PRUNE, Figure.RECONCILER_PRUNE_ERRORS);
            prunesHeld = group.counter(Figure.RECONCILER_PRUNES_HELD);
            group.gauge(Figure.RECONCILER_FAILING, () -> failing);
        }

        Operation operation(OperationKind kind) {
            return requireNonNull(operations.get(kind), "kind");
        }
    }
}
