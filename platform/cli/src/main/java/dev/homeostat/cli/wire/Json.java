package dev.homeostat.cli.wire;

import dev.homeostat.cli.screen.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON as maps (ordered), lists, text, numbers, booleans and null. Only Jackson's parser is used: its object mapper takes longer to load than
 * all else that the command does. What is written holds no control character, not even those that JSON would allow, for it may go to a terminal.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * The value of one document.
     *
     * @throws JacksonException if it is not JSON
     */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows the document");
            }
            return value;
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_STRING -> parser.getString();
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** On one line. */
    public static String compact(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, -1);
        return out.toString();
    }

    /** A value among others on a line: text as it is, what is made of parts as JSON, and nothing for null. */
    public static String inline(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Map || value instanceof List ? compact(value) : value.toString();
    }

    /** On many lines, each level indented by two blanks more; without a line feed at its end. */
    public static String pretty(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    /**
     * Written with instanceof: each pattern switch makes a class when it is first come to, which takes longer than all that is written here. So it is in all that commands do.
     *
     * @param depth the level of indentation, or -1 for all on one line
     */
    private static void write(@Nullable Object value, StringBuilder out, int depth) {
        if (value instanceof Map<?, ?> map) {
            object(map, out, depth);
        } else if (value instanceof List<?> list) {
            array(list, out, depth);
        } else if (value instanceof String text) {
            string(text, out);
        } else {
            out.append(value);
        }
    }

    private static void object(Map<?, ?> map, StringBuilder out, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            newLine(out, depth, 1);
            string(String.valueOf(entry.getKey()), out);
            out.append(depth < 0 ? ":" : ": ");
            write(entry.getValue(), out, inner(depth));
            separator = ",";
        }
        end(map.isEmpty(), '}', out, depth);
    }

    private static void array(List<?> list, StringBuilder out, int depth) {
        out.append('[');
        String separator = "";
        for (Object item : list) {
            out.append(separator);
            newLine(out, depth, 1);
            write(item, out, inner(depth));
            separator = ",";
        }
        end(list.isEmpty(), ']', out, depth);
    }

    private static int inner(int depth) {
        return depth < 0 ? depth : depth + 1;
    }

    private static void end(boolean empty, char bracket, StringBuilder out, int depth) {
        if (!empty) {
            newLine(out, depth, 0);
        }
        out.append(bracket);
    }

    private static void newLine(StringBuilder out, int depth, int more) {
        if (depth >= 0) {
            out.append('\n').repeat(' ', 2 * (depth + more));
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Printable.isPlain(c)) {
                        out.append(c);
                    } else {
                        out.append(Printable.escape(c));
                    }
                }
            }
        }
        out.append('"');
    }
}
