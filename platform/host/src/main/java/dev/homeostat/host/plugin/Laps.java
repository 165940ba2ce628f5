package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Where time went. Used by one thread. */
final class Laps {
    private final Scheduler clock;
    private final long began;
    private final Map<String, Long> laps = new LinkedHashMap<>();
    private long last;

    Laps(Scheduler clock) {
        this.clock = clock;
        this.began = clock.nanoTime();
        this.last = began;
    }

    /** The time since the last call went into that. */
    void lap(String what) {
        long now = clock.nanoTime();
        laps.merge(what, now - last, Long::sum);
        last = now;
    }

    /** {@code 120 ms: load 50, contribute 30, start 40}. */
    @Override
    public String toString() {
        return millis(last - began) + " ms: "
                + laps.entrySet().stream()
                        .map(lap -> lap.getKey() + " " + millis(lap.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
