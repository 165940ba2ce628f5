package dev.homeostat.api.tree;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers with a fraction. */
final class DecimalValue implements ValueCodec {
    static final DecimalValue INSTANCE = new DecimalValue();

    private DecimalValue() {}

    @Override
    public String kind() {
        return "a number";
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(value);
    }

    @Override
    public @Nullable Double decode(Tree tree, Decoding at) {
        Object value = tree instanceof Tree.Scalar scalar ? scalar.value() : null;
        return switch (value) {
            case Double number -> number;
            case Long number -> (double) number;
            case BigInteger number -> number.doubleValue();
            case null, default -> {
                at.unexpected(tree, kind());
                yield null;
            }
        };
    }

    @Override
    public Tree annotated(String text) {
        try {
            return Tree.scalar(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Tree.scalar(text);
        }
    }
}
