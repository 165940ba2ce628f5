package dev.homeostat.api.tree;

import org.jspecify.annotations.Nullable;

/** Secrets: read as text, never written, and never told of in a message. */
final class SecretValue implements ValueCodec {
    static final SecretValue INSTANCE = new SecretValue();

    private SecretValue() {}

    @Override
    public String kind() {
        return "a secret";
    }

    @Override
    public RecordField.Form form() {
        return RecordField.Form.SECRET;
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(Secret.SHOWN);
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        if (!(tree instanceof Tree.Scalar scalar)) {
            at.problem(tree.place(), "expected a secret, but found " + tree.kind());
        } else if (!(scalar.value() instanceof String text)) {
            at.problem(
                    tree.place(),
                    "expected a secret as text, but found " + tree.kind() + " (not shown); write it in quotes");
        } else if (text.equals(Secret.SHOWN)) {
            at.problem(tree.place(), "\"" + Secret.SHOWN + "\" is how a secret is shown, and none itself");
        } else {
            return Secret.of(text);
        }
        return null;
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }
}
