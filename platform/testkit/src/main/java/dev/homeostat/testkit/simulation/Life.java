package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One life of a reconciler: from its start to its stop, or to the end of the process. */
final class Life<T> {
    final String name;
    final int number;
    final Boot<T> boot;
    final long startedNanos;
    final long startedRevision;
    private final List<InForce> options = new ArrayList<>();
    private @Nullable RunningReconciler<T> reconciler;
    private @Nullable CompletableFuture<Void> stopped;
    private long stoppingSince = Long.MAX_VALUE;

    /** The keys that are paused, and for each that ever was when it was resumed last. */
    private final Set<Key> paused = new LinkedHashSet<>();

    private final Map<Key, Long> resumed = new HashMap<>();

    /** Options, and since when they are in force. */
    record InForce(Options options, long sinceNanos) {}

    Life(String name, int number, Boot<T> boot, Options options) {
        this.name = name;
        this.number = number;
        this.boot = boot;
        this.startedNanos = boot.nanoTime();
        this.startedRevision = boot.table.revision(boot.database.readTxn());
        this.options.add(new InForce(options, startedNanos));
    }

    /** @param slot where its statuses live, or null when that is beside the rows */
    void start(Operations<T> operations, @Nullable StatusSlot<T> slot) {
        reconciler = slot == null
                ? boot.reconcilers.start(name, boot.table, operations, options())
                : boot.reconcilers.start(name, boot.table, slot, operations, options());
    }

    RunningReconciler<T> reconciler() {
        RunningReconciler<T> present = reconciler;
        if (present == null) {
            throw new IllegalStateException(name + " has not started");
        }
        return present;
    }

    Options options() {
        return options.getLast().options();
    }

    void options(Options next) {
        options.add(new InForce(next, boot.nanoTime()));
        reconciler().options(next);
    }

    long optionsSinceNanos() {
        return options.getLast().sinceNanos();
    }

    /** All options that were in force at some time since then. */
    List<Options> optionsSince(long nanos) {
        List<Options> all = new ArrayList<>();
        for (int i = options.size() - 1; i >= 0; i--) {
            all.add(options.get(i).options());
            if (options.get(i).sinceNanos() < nanos) {
                break;
            }
        }
        return all;
    }

    /** All options that it ever had. */
    List<Options> allOptions() {
        return optionsSince(Long.MIN_VALUE);
    }

    Duration shortestRetrySince(long nanos) {
        return optionsSince(nanos).stream()
                .map(Options::retryMin)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    void pause(Key key) {
        reconciler().pause(key);
        paused.add(key);
    }

    void resume(Key key) {
        reconciler().resume(key);
        if (paused.remove(key)) {
            resumed.put(key, boot.nanoTime());
        }
    }

    /** Pauses outlive a stop, as long as the process lives. */
    void keepsPauses(Life<T> before) {
        paused.addAll(before.paused);
    }

    Set<Key> paused() {
        return paused;
    }

    /** Whether that key was paused at some time since then. */
    boolean wasPausedSince(Key key, long nanos) {
        return paused.contains(key) || resumed.getOrDefault(key, Long.MIN_VALUE) >= nanos;
    }

    void stop() {
        if (stopped == null) {
            stoppingSince = boot.nanoTime();
            stopped = reconciler().stop().toCompletableFuture();
        }
    }

    /** Whether it works, and nobody has told it to stop. */
    boolean isAlive() {
        return !boot.isDead() && stopped == null;
    }

    long stoppingSince() {
        return stoppingSince;
    }

    /** Whether nothing of it counts any more. */
    boolean isOver() {
        CompletableFuture<Void> stage = stopped;
        return boot.isDead() || (stage != null && stage.isDone());
    }

    @Override
    public String toString() {
        return name + "." + number;
    }
}
