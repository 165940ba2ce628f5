package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the figures of each reconciler, as {@code reconcilers.TABLE/NAME.FIGURE}. Safe for all threads. */
final class OperationMetrics implements ReconcilerMetrics {
    private final MetricRegistry registry;
    private final ConcurrentHashMap<String, Figures> reconcilers = new ConcurrentHashMap<>();

    OperationMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
        Figures figures = figures(reconciler);
        figures.operation(kind).took.update(took);
        if (failed) {
            figures.operation(kind).errors.inc();
        }
    }

    @Override
    public void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {
        Figures figures = figures(reconciler);
        figures.prune.took.update(took);
        switch (result) {
            case DONE, PLANNED -> {}
            case HELD -> figures.prunesHeld.inc();
            case FAILED -> figures.prune.errors.inc();
        }
    }

    @Override
    public void failing(String reconciler, long objects) {
        figures(reconciler).failing = objects;
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
        return known != null ? known : reconcilers.computeIfAbsent(reconciler, name -> new Figures(registry, name));
    }

    /** Durations and errors of one kind of operation. */
    private record Operation(Timer took, Counter errors) {
        static Operation of(MetricGroup group, String name) {
            return new Operation(group.timer(name), group.counter(name + "-errors"));
        }
    }

    /** The figures of one reconciler. */
    private static final class Figures {
        private final MetricGroup group;
        private final Map<OperationKind, Operation> operations = new EnumMap<>(OperationKind.class);
        private final Operation prune;
        private final Counter prunesHeld;
        private volatile long failing;

        Figures(MetricRegistry registry, String reconciler) {
            group = new MetricGroup(registry, "reconcilers." + reconciler + ".");
            for (OperationKind kind : OperationKind.values()) {
                operations.put(kind, Operation.of(group, kind.toString()));
            }
            prune = Operation.of(group, "prune");
            prunesHeld = group.counter("prunes-held");
            group.gauge("failing", () -> failing);
        }

        Operation operation(OperationKind kind) {
            return java.util.Objects.requireNonNull(operations.get(kind), "kind");
        }
    }
}
