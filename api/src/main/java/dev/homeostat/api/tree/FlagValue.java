package dev.homeostat.api.tree;

import org.jspecify.annotations.Nullable;

/** True or false; never {@code yes} or {@code on}, which YAML 1.2 reads as text. */
final class FlagValue implements ValueCodec {
    static final FlagValue INSTANCE = new FlagValue();

    private FlagValue() {}

    @Override
    public String kind() {
        return "true or false";
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(value);
    }

    @Override
    public @Nullable Boolean decode(Tree tree, Decoding at) {
        if (tree instanceof Tree.Scalar scalar && scalar.value() instanceof Boolean flag) {
            return flag;
        }
        at.unexpected(tree, kind());
        return null;
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> text;
                });
    }
}
