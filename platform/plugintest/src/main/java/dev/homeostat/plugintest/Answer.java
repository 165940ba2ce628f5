package dev.homeostat.plugintest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what the host answers: the documents of the control protocol, in types of the JDK. What is left out is empty, 0 or none. */
final class Answer {
    private Answer() {}

    static String text(Map<?, ? extends @Nullable Object> json, String field) {
        Object value = json.get(field);
        return value == null ? "" : value.toString();
    }

    static long number(Map<?, ? extends @Nullable Object> json, String field) {
        return json.get(field) instanceof Number number ? number.longValue() : 0;
    }

    static List<String> texts(Map<?, ? extends @Nullable Object> json, String field) {
        return json.get(field) instanceof List<?> list
                ? list.stream().map(Objects::toString).toList()
                : List.of();
    }

    static Map<?, ? extends @Nullable Object> mapping(Map<?, ? extends @Nullable Object> json, String field) {
        return json.get(field) instanceof Map<?, ?> mapping ? mapping : Map.of();
    }

    /** A list of mappings. */
    static List<Map<?, ?>> mappings(Map<?, ? extends @Nullable Object> json, String field) {
        return json.get(field) instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
                : List.of();
    }
}
