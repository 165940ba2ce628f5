package dev.homeostat.host.notice;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a reconciler degrades and recovers, and when a prune of it is held. Asks each of them once a second, which costs next to nothing: what fails and is mended
 * between two looks is not told. Safe for all threads.
 */
public final class ReconcilerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** So many that went are remembered; plugins that make up new names must not fill the memory. */
    private static final int MOST_REMEMBERED = 1000;

    private final Notices notices;
    private final Function<String, ObjectName> beans;
    private final Scheduler scheduler;
    private final Map<String, Watched> watched = new HashMap<>(); // guarded by this
    /** Of those that went while something failed, since when: the same name may come back mended. */
    private final Map<String, Instant> wentDegraded = new HashMap<>(); // guarded by this

    private Scheduler.@Nullable Timer timer; // guarded by this
    private boolean closed; // guarded by this

    /** @param beans the name of a reconciler's bean, by its full name */
    public ReconcilerWatch(Notices notices, Function<String, ObjectName> beans, Scheduler scheduler) {
        this.notices = notices;
        this.beans = beans;
        this.scheduler = scheduler;
    }

    /** A reconciler, and what was seen of it. Looked at by one thread at a time. */
    private static final class Watched {
        private final Reconciler<?> reconciler;
        private volatile @Nullable Instant degradedSince;
        private long held;
        private boolean silent;

        Watched(Reconciler<?> reconciler) {
            this.reconciler = reconciler;
        }
    }

    /** Watches that one from now on. Nothing is taken to have failed before, but what failed when one of its name went: it is the same over a reload. */
    public synchronized void add(Reconciler<?> reconciler) {
        Watched one = new Watched(reconciler);
        one.degradedSince = wentDegraded.remove(reconciler.fullName());
        watched.put(reconciler.fullName(), one);
        if (timer == null && !closed) {
            timer = scheduler.schedule(PERIOD, this::lookAgain);
        }
    }

    /** Asks the one of that name no more. */
    public synchronized void remove(String reconciler) {
        Watched one = watched.remove(reconciler);
        Instant since = one == null ? null : one.degradedSince;
        if (since != null && wentDegraded.size() < MOST_REMEMBERED) {
            wentDegraded.put(reconciler, since);
        }
    }

    private void lookAgain() {
        look();
        synchronized (this) {
            timer = closed || watched.isEmpty() ? null : scheduler.schedule(PERIOD, this::lookAgain);
        }
    }

    private synchronized List<Watched> watched() {
        return new ArrayList<>(watched.values());
    }

    void look() {
        for (Watched one : watched()) {
            if (!(one.reconciler instanceof RunningReconciler<?> running && running.isStopped())) {
                lookSafely(one);
            }
        }
    }

    /** One that cannot say how it goes must not keep the others from being looked at. */
    private void lookSafely(Watched one) {
        try {
            look(one);
            one.silent = false;
        } catch (RuntimeException | Error e) { // a plugin's key type, say, that fails
            if (!one.silent) {
                one.silent = true;
                LOG.atWarn()
                        .addKeyValue("reconciler", one.reconciler.fullName())
                        .setCause(e)
                        .log(
                                "reconciler {} does not say how it goes, and JMX is told nothing of it until it does",
                                one.reconciler.fullName());
            }
        }
    }

    private void look(Watched one) {
        ReconcilerHealth health = one.reconciler.health();
        HeldPrune held = one.reconciler.heldPrune().orElse(null);
        String name = one.reconciler.fullName();
        Instant since = one.degradedSince;
        if (held != null && held.number() != one.held) {
            one.held = held.number();
            tell(name, held(name, held));
        }
        if (!health.ok() && since == null) {
            one.degradedSince = scheduler.instant();
            tell(name, degraded(name, health));
        } else if (health.ok() && since != null) {
            tell(name, recovered(name, health, since));
            one.degradedSince = null; // after it was told: one that goes in between is remembered
        }
    }

    private void tell(String name, Notice notice) {
        synchronized (this) {
            if (!watched.containsKey(name)) {
                return; // It went meanwhile.
            }
        }
        notices.tell(beans.apply(name), notice);
    }

    private static Notice degraded(String name, ReconcilerHealth health) {
        String error = health.failures().stream()
                .findFirst()
                .map(failing -> failing.key() + ": " + failing.status().error())
                .orElse("");
        return Notice.of(
                NoticeType.RECONCILER_DEGRADED,
                "reconciler " + name + ": " + health.message(),
                name,
                health.message(),
                health.failing(),
                error,
                health.problems().toArray(String[]::new));
    }

    private static Notice recovered(String name, ReconcilerHealth health, Instant since) {
        return Notice.of(
                NoticeType.RECONCILER_RECOVERED,
                "reconciler " + name + ": " + health.message(),
                name,
                health.message(),
                since.toString());
    }

    private static Notice held(String name, HeldPrune held) {
        return Notice.of(
                NoticeType.PRUNE_HELD,
                "reconciler " + name + ": prune " + held.number() + " is held: " + held.reason(),
                name,
                held.number(),
                (long) held.removals().size(),
                held.reason(),
                held.heldAt().toString());
    }

    /** Looks no more. */
    @Override
    public synchronized void close() {
        closed = true;
        watched.clear();
        wentDegraded.clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
