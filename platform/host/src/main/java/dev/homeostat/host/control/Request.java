package dev.homeostat.host.control;

import dev.homeostat.host.control.ControlException.Code;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One request of a client, of which nothing but the shape is known to be right. */
record Request(JsonNode id, int protocol, String method, ObjectNode params) {
    /** The version of the protocol that this host speaks. */
    static final int PROTOCOL = 1;

    private static final Set<String> PARTS = Set.of("id", "protocol", "method", "params");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static ObjectNode parse(String line) throws ControlException {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw bad("the line is not JSON: " + e.getOriginalMessage());
        }
        throw bad("the line is not a JSON object");
    }

    /** The id that the answer has to bear; null when there is none. */
    static JsonNode id(ObjectNode line) {
        JsonNode id = line.get("id");
        return id != null && (id.isString() || id.isIntegralNumber()) ? id : JsonNodeFactory.instance.nullNode();
    }

    static Request of(ObjectNode line) throws ControlException {
        for (String name : line.propertyNames()) {
            if (!PARTS.contains(name)) {
                throw bad("\"" + name + "\" is not part of a request");
            }
        }
        if (id(line).isNull()) {
            throw bad("\"id\" must be text or a whole number");
        }
        JsonNode protocol = line.path("protocol");
        if (!protocol.isInt()) {
            throw bad("\"protocol\" must be a whole number: this host speaks " + PROTOCOL);
        }
        JsonNode method = line.path("method");
        if (!method.isString()) {
            throw bad("\"method\" must be text");
        }
        JsonNode params = line.has("params") ? line.get("params") : JsonNodeFactory.instance.objectNode();
        if (!(params instanceof ObjectNode given)) {
            throw bad("\"params\" must be an object");
        }
        return new Request(id(line), protocol.intValue(), method.stringValue(), given);
    }

    private static ControlException bad(String message) {
        return new ControlException(
                Code.BAD_REQUEST,
                message,
                "a request is one line, such as {\"id\":1,\"protocol\":1,\"method\":\"status\",\"params\":{}}");
    }
}
