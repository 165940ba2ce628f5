package dev.homeostat.api.tree;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values that are written as text of a certain form. */
final class ParsedText<V> implements ValueCodec {
    static final ParsedText<Path> PATH =
            new ParsedText<>("a path", Path::of, Path::toString, InvalidPathException.class);
    static final ParsedText<Instant> INSTANT = new ParsedText<>(
            "a time such as 2026-01-31T08:00:00Z", Instant::parse, Instant::toString, DateTimeException.class);

    private final String kind;
    private final Function<String, V> parse;
    private final Function<V, String> format;
    private final Class<? extends RuntimeException> refusal;

    ParsedText(
            String kind,
            Function<String, V> parse,
            Function<V, String> format,
            Class<? extends RuntimeException> refusal) {
        this.kind = kind;
        this.parse = parse;
        this.format = format;
        this.refusal = refusal;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    @SuppressWarnings("unchecked") // the component's type chose this codec
    public Tree encode(Object value) {
        return Tree.scalar(format.apply((V) value));
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        String text = TextValue.text(tree, kind, at);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            if (!refusal.isInstance(e)) {
                throw e;
            }
            at.unexpected(tree, kind);
            return null;
        }
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }
}
