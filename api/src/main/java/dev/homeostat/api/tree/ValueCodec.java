package dev.homeostat.api.tree;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the values of one Java type are written in a document, and read back. Immutable. */
interface ValueCodec {
    /** What is expected, for messages: {@code a duration such as 10s}. */
    String kind();

    /** The value as a document. */
    Tree encode(Object value);

    /** The value that a document describes, or null after telling the decoding what is wrong with it. */
    @Nullable
    Object decode(Tree tree, Decoding at);

    /** How it is written. */
    default RecordField.Form form() {
        return RecordField.Form.SCALAR;
    }

    /** The components of the record that it is, or that its items are; none of a record that is being explained already. */
    default List<RecordField> fields(Set<Object> explained) {
        return List.of();
    }

    /** The bounds of its values, for people; empty when there are none. */
    default String bounds() {
        return "";
    }

    /** The document that stands for a text of an annotation, such as {@link Default}. */
    Tree annotated(String text);

    /** The value of a component that a document does not name and whose record says nothing about that; null when it must be given. */
    default @Nullable Object whenLeftOut() {
        return null;
    }
}
