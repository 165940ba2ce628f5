package dev.homeostat.host.leak;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.view.Leak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that stopped plugins are collected: follows their class loaders, and asks for garbage collections, for without being asked the collector of a
 * quiet host may not come for hours. What is still there after five seconds, and after a full collection, has leaked; it is looked for ever more rarely, and
 * what keeps it is told. Safe for all threads.
 */
public final class UnloadWatch {
    /** After an unload; the last look decides. */
    static final List<Duration> LOOKS = List.of(
            Duration.ZERO,
            Duration.ofMillis(200),
            Duration.ofMillis(1000),
            Duration.ofMillis(2500),
            Duration.ofMillis(4500));

    private static final Logger LOG = LoggerFactory.getLogger(UnloadWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(80);
    private static final Duration ONE_FOR_ALL = Duration.ofMillis(100);

    private final Scheduler scheduler;
    private final Pins pins;
    private final Collector collector;
    private final Set<Unloading> following = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> listener = plugin -> {};
    private final LastCollection beside = new LastCollection();
    private final LastCollection ofAll = new LastCollection();

    /**
     * Nothing is watched yet.
     *
     * @param pins finds what keeps a loader
     */
    public UnloadWatch(Scheduler scheduler, Pins pins, Collector collector) {
        this.scheduler = scheduler;
        this.pins = pins;
        this.collector = collector;
    }

    /** Who is told, by a plugin's id, that {@link #leaks} would answer something else. Called on a thread of the scheduler. Before the first unload. */
    public void listen(Consumer<String> changed) {
        listener = changed;
    }

    /** The host has given up a plugin's classes: from now on they are watched, and not held. */
    public void unloaded(String plugin, String version, ClassLoader loader) {
        loaded(plugin, version, loader).unloaded();
    }

    Unloading loaded(String plugin, String version, ClassLoader loader) {
        return new Unloading(this, plugin, version, loader);
    }

    /** What has leaked now, by plugin and then in the order of the unloads. */
    public List<Leak> leaks() {
        return following.stream()
                .filter(Unloading::hasLeaked)
                .sorted(Comparator.comparing(Unloading::plugin).thenComparing(Unloading::unloadedAt))
                .map(one -> new Leak(one.plugin(), one.version(), one.unloadedAt(), one.reason()))
                .toList();
    }

    /** Whether it is known of all that was unloaded what came of it: it was collected, or has leaked. */
    public boolean isSettled() {
        return following.stream().allMatch(Unloading::hasLeaked);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void follow(Unloading unloading) {
        following.add(unloading);
        scheduler.execute(() -> look(unloading, 0));
    }

    private void look(Unloading unloading, int looks) {
        if (!unloading.isCollected()) {
            if (looks == LOOKS.size() - 1) { // what is not found dead now is told to leak: it has to be true
                ofAll.since(unloading.unloadedNanos(), collector::collectAll);
            } else {
                beside.since(unloading.unloadedNanos(), collector::collect);
            }
        }
        if (unloading.isCollected()) {
            ended(unloading);
            return;
        }
        if (looks >= LOOKS.size() - 1) {
            leaked(unloading);
        }
        scheduler.schedule(pause(unloading, looks), () -> look(unloading, looks + 1));
    }

    private Duration pause(Unloading unloading, int looks) {
        if (looks < LOOKS.size() - 1) {
            Duration passed = Duration.ofNanos(scheduler.nanoTime() - unloading.unloadedNanos());
            Duration left = LOOKS.get(looks + 1).minus(passed);
            return left.isPositive() ? left : Duration.ofMillis(1);
        }
        Duration doubled = Duration.ofSeconds(5L << Math.min(10, looks - LOOKS.size() + 1));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void ended(Unloading unloading) {
        following.remove(unloading);
        Duration took = Duration.ofNanos(scheduler.nanoTime() - unloading.unloadedNanos());
        if (unloading.hasLeaked()) {
            LOG.atInfo()
                    .addKeyValue("plugin", unloading.plugin())
                    .log(
                            "plugin {} {}: its classes are collected after all, {} s after they were unloaded",
                            unloading.plugin(),
                            unloading.version(),
                            took.toSeconds());
            listener.accept(unloading.plugin());
        } else {
            LOG.atInfo()
                    .addKeyValue("plugin", unloading.plugin())
                    .log(
                            "plugin {} {}: its classes were collected {} ms after they were unloaded",
                            unloading.plugin(),
                            unloading.version(),
                            took.toMillis());
        }
    }

    private void leaked(Unloading unloading) {
        List<Pin> found = pinsOf(unloading);
        if (found != null && unloading.leaked(found)) {
            LOG.atWarn()
                    .addKeyValue("plugin", unloading.plugin())
                    .log(
                            "plugin {} {}: its classes were not collected: {}",
                            unloading.plugin(),
                            unloading.version(),
                            unloading.reason());
            listener.accept(unloading.plugin());
        }
    }

    private @Nullable List<Pin> pinsOf(Unloading unloading) {
        ClassLoader loader = unloading.loader();
        if (loader == null) {
            return null;
        }
        List<ClassLoader> gone = new ArrayList<>();
        for (Unloading each : following) {
            ClassLoader other = each.loader();
            if (other != null) {
                gone.add(other);
            }
        }
        return pins.of(Suspect.of(unloading.plugin(), loader, gone));
    }

    /** Plugins that were unloaded together share a collection. */
    private final class LastCollection {
        private long at; // guarded by this
        private boolean was; // guarded by this

        synchronized void since(long unloadedNanos, Runnable collect) {
            long now = scheduler.nanoTime();
            if (!was || at - unloadedNanos < 0 || now - at >= ONE_FOR_ALL.toNanos()) {
                at = now;
                was = true;
                collect.run();
            }
        }
    }
}
