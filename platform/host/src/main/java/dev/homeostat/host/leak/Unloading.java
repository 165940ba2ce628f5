package dev.homeostat.host.leak;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin, as they were loaded once: from {@link UnloadWatch#unloaded} until they are collected. Following the class loader is enough: a
 * module layer holds the loaders of its modules.
 */
final class Unloading {
    private final UnloadWatch watch;
    private final String plugin;
    private final String version;
    private final WeakReference<ClassLoader> loader;
    // Written once, before others see it:
    private long unloadedNanos;
    private Instant unloadedAt = Instant.EPOCH;
    // Guarded by this:
    private boolean unloaded;
    private @Nullable List<Pin> pins;

    Unloading(UnloadWatch watch, String plugin, String version, ClassLoader loader) {
        this.watch = watch;
        this.plugin = plugin;
        this.version = version;
        this.loader = new WeakReference<>(loader);
    }

    /** The host has given them up: from now on they are watched. A second call does nothing. */
    void unloaded() {
        synchronized (this) {
            if (unloaded) {
                return;
            }
            unloaded = true;
        }
        unloadedNanos = watch.scheduler().nanoTime();
        unloadedAt = watch.scheduler().instant();
        watch.follow(this);
    }

    String plugin() {
        return plugin;
    }

    String version() {
        return version;
    }

    long unloadedNanos() {
        return unloadedNanos;
    }

    Instant unloadedAt() {
        return unloadedAt;
    }

    @Nullable
    ClassLoader loader() {
        return loader.get();
    }

    boolean isCollected() {
        return loader.refersTo(null);
    }

    synchronized boolean hasLeaked() {
        return pins != null;
    }

    /** Takes down what keeps them; returns whether that is news. */
    synchronized boolean leaked(List<Pin> found) {
        boolean news = !found.equals(pins);
        pins = List.copyOf(found);
        return news;
    }

    /** What keeps them, for a person. */
    synchronized String reason() {
        List<Pin> found = pins;
        if (found == null || found.isEmpty()) {
            return "nothing was found that holds it; a heap dump would tell"
                    + " (docs/operations.md, \"A plugin that is LEAKED\")";
        }
        return Pin.describe(found);
    }
}
