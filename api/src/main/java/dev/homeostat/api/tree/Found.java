package dev.homeostat.api.tree;

/** What was found in a document, in the words of a message. */
final class Found {
    private static final int SHOWN = 60;

    private Found() {}

    /** Kind and, for a scalar, its value as it was written: {@code the number 0644}, {@code the text "yes"}, {@code a list}. */
    static String describe(Tree tree) {
        if (!(tree instanceof Tree.Scalar scalar)) {
            return tree.kind();
        }
        return switch (scalar.value()) {
            case null -> "nothing";
            case String text -> "the text " + quoted(text);
            case Boolean flag -> written(scalar);
            default -> "the number " + written(scalar);
        };
    }

    /** A scalar as it was written, or as it would be. */
    static String written(Tree.Scalar scalar) {
        return scalar.written() != null ? scalar.written() : String.valueOf(scalar.value());
    }

    /** A text in quotes, on one line, cut when it is long. */
    static String quoted(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "\"" + shown.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
