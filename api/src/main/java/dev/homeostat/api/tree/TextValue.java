package dev.homeostat.api.tree;

import org.jspecify.annotations.Nullable;

/** Text. What YAML takes for a number or a boolean is refused: {@code 0644} would arrive as 644. */
final class TextValue implements ValueCodec {
    static final TextValue INSTANCE = new TextValue();

    private TextValue() {}

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public RecordField.Form form() {
        return RecordField.Form.TEXT;
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(value);
    }

    @Override
    public @Nullable String decode(Tree tree, Decoding at) {
        return text(tree, kind(), at);
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }

    /** The text of a scalar, or null after a complaint; {@code expected} says what the text should be. */
    static @Nullable String text(Tree tree, String expected, Decoding at) {
        if (!(tree instanceof Tree.Scalar scalar) || scalar.value() == null) {
            at.unexpected(tree, expected);
            return null;
        }
        if (scalar.value() instanceof String text) {
            return text;
        }
        at.problem(
                tree.place(),
                "expected " + expected + ", but found " + Found.describe(tree) + "; write it in quotes: \""
                        + Found.written(scalar) + "\"");
        return null;
    }
}
