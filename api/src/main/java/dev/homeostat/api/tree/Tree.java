package dev.homeostat.api.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML or JSON document: a mapping, a sequence or a scalar, with the place where it was written. Immutable; equality ignores the place. */
public sealed interface Tree {
    /** Where it was written. */
    Place place();

    /** What a person calls this kind of thing: {@code a mapping}, {@code a list}, {@code text}, {@code a number}, … */
    String kind();

    /** Keys, in the order in which they were written, with their values. */
    record Mapping(Map<String, Tree> entries, Place place) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mapping mapping && entries.equals(mapping.entries);
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }
    }

    /** A list of trees. */
    record Sequence(List<Tree> items, Place place) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sequence sequence && items.equals(sequence.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /**
     * A single value.
     *
     * @param value null, {@link String}, {@link Boolean}, {@link Long}, {@link java.math.BigInteger} beyond 64 bits, or {@link Double}
     * @param written the characters in the document that it was read from ({@code 0644} for 644), or null when it was written nowhere; no part of equality
     */
    record Scalar(
            @Nullable Object value, Place place, @Nullable String written) implements Tree {
        /** A value of which nobody knows how it was written. */
        public Scalar(@Nullable Object value, Place place) {
            this(value, place, null);
        }

        @Override
        public String kind() {
            return switch (value) {
                case null -> "null";
                case String text -> "text";
                case Boolean flag -> "true or false";
                default -> "a number";
            };
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Scalar scalar
                    && (value == null ? scalar.value == null : value.equals(scalar.value));
        }

        @Override
        public int hashCode() {
            return value == null ? 0 : value.hashCode();
        }
    }

    /** A scalar that was written nowhere: null, text, a boolean, or a number. */
    static Scalar scalar(@Nullable Object value) {
        return new Scalar(value, Place.NOWHERE);
    }
}
