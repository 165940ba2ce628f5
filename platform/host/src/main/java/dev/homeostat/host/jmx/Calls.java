package dev.homeostat.host.jmx;

import dev.homeostat.host.control.ControlException;
import dev.homeostat.host.control.ControlMethods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the methods of the command for a JMX client. Throws exceptions of the JDK only: a client could not read others.
 *
 * @param methods what the command calls
 */
record Calls(ControlMethods methods) {
    private static final int MOST_ROWS = 10_000;

    static ObjectNode params() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The answer as JSON on many lines. */
    String call(String method, ObjectNode params) {
        return run(method, params, new StringBuilder()).toPrettyString();
    }

    /** The parts of the answer as JSON, one a line, and its end on the last. */
    String rows(String method, ObjectNode params) {
        StringBuilder lines = new StringBuilder();
        ObjectNode end = run(method, params, lines);
        return lines.append(end).toString();
    }

    private ObjectNode run(String method, ObjectNode params, StringBuilder lines) {
        AtomicInteger rows = new AtomicInteger();
        try {
            return methods.call(method, params, item -> {
                if (rows.incrementAndGet() > MOST_ROWS) {
                    throw new IllegalStateException("more than " + MOST_ROWS
                            + " rows are too many for JMX: use the command \"homeostat db dump\"");
                }
                lines.append(item).append('\n');
            });
        } catch (ControlException e) {
            throw new IllegalArgumentException(e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }
}
