package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.view.HealthLine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells the log what health lines say, at once, but of each line three times a minute: one that changes more often, as a message with a number in it does, is told
 * as it is at the end of the minute, with the number of changes, and from then on once a minute. Safe for all threads.
 */
final class HealthLog {
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final int AT_ONCE = 3;
    private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);
    private static final int MANY = 1000;

    private final Scheduler scheduler;
    private final Map<String, Told> told = new HashMap<>(); // guarded by this

    /** How often a line was told since when, and what it said after that. */
    private static final class Told {
        private long sinceNanos;
        private int times;
        private HealthLine newest;
        private long changes;

        private Told(HealthLine first, long now) {
            newest = first;
            sinceNanos = now;
        }

        private boolean isOver(long now) {
            return changes == 0 && now - sinceNanos >= SPAN.toNanos();
        }
    }

    HealthLog(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A line says that from now on. */
    synchronized void says(HealthLine line) {
        String subject = subject(line);
        long now = scheduler.nanoTime();
        Told one = told.get(subject);
        if (one == null || one.isOver(now)) {
            if (told.size() >= MANY) {
                told.values().removeIf(each -> each.isOver(now));
            }
            one = new Told(line, now);
            told.put(subject, one);
        }
        if (one.times < AT_ONCE) {
            one.times++;
            write(line, 0);
            return;
        }
        one.newest = line;
        one.changes++;
        if (one.changes == 1) {
            later(subject, Duration.ofNanos(Math.max(0, one.sinceNanos + SPAN.toNanos() - now)));
        }
    }

    private void later(String subject, Duration delay) {
        try {
            scheduler.schedule(delay, () -> tellRest(subject));
        } catch (RuntimeException e) { // the host ends
            tellRest(subject);
        }
    }

    /** The line has gone: what it said last is told. */
    synchronized void ends(String plugin, String name) {
        tellRest(subject(plugin, name));
    }

    private synchronized void tellRest(String subject) {
        Told one = told.get(subject);
        if (one != null && one.changes > 0) {
            write(one.newest, one.changes);
            one.sinceNanos = scheduler.nanoTime();
            one.changes = 0;
        }
    }

    private static void write(HealthLine line, long changes) {
        LoggingEventBuilder event = line.ok() ? LOG.atInfo() : LOG.atWarn();
        if (!line.plugin().isEmpty()) {
            event = event.addKeyValue("plugin", line.plugin());
        }
        if (changes > 0) {
            event = event.addKeyValue("repeated", changes).addKeyValue("since", line.since());
        }
        event.log("{}: {}", subject(line), oneLine(line.message()));
    }

    private static String subject(HealthLine line) {
        return subject(line.plugin(), line.name());
    }

    private static String subject(String plugin, String name) {
        return plugin.isEmpty() ? name : "plugin \"" + plugin + "\", " + name;
    }

    /** A message of several lines is one entry of the log. */
    private static String oneLine(String message) {
        return message.replace("\n", "; ");
    }
}
