package dev.homeostat.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lines of the log that may come over and over: each is written once, and then counted.
 *
 * <p>What is told for the first time is written at once. What is alike and comes after it is counted, and written as a number with the time of the first and the
 * last: a minute after the last line, then two, four and at most {@link #LONGEST}. What was not told for that long is new again. No more than {@link #MOST} are
 * told apart at a time; what is beyond them is counted together. On level DEBUG there is a line for each.
 *
 * <p>All is written after the turn, under the reconciler's name and in one line. Nothing that was thrown is kept: it may be of a plugin's class. Used under the
 * event loop's lock.
 */
final class RepeatedLines {
    /** The shortest time between two lines of what is alike. */
    static final long SHORTEST = Duration.ofMinutes(1).toNanos();

    /** The longest. */
    static final long LONGEST = Duration.ofMinutes(10).toNanos();

    static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger("dev.homeostat.reconciler.Reconciler");

    private final Setup<?> setup;
    private final Outbox outbox;
    private final Map<Alike, Repeats> told = new LinkedHashMap<>();

    /** When the first of what was counted is to be told. */
    private long nextNanos = Wakeup.NEVER;

    /**
     * What is told once.
     *
     * @param repeated what is told of the repetitions, before the reason; has a {@code #} for their number
     * @param reason what the first line says of why, without what differs among those that are alike
     */
    record Alike(Level level, String repeated, String reason) {}

    /**
     * A line.
     *
     * @param what what happened
     * @param reason why; may be empty
     * @param key of the row that it is about; empty if it is about none
     * @param thrown what was thrown, where its stack trace tells more
     * @param context names and values in turn
     */
    record Line(
            String what,
            String reason,
            String key,
            @Nullable Throwable thrown,
            List<Object> context) {
        Line(String what, String reason, String key, Object... context) {
            this(what, reason, key, null, List.of(context));
        }

        String text() {
            return reason.isEmpty() ? what : what + ": " + reason;
        }
    }

    /** What was counted of it since it was told. */
    private static final class Repeats {
        private long toldNanos;
        private long pauseNanos = SHORTEST;
        private long count;
        private long firstNanos;
        private long lastNanos;
        private String lastReason = "";
        private String lastKey = "";

        private Repeats(long now) {
            toldNanos = now;
            lastNanos = now;
        }

        private void add(String reason, String key, long now) {
            firstNanos = count == 0 ? now : firstNanos;
            lastNanos = now;
            lastReason = reason;
            lastKey = key;
            count++;
        }

        private long dueNanos() {
            return count == 0 ? Wakeup.NEVER : toldNanos + pauseNanos;
        }

        private boolean isOver(long now) {
            return count == 0 && now - lastNanos >= LONGEST;
        }
    }

    RepeatedLines(Setup<?> setup, Outbox outbox) {
        this.setup = setup;
        this.outbox = outbox;
    }

    /** Writes the line, or counts it. */
    void tell(Alike alike, Line line, long now) {
        Repeats repeats = told.get(alike);
        if (repeats != null && repeats.isOver(now)) {
            told.remove(alike);
            repeats = null;
        }
        if (repeats == null && told.size() >= MOST) {
            told.values().removeIf(each -> each.isOver(now));
        }
        if (repeats == null && told.size() < MOST) {
            told.put(alike, new Repeats(now));
            write(alike.level(), line);
            return;
        }
        write(Level.DEBUG, line);
        if (repeats == null) {
            Alike beyond = new Alike(alike.level(), "# more line(s) of other kinds, the last", "");
            repeats = told.computeIfAbsent(beyond, _ -> new Repeats(now));
            repeats.add(line.text(), line.key(), now);
        } else {
            repeats.add(line.reason(), line.key(), now);
        }
        nextNanos = earlier(nextNanos, repeats.dueNanos());
    }

    /** Tells what it is time for, and wants a turn when there will be more. */
    void decide(long now, Wakeup wakeup) {
        if (nextNanos != Wakeup.NEVER && nextNanos - now <= 0) {
            nextNanos = Wakeup.NEVER;
            told.forEach((alike, repeats) -> {
                if (repeats.count > 0 && repeats.dueNanos() - now <= 0) {
                    tellCount(alike, repeats, now);
                    repeats.pauseNanos = Math.min(2 * repeats.pauseNanos, LONGEST);
                }
                nextNanos = earlier(nextNanos, repeats.dueNanos());
            });
        }
        wakeup.at(nextNanos);
    }

    /** Tells all that was counted: nothing comes any more. */
    void end(long now) {
        told.forEach((alike, repeats) -> {
            if (repeats.count > 0) {
                tellCount(alike, repeats, now);
            }
        });
        told.clear();
        nextNanos = Wakeup.NEVER;
    }

    private static long earlier(long one, long other) {
        return other == Wakeup.NEVER || (one != Wakeup.NEVER && one - other <= 0) ? one : other;
    }

    private void tellCount(Alike alike, Repeats repeats, long now) {
        Instant instant = setup.scheduler().instant();
        write(
                alike.level(),
                new Line(
                        alike.repeated().replace("#", Long.toString(repeats.count)),
                        repeats.lastReason,
                        repeats.lastKey,
                        "repeated",
                        repeats.count,
                        "first",
                        Nanos.shown(instant.plusNanos(repeats.firstNanos - now)),
                        "last",
                        Nanos.shown(instant.plusNanos(repeats.lastNanos - now))));
        repeats.toldNanos = now;
        repeats.count = 0;
    }

    private void write(Level level, Line line) {
        if (LOG.isEnabledForLevel(level)) {
            outbox.afterwards(() -> writeNow(level, line));
        }
    }

    private void writeNow(Level level, Line line) {
        try (var _ = MDC.putCloseable("reconciler", setup.fullName())) {
            LoggingEventBuilder event = LOG.atLevel(level);
            if (!line.key().isEmpty()) {
                event = event.addKeyValue("key", line.key());
            }
            List<Object> context = line.context();
            for (int i = 0; i < context.size(); i += 2) {
                event = event.addKeyValue(context.get(i).toString(), context.get(i + 1));
            }
            event.setCause(line.thrown()).log("{}: {}", setup.fullName(), OneLine.of(line.text()));
        }
    }
}
