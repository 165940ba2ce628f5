package dev.homeostat.host.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which refusals are written down: of each user the first ten in a minute. The others are counted, and told with the next one. A user who may only look could
 * otherwise fill the audit log, over many connections at a time, until nothing else is in it. Safe for all threads.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST = 10;
    private static final Duration SPAN = Duration.ofMinutes(1);

    /** By user; these are people in a file. */
    private final Map<String, Span> users = new HashMap<>(); // guarded by this

    /** The refusals of one user since a time. */
    private static final class Span {
        private final Instant begin;
        private int written;
        private long others;

        Span(Instant begin) {
            this.begin = begin;
        }

        /** Also where the clock of the machine was set back. */
        boolean isOver(Instant now) {
            return now.isBefore(begin) || Duration.between(begin, now).compareTo(SPAN) >= 0;
        }
    }

    /** How many of that user were not written down since the last that was, or -1 if this one is not to be either. */
    synchronized long admit(String user, Instant now) {
        Span span = users.get(user);
        if (span == null || span.isOver(now)) {
            long others = span == null ? 0 : span.others;
            span = new Span(now);
            users.put(user, span);
            span.written = 1;
            return others;
        }
        if (span.written < MOST) {
            span.written++;
            return 0;
        }
        span.others++;
        if (span.others == 1) {
            LOG.warn(
                    "JMX: user \"{}\" was refused more than {} times in a minute; the audit log only counts the others",
                    user,
                    MOST);
        }
        return -1;
    }
}
