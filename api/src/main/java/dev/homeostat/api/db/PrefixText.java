package dev.homeostat.api.db;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import java.util.function.Function;

/** Reads prefixes that a document has as text. */
final class PrefixText {
    private PrefixText() {}

    static <P> P read(Tree tree, String expected, Function<String, P> parse) {
        if (!(tree instanceof Tree.Scalar scalar) || !(scalar.value() instanceof String text)) {
            throw new DocumentException(tree.place(), "expected " + expected + ", but found " + tree.kind());
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new DocumentException(
                    tree.place(), "expected " + expected + ", but found \"" + text + "\": " + e.getMessage());
        }
    }
}
