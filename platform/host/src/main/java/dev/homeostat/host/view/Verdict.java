package dev.homeostat.host.view;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How it goes, in one sentence.
 *
 * @param degraded whether a person should look at it, see {@link HostView#degraded}
 * @param text what is wrong and how much of it, such as {@code 1 plugin does not run as it should, 300 rows fail with 3 errors, 1 prune is held}; {@code all is well}
 *     when nothing is. What people stopped, paused or have only planned is no fault, and is told at the end: {@code all is well, with 1 plugin stopped}
 * @param since when the oldest of it began, as far as that is known; null when nothing is wrong
 */
public record Verdict(
        boolean degraded, String text, @Nullable Instant since) {
    /** As of now; costs the same however many rows there are, and fail. */
    public static Verdict of(HostView view) {
        return new Tally().count(view).verdict();
    }

    private static final class Tally {
        private final List<String> clauses = new ArrayList<>();
        private final List<String> asideClauses = new ArrayList<>();
        private @Nullable Instant oldest;
        private long failing;
        private long errors;
        private long held;
        private long otherProblems;

        Tally count(HostView view) {
            long plugins = 0;
            for (PluginView plugin : view.plugins()) {
                if (plugin.degraded()) {
                    plugins++;
                    since(plugin.since());
                }
            }
            add(plugins, "plugin does not run as it should", "plugins do not run as they should");
            view.reconcilers().forEach(this::count);
            countAside(view);
            add(failing, "row fails", "rows fail with " + (errors == 1 ? "one error" : errors + " different errors"));
            add(held, "prune is held", "prunes are held");
            add(otherProblems, "reconciler has a problem", "reconcilers have problems");
            List<SourceView> sources = view.sources().stream()
                    .filter(source -> !source.problems().isEmpty())
                    .toList();
            sources.stream().map(SourceView::since).filter(Objects::nonNull).forEach(this::since);
            add(sources.size(), "source has problems", "sources have problems");
            List<HealthLine> lines =
                    view.health().stream().filter(line -> !line.ok()).toList();
            lines.forEach(line -> since(line.since()));
            add(lines.size(), "health line is degraded", "health lines are degraded");
            return this;
        }

        private void count(ReconcilerView one) {
            ReconcilerHealth health = one.reconciler().health();
            failing += health.failing();
            health.failures().stream().limit(1).forEach(oldestRow -> since(oldestRow.since()));
            HeldPrune prune = one.reconciler().heldPrune().orElse(null);
            if (prune != null) {
                held++;
                since(prune.heldAt());
            }
            if (health.problems().size() > (prune == null ? 0 : 1)) {
                otherProblems++;
            }
            if (health.failing() > 0 && one.reconciler() instanceof RunningReconciler<?> running) {
                errors += running.failureGroups(0).errors();
            }
        }

        /** What does not keep anything in its desired state because somebody wants it so. */
        private void countAside(HostView view) {
            long stopped = view.plugins().stream()
                    .filter(plugin -> plugin.state() == PluginView.State.STOPPED)
                    .count();
            aside(stopped, "plugin", "stopped");
            Map<Mode, Long> modes = view.reconcilers().stream()
                    .collect(Collectors.groupingBy(
                            one -> one.reconciler().options().mode(), Collectors.counting()));
            aside(modes.getOrDefault(Mode.PAUSED, 0L), "reconciler", "paused");
            aside(modes.getOrDefault(Mode.PLAN, 0L), "reconciler", "only planning");
        }

        private void aside(long number, String noun, String state) {
            if (number > 0) {
                asideClauses.add(number + " " + noun + (number == 1 ? " " : "s ") + state);
            }
        }

        private void add(long number, String one, String several) {
            if (number > 0) {
                clauses.add(number + " " + (number == 1 ? one : several));
            }
        }

        private void since(Instant begun) {
            oldest = oldest == null || begun.isBefore(oldest) ? begun : oldest;
        }

        Verdict verdict() {
            String aside = asideClauses.isEmpty() ? "" : ", with " + String.join(", ", asideClauses);
            return clauses.isEmpty()
                    ? new Verdict(false, "all is well" + aside, null)
                    : new Verdict(true, String.join(", ", clauses) + aside, oldest);
        }
    }
}
