package dev.homeostat.host.jmx;

import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlException;
import dev.homeostat.host.control.Items;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the methods of the command for a JMX client. Throws exceptions of the JDK only: a client could not read others.
 *
 * @param methods what the command calls
 */
record Calls(Methods methods) {
    /** What the command calls, as {@link dev.homeostat.host.control.ControlMethods#call} has it. */
    @FunctionalInterface
    interface Methods {
        ObjectNode call(Caller caller, String method, ObjectNode params, Items items)
                throws ControlException, IOException, InterruptedException;
    }

    static ObjectNode params() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A parameter that may be left out: nobody writes null into a field of a JMX client. */
    static ObjectNode putGiven(ObjectNode params, String name, String value) {
        return value.isEmpty() ? params : params.put(name, value);
    }

    /** What somebody wrote with commas into one field. */
    static List<String> split(String texts) {
        return Arrays.stream(texts.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The answer as JSON on many lines. */
    String call(String method, ObjectNode params) {
        return run(method, params, new Page()).toPrettyString();
    }

    /** The parts of the answer as JSON, one a line, and its end on the last. */
    String rows(String method, ObjectNode params) {
        Page page = new Page();
        return page.with(run(method, params, page));
    }

    private ObjectNode run(String method, ObjectNode params, Page page) {
        try {
            return methods.call(caller(), method, params, page);
        } catch (ControlException e) {
            throw new IllegalArgumentException(e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    /** Who logged in, where somebody had to. */
    private static Caller caller() {
        Subject subject = Subject.current();
        return subject == null
                ? Caller.jmx()
                : subject.getPrincipals(JMXPrincipal.class).stream()
                        .findFirst()
                        .map(principal -> Caller.jmx(principal.getName()))
                        .orElseGet(Caller::jmx);
    }
}
