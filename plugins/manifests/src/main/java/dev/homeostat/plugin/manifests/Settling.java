package dev.homeostat.plugin.manifests;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says when what was seen in the directory may be believed: when no file has changed, come or gone for a while. Editors truncate and write, or move a file
 * away and write a new one; whoever reads in between reads half a file, or misses one. Used by one thread.
 */
final class Settling {
    private static final int PATIENCE = 8;

    private final Scheduler clock;
    private final Duration settle;
    private final Map<String, Seen> seen = new HashMap<>();
    private @Nullable Long unsettledSince;
    private boolean outOfPatience;

    Settling(Scheduler clock, Duration settle) {
        this.clock = clock;
        this.settle = settle;
    }

    /**
     * How long to wait before looking again; zero when what was seen may be believed.
     *
     * @param known names of the files that were told before; a missing one has to settle too
     */
    Duration remaining(Map<String, @Nullable FileStamp> files, Set<String> known) {
        Set<String> names = new HashSet<>(known);
        names.addAll(files.keySet());
        seen.keySet().retainAll(names);
        Duration longest = Duration.ZERO;
        for (String name : names) {
            Duration remaining = remaining(name, files.get(name));
            longest = remaining.compareTo(longest) > 0 ? remaining : longest;
        }
        return bounded(longest);
    }

    /** Whether the last answer was zero only because something has not rested for long. */
    boolean isOutOfPatience() {
        return outOfPatience;
    }

    private Duration remaining(String name, @Nullable FileStamp stamp) {
        long now = clock.nanoTime();
        Seen before = seen.get(name);
        if (before == null || !Objects.equals(before.stamp, stamp)) {
            boolean old = before == null && stamp != null && isOld(stamp);
            before = new Seen(stamp, old ? now - settle.toNanos() : now);
            seen.put(name, before);
        }
        Duration left = settle.minusNanos(now - before.since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean isOld(FileStamp stamp) {
        Instant now = clock.instant();
        return !stamp.latest().isAfter(now.minus(settle));
    }

    /** A file that never rests must not keep all others from being read. */
    private Duration bounded(Duration remaining) {
        long now = clock.nanoTime();
        outOfPatience = false;
        if (remaining.isZero()) {
            unsettledSince = null;
        } else if (unsettledSince == null) {
            unsettledSince = now;
        } else if (now - unsettledSince >= settle.multipliedBy(PATIENCE).toNanos()) {
            unsettledSince = null;
            outOfPatience = true;
            return Duration.ZERO;
        }
        return remaining;
    }

    private record Seen(@Nullable FileStamp stamp, long since) {}
}
