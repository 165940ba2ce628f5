package dev.homeostat.testkit.simulation;

import dev.homeostat.api.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened in a simulation, one line an event: the virtual time since the start, who, and what. */
final class Trace {
    private final boolean on;
    private final List<String> lines = new ArrayList<>();
    private final Scheduler clock;

    Trace(boolean on, Scheduler clock) {
        this.on = on;
        this.clock = clock;
    }

    /** Made only when somebody will read it. */
    void line(String who, Supplier<String> what) {
        if (on) {
            lines.add(String.format(Locale.ROOT, "%12.6f  %-10s %s", clock.nanoTime() / 1e9, who, what.get()));
        }
    }

    List<String> lines() {
        return lines;
    }
}
