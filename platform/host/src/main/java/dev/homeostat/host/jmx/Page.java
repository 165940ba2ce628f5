package dev.homeostat.host.jmx;

import dev.homeostat.host.control.ControlException;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.control.Items;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of an answer, one a line, up to a size and a time that no client exceeds: all of it is in memory at once, and a snapshot is held until it is complete. Used by
 * one thread.
 */
final class Page implements Items {
    /** More are not put into one answer. */
    static final int MOST_ROWS = 10_000;

    /** The same where rows are large. */
    private static final int MOST_CHARACTERS = 8 << 20;

    /** For a search through millions of rows. A plugin that stops meanwhile stays in memory as long. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final StringBuilder lines = new StringBuilder();
    private final long begin = System.nanoTime();
    private int rows;

    @Override
    public void item(ObjectNode item) throws ControlException {
        rows++;
        if (rows > MOST_ROWS || lines.length() > MOST_CHARACTERS) {
            throw new ControlException(
                    Code.FAILED,
                    "more than " + MOST_ROWS + " rows, or " + MOST_CHARACTERS + " characters, are too many for JMX",
                    "give a limit, or use the command \"homeostat db dump\"");
        }
        lines.append(item).append('\n');
    }

    @Override
    public void hold() throws ControlException {
        if (isOver()) {
            throw new ControlException(
                    Code.EXPIRED,
                    "it took longer than " + LONGEST.toSeconds() + " s, and the snapshot was let go",
                    "ask for less at once, or use the command");
        }
    }

    @Override
    public boolean isOver() {
        return System.nanoTime() - begin > LONGEST.toNanos();
    }

    /** All of it. */
    String with(ObjectNode end) {
        return lines.append(end).toString();
    }
}
