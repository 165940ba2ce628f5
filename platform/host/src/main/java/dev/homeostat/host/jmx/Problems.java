package dev.homeostat.host.jmx;

import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.SourceView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with a host, in lines for a person; no more than a person reads. */
final class Problems {
    private static final int LISTED = 100;

    private final List<String> lines = new ArrayList<>();
    private long more;

    private Problems() {}

    static List<String> of(HostView view) {
        Problems problems = new Problems();
        view.plugins().forEach(problems::plugin);
        view.reconcilers().forEach(problems::reconciler);
        view.sources().forEach(problems::source);
        view.health().forEach(problems::health);
        if (problems.more > 0) {
            problems.lines.add("and " + problems.more + " more; \"homeostat status\" lists all");
        }
        return problems.lines;
    }

    private void plugin(PluginView plugin) {
        if (plugin.degraded()) {
            add("plugin " + plugin.id() + ": " + plugin.reason());
        }
    }

    private void reconciler(ReconcilerView one) {
        ReconcilerHealth health = one.reconciler().health();
        String name = "reconciler " + one.reconciler().fullName() + ": ";
        health.problems().forEach(problem -> add(name + problem));
        health.failures().forEach(failing -> add(name + text(failing)));
        long unlisted = health.failing() - health.failures().size();
        if (unlisted > 0) {
            add(name + unlisted + " more rows fail");
        }
    }

    /** What an attempt came to, and what comes next. */
    static String text(ReconcilerHealth.Failing failing) {
        Status status = failing.status();
        String since = failing.since().equals(status.updatedAt()) ? "" : ", fails since " + brief(failing.since());
        return (failing.delete() ? "delete of " : "") + failing.key() + ": " + status.error() + " (attempt "
                + status.attempts() + " at " + brief(status.updatedAt()) + since
                + ", " + next(status) + ")";
    }

    /** A blocked row has no time, and is tried again by itself all the same. */
    private static String next(Status status) {
        if (status.blockedOn() != null) {
            return "next when " + status.blockedOn() + " changes or is done";
        }
        return status.nextAttempt() == null ? "not tried again by itself" : "next at " + brief(status.nextAttempt());
    }

    /** To the millisecond: a person reads it. */
    private static Instant brief(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private void source(SourceView source) {
        source.problems().forEach(problem -> add("source " + source.name() + ": " + problem));
    }

    private void health(HealthLine line) {
        if (!line.ok()) {
            add((line.plugin().isEmpty() ? "" : "plugin " + line.plugin() + ", ") + line.name() + ": "
                    + line.message());
        }
    }

    private void add(String line) {
        if (lines.size() < LISTED) {
            lines.add(line);
        } else {
            more++;
        }
    }
}
