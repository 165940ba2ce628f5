package dev.homeostat.api.tree;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Whole numbers of 32 or 64 bits. */
final class WholeNumberValue implements ValueCodec {
    static final WholeNumberValue INT = new WholeNumberValue(Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final WholeNumberValue LONG = new WholeNumberValue(Long.MIN_VALUE, Long.MAX_VALUE);

    private final long min;
    private final long max;

    private WholeNumberValue(long min, long max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public String kind() {
        return "a whole number";
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(((Number) value).longValue());
    }

    @Override
    public @Nullable Number decode(Tree tree, Decoding at) {
        Object value = tree instanceof Tree.Scalar scalar ? scalar.value() : null;
        if (value instanceof BigInteger || (value instanceof Long number && (number < min || number > max))) {
            // Only the bound that was passed: the other may not be the one that holds here.
            boolean tooLarge = value instanceof BigInteger big ? big.signum() > 0 : (Long) value > max;
            at.problem(
                    tree.place(),
                    (tooLarge ? "must be at most " + max : "must be at least " + min) + ", but was " + value);
            return null;
        }
        if (!(value instanceof Long number)) {
            at.unexpected(tree, kind());
            return null;
        }
        return this == INT ? (Number) number.intValue() : number;
    }

    @Override
    public Tree annotated(String text) {
        try {
            return Tree.scalar(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Tree.scalar(text);
        }
    }
}
