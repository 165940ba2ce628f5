package dev.homeostat.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps what is logged in memory, as text: an event would keep the classes of what was thrown. */
final class EmbeddedLog extends AppenderBase<ILoggingEvent> {
    private static final int KEPT = 10_000;
    private static final String PATTERN =
            "%-5level [%X{plugin:--} %X{reconciler:--}] %logger{20}: %msg%replace( %kvp){'^ $', ''}%n";

    private final PatternLayout layout = new PatternLayout();
    private final Deque<String> lines = new ArrayDeque<>(); // guarded by itself

    private EmbeddedLog() {}

    /** From now on, all that is logged in this layer goes there and nowhere else. */
    static EmbeddedLog begin() {
        EmbeddedLog log = new EmbeddedLog();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            log.layout.setContext(context);
            log.layout.setPattern(PATTERN);
            log.layout.start();
            log.setContext(context);
            log.setName("embedded");
            log.start();
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.setLevel(Level.INFO);
            root.addAppender(log);
        }
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String[] text = layout.doLayout(event).split("\n");
        synchronized (lines) {
            for (String line : text) {
                lines.addLast(line);
                if (lines.size() > KEPT) {
                    lines.removeFirst();
                }
            }
        }
    }

    /** The last ones, the oldest first. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
