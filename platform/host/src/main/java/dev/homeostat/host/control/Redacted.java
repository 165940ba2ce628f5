package dev.homeostat.host.control;

import dev.homeostat.api.tree.Secret;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Parameters as a log may have them: no secrets, and never long. */
final class Redacted {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret|token|credential|private.?key|api.?key).*", Pattern.DOTALL);
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_MESSAGE = 2000;
    private static final int MOST_PARTS = 20;
    private static final int DEEPEST = 4;

    private Redacted() {}

    /** @param hidden the parameters whose values are not shown, whatever they are called */
    static ObjectNode of(ObjectNode params, Set<String> hidden) {
        return object(params, hidden, 0);
    }

    /** A message of bounded length. */
    static String message(String text) {
        return cut(text, LONGEST_MESSAGE);
    }

    private static String cut(String text) {
        return cut(text, LONGEST_TEXT);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "… (" + text.length() + " characters)";
    }

    private static ObjectNode object(ObjectNode given, Set<String> hidden, int depth) {
        ObjectNode shown = JSON.objectNode();
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            if (shown.size() == MOST_PARTS) {
                return shown.put("…", "and " + (given.size() - MOST_PARTS) + " more");
            }
            boolean secret = hidden.contains(field.getKey())
                    || SECRET.matcher(field.getKey()).matches();
            shown.set(cut(field.getKey()), secret ? JSON.stringNode(Secret.SHOWN) : node(field.getValue(), depth + 1));
        }
        return shown;
    }

    private static JsonNode node(JsonNode given, int depth) {
        if (given.isContainer() && depth >= DEEPEST) {
            return JSON.stringNode("… (" + given.size() + " parts)");
        }
        return switch (given) {
            case ObjectNode object -> object(object, Set.of(), depth);
            case ArrayNode array -> array(array, depth);
            default ->
                given.isString() ? JSON.stringNode(cut(given.stringValue())) : JSON.stringNode(cut(given.toString()));
        };
    }

    private static ArrayNode array(ArrayNode given, int depth) {
        ArrayNode shown = JSON.arrayNode();
        for (JsonNode part : given) {
            if (shown.size() == MOST_PARTS) {
                return shown.add("… and " + (given.size() - MOST_PARTS) + " more");
            }
            shown.add(node(part, depth + 1));
        }
        return shown;
    }
}
