package dev.homeostat.host.control;

import dev.homeostat.api.tree.Tree;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a row's document JSON. A number that JSON has not (NaN, the infinities) becomes its name as text. */
final class TreeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TreeJson() {}

    static JsonNode of(Tree tree) {
        return switch (tree) {
            case Tree.Mapping(var entries, var _) -> {
                ObjectNode object = JSON.objectNode();
                entries.forEach((name, value) -> object.set(name, of(value)));
                yield object;
            }
            case Tree.Sequence(var items, var _) -> {
                ArrayNode array = JSON.arrayNode();
                items.forEach(item -> array.add(of(item)));
                yield array;
            }
            case Tree.Scalar scalar -> of(scalar);
        };
    }

    private static JsonNode of(Tree.Scalar scalar) {
        return switch (scalar.value()) {
            case null -> JSON.nullNode();
            case String text -> JSON.stringNode(text);
            case Boolean flag -> JSON.booleanNode(flag);
            case Long number -> JSON.numberNode(number);
            case BigInteger number -> JSON.numberNode(number);
            case Double number when Double.isFinite(number) -> JSON.numberNode(number);
            case Object other -> JSON.stringNode(other.toString());
        };
    }
}
