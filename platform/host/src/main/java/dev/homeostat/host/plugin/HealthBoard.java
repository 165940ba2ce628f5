package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.view.HealthLine;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The health lines of plugins and of the host itself. Safe for all threads. */
public final class HealthBoard {
    private final Scheduler clock;
    private final HealthLog log;
    private final Map<Key, HealthLine> lines = new ConcurrentHashMap<>();

    /** An empty board. */
    public HealthBoard(Scheduler clock) {
        this.clock = clock;
        this.log = new HealthLog(clock);
    }

    /** Writes a line; its time stays as long as it says the same. {@code plugin} is empty for the host's own. */
    public void set(String plugin, String name, boolean ok, String message) {
        lines.compute(new Key(plugin, name), (key, before) -> {
            if (before != null && before.ok() == ok && before.message().equals(message)) {
                return before;
            }
            HealthLine now = new HealthLine(plugin, name, ok, message, clock.instant());
            if (!ok || (before != null && !before.ok())) {
                log.says(now);
            }
            return now;
        });
    }

    /** Takes a line away. */
    public void remove(String plugin, String name) {
        lines.remove(new Key(plugin, name));
        log.ends(plugin, name);
    }

    /** All lines, ordered by plugin and name. */
    public List<HealthLine> lines() {
        Collection<HealthLine> all = lines.values();
        return all.stream()
                .sorted(Comparator.comparing(HealthLine::plugin).thenComparing(HealthLine::name))
                .toList();
    }

    private record Key(String plugin, String name) {}
}
