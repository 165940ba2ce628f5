package dev.homeostat.api.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record as documents have it, for those who explain a configuration to people. It knows no class, and so keeps none.
 *
 * @param key in kebab-case
 * @param kind what is expected: {@code a duration such as 500ms, 10s or 5m}
 * @param form how it is written
 * @param bounds such as {@code at least 1, at most 65535}; empty when there are none
 * @param fallback the {@link Default} as it is written; null when there is none
 * @param optional whether it may be left out and then has no value
 * @param description its {@link Description}; empty when there is none
 * @param fields the components of the record that it is, or that its items are; empty when there are none, and in a record that is within itself
 */
public record RecordField(
        String key,
        String kind,
        Form form,
        String bounds,
        @Nullable String fallback,
        boolean optional,
        String description,
        List<RecordField> fields) {
    public RecordField {
        fields = List.copyOf(fields);
    }

    /** How a component is written. */
    public enum Form {
        /** A single value that is no text: a number, a duration, a boolean, a constant. */
        SCALAR,
        /** Text, as it is. */
        TEXT,
        /** Text that is never shown: a {@link Secret}. */
        SECRET,
        /** A list of values. */
        LIST,
        /** A mapping with keys of the user's choice. */
        MAP,
        /** A mapping with the keys of a record. */
        RECORD
    }
}
