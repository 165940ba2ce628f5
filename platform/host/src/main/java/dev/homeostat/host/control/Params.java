package dev.homeostat.host.control;

import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of one request. Each is asked for by name and type; what nobody may ask for is refused. */
final class Params {
    /** The clock counts nanoseconds in a long. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final String method;
    private final ObjectNode given;
    private final Caller caller;

    /** Refuses parameters that are not among the known ones. */
    Params(Caller caller, String method, ObjectNode given, Set<String> known) throws ControlException {
        this.caller = caller;
        this.method = method;
        this.given = given;
        for (String name : given.propertyNames()) {
            if (!known.contains(name)) {
                throw bad(
                        "parameter \"" + name + "\" is not known",
                        Nearest.hint(name, known)
                                + (known.isEmpty()
                                        ? "it takes none"
                                        : "it takes " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    /** Who asks. */
    Caller caller() {
        return caller;
    }

    String text(String name) throws ControlException {
        String text = optionalText(name);
        if (text == null) {
            throw bad("parameter \"" + name + "\" is missing", "");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) throws ControlException {
        JsonNode node = given.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw bad("parameter \"" + name + "\" must be text, but was " + node, "");
        }
        return node.stringValue();
    }

    /** Texts by names; numbers and booleans count as what they look like. Empty when it was not given. */
    Map<String, String> texts(String name) throws ControlException {
        JsonNode node = given.get(name);
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw bad("parameter \"" + name + "\" must be an object, but was " + node, "");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw bad(
                        "parameter \"" + name + "." + entry.getKey() + "\" must be text, but was " + entry.getValue(),
                        "");
            }
            texts.put(entry.getKey(), entry.getValue().asString());
        }
        return texts;
    }

    /** A list of texts; null when it was not given. */
    @Nullable
    List<String> list(String name) throws ControlException {
        JsonNode node = given.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node) {
            texts.add(item.isString() ? item.stringValue() : "");
        }
        if (!node.isArray() || texts.contains("")) {
            throw bad("parameter \"" + name + "\" must be a list of texts, but was " + node, "");
        }
        return texts;
    }

    /** False when it was not given. */
    boolean flag(String name) throws ControlException {
        JsonNode node = given.get(name);
        if (node == null || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw bad("parameter \"" + name + "\" must be true or false, but was " + node, "");
        }
        return node.booleanValue();
    }

    long number(String name) throws ControlException {
        JsonNode node = given.get(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
            throw bad("parameter \"" + name + "\" must be a whole number, but was " + node, "");
        }
        return node.longValue();
    }

    /** A positive time in milliseconds, of a year at most. */
    Duration millis(String name, Duration otherwise) throws ControlException {
        if (!given.has(name)) {
            return otherwise;
        }
        Duration time = Duration.ofMillis(count(name, 0));
        if (time.compareTo(LONGEST) > 0) {
            throw bad(
                    "parameter \"" + name + "\" must be at most " + LONGEST.toMillis() + " (a year), but was "
                            + time.toMillis(),
                    "");
        }
        return time;
    }

    /** A positive number. */
    long count(String name, long otherwise) throws ControlException {
        if (!given.has(name)) {
            return otherwise;
        }
        long number = number(name);
        if (number <= 0) {
            throw bad("parameter \"" + name + "\" must be positive, but was " + number, "");
        }
        return number;
    }

    private ControlException bad(String message, String hint) {
        return new ControlException(Code.BAD_PARAMS, "method \"" + method + "\": " + message, hint);
    }
}
