package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.Carried;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * All that one plugin contributed, and the one place where it ends. {@code contribute} adds from its own thread; all else is done by the lifecycle thread.
 */
final class PluginScope {
    private final Leash leash;
    private final PluginThread around;
    private final DatabaseHandle database;
    private final SchedulerHandle scheduler;
    private final Scheduler clock;
    private final Duration startDeadline;
    private final List<Contribution> contributions = new ArrayList<>();
    private final Set<Contribution> started = ConcurrentHashMap.newKeySet();

    PluginScope(String plugin, ClassLoader loader, HostServices services) {
        this.leash = new Leash(plugin);
        this.around = new PluginThread(plugin, loader, services.health());
        this.clock = services.scheduler();
        this.startDeadline = services.startDeadline();
        this.database = new DatabaseHandle(leash, services.database(), services.lookups());
        this.scheduler = new SchedulerHandle(leash, services.scheduler(), around);
    }

    Leash leash() {
        return leash;
    }

    PluginThread around() {
        return around;
    }

    DatabaseHandle database() {
        return database;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Takes a declaration. */
    synchronized void add(Contribution contribution) {
        leash.checkContributing(contribution.thing());
        contributions.add(contribution);
    }

    /** Takes something that is alive already and is to be ended whatever comes. */
    synchronized void addStarted(Contribution contribution) {
        add(contribution);
        started.add(contribution);
    }

    /** The contributions of one class, in the order of their declaration. */
    <C> List<C> all(Class<C> type) {
        return declared().filter(type::isInstance).map(type::cast).toList();
    }

    private synchronized Stream<Contribution> declared() {
        return List.copyOf(contributions).stream();
    }

    /**
     * Starts what is of that kind.
     *
     * @param carried what they go on from; stays as it is
     * @throws PluginRefusedException names what did not start
     */
    void start(Contribution.Kind kind, Carried carried) throws InterruptedException {
        for (Contribution contribution : declared().toList()) {
            if (contribution.kind() == kind && started.add(contribution)) {
                start(contribution, carried);
            }
        }
    }

    /** On a thread of its own: what is started may ask a codec, an index or a bean of the plugin, and none of these has promised to answer. */
    private void start(Contribution contribution, Carried carried) throws InterruptedException {
        String thing = contribution.thing();
        AtomicBoolean awaited = new AtomicBoolean(true);
        Callback callback = Callback.start(leash.plugin() + ": start of " + thing, around, () -> {
            contribution.start(carried);
            if (!awaited.compareAndSet(true, false)) {
                contribution.stop(
                        Deadline.in(Duration.ZERO, clock), Carried.nothing()); // too late: it has been stopped
            }
        });
        try {
            callback.await(Deadline.in(startDeadline.plus(contribution.extra(carried)), clock));
        } catch (TimeoutException e) {
            if (awaited.compareAndSet(true, false)) {
                throw new PluginRefusedException(thing + ": its start did not end within " + startDeadline.toMillis()
                        + " ms; " + e.getMessage());
            }
        } catch (InterruptedException e) {
            awaited.set(false); // the host stops, and its stop of this may come before its start is over
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PluginRefusedException(thing + ": " + Reasons.of(cause), cause);
        }
    }

    /**
     * Ends all that several plugins contributed: first their work, then their reconcilers, each kind at once; then the rest one by one, in reverse order.
     *
     * @param scopes those that depend on others first
     * @param carried takes in what those that are started next go on from
     * @return what did not end as it should, for the log
     */
    static List<String> stop(List<PluginScope> scopes, Deadline deadline, Carried carried) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        scopes.forEach(PluginScope::endContributing);
        scopes.forEach(scope -> scope.scheduler.close());
        together(scopes, Contribution.Kind.WORK, part(deadline, 0.3), carried, problems);
        together(scopes, Contribution.Kind.RECONCILER, part(deadline, 0.7), carried, problems);
        for (PluginScope scope : scopes) {
            scope.stopRest(deadline, carried, problems);
        }
        return problems;
    }

    /** A thread of {@code contribute} that was abandoned may go on: what it would add from here on, nobody would end. */
    private synchronized void endContributing() {
        leash.contributed();
    }

    private static Deadline part(Deadline deadline, double share) {
        return deadline.atMost(Duration.ofNanos((long) (deadline.remaining().toNanos() * share)));
    }

    private static void together(
            List<PluginScope> scopes, Contribution.Kind kind, Deadline deadline, Carried carried, List<String> problems)
            throws InterruptedException {
        List<Stopping> all = new ArrayList<>();
        for (PluginScope scope : scopes) {
            for (Contribution contribution : scope.declared().toList().reversed()) {
                if (contribution.kind() == kind && scope.started.remove(contribution)) {
                    all.add(scope.stopping(contribution, deadline, carried));
                }
            }
        }
        for (Stopping one : all) {
            one.await(deadline, problems);
        }
    }

    private void stopRest(Deadline deadline, Carried carried, List<String> problems) throws InterruptedException {
        for (Contribution contribution : declared().toList().reversed()) {
            if (contribution.kind() == Contribution.Kind.TABLE) {
                database.close();
            }
            if (started.remove(contribution)) {
                // A little time even when all is over: most things end at once, and those must.
                Deadline own = deadline.remaining().isPositive()
                        ? part(deadline, 0.5)
                        : Deadline.in(Duration.ofMillis(20), scheduler);
                Deadline whole = own.plus(contribution.extra(carried));
                stopping(contribution, whole, carried).await(whole, problems);
            }
        }
        database.close();
        leash.stop();
        synchronized (this) {
            contributions.clear();
        }
        around.release();
    }

    private Stopping stopping(Contribution contribution, Deadline deadline, Carried carried) {
        String name = leash.plugin() + ": stop of " + contribution.thing();
        return new Stopping(name, Callback.start(name, around, () -> contribution.stop(deadline, carried)));
    }

    /** A contribution that is being stopped. */
    private record Stopping(String name, Callback callback) {
        void await(Deadline deadline, List<String> problems) throws InterruptedException {
            try {
                callback.await(deadline);
            } catch (TimeoutException e) {
                problems.add(name + " did not end in time: " + e.getMessage());
            } catch (ExecutionException e) {
                problems.add(name + ": " + Reasons.of(e.getCause() == null ? e : e.getCause()));
            }
        }
    }
}
