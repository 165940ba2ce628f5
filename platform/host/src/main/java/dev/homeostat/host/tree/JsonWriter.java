package dev.homeostat.host.tree;

import dev.homeostat.api.tree.Tree;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes trees as JSON. Safe for all threads. */
public final class JsonWriter {
    private static final int LAST_PLAIN_ASCII = 0x7E;

    private final JsonFactory factory;

    private JsonWriter(JsonFactory factory) {
        this.factory = factory;
    }

    /** For people: all letters as they are. */
    public static JsonWriter plain() {
        return new JsonWriter(JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build());
    }

    /** For {@link YamlReader}, which reads equal trees back: all that is not ASCII is escaped, since JSON allows characters that YAML does not. */
    public static JsonWriter ascii() {
        return new JsonWriter(JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .highestNonEscapedChar(LAST_PLAIN_ASCII)
                .build());
    }

    /** The tree as JSON in one line. */
    public String write(Tree tree) {
        StringWriter out = new StringWriter();
        write(tree, out);
        return out.toString();
    }

    /** Writes the tree as JSON in one line; leaves the writer open. */
    public void write(Tree tree, Writer out) {
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            write(tree, json);
        }
    }

    /** Writes the tree as the next value of a generator, such as one element of an array. */
    public void write(Tree tree, JsonGenerator json) {
        switch (tree) {
            case Tree.Scalar scalar -> scalar(scalar, json);
            case Tree.Sequence sequence -> {
                json.writeStartArray();
                sequence.items().forEach(item -> write(item, json));
                json.writeEndArray();
            }
            case Tree.Mapping mapping -> {
                json.writeStartObject();
                mapping.entries().forEach((key, value) -> {
                    json.writeName(key);
                    write(value, json);
                });
                json.writeEndObject();
            }
        }
    }

    private static void scalar(Tree.Scalar scalar, JsonGenerator json) {
        switch (scalar.value()) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> throw new IllegalArgumentException("a scalar cannot be " + scalar.value());
        }
    }
}
