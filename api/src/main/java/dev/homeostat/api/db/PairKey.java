package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Pairs, ordered by the first part, then by the second. People write the parts with a slash between them; slashes and backslashes in a part
 * take a backslash.
 *
 * <p>{@link #leading} finds all pairs with one first part; a prefix query with a pair finds those whose second part begins as its second does.
 */
public final class PairKey<A, B> extends KeyType<Pair<A, B>> {
    private final KeyType<A> first;
    private final KeyType<B> second;

    PairKey(KeyType<A> first, KeyType<B> second) {
        this.first = requireNonNull(first, "first");
        this.second = requireNonNull(second, "second");
    }

    /** What all keys with that first part begin with, and no others: for {@link Index#prefixKey}. */
    public Key leading(A value) {
        KeyOutput out = new KeyOutput();
        first.writePart(value, out);
        return out.toKey();
    }

    @Override
    protected void write(Pair<A, B> value, KeyOutput out) {
        first.writePart(value.first(), out);
        second.write(value.second(), out);
    }

    @Override
    protected Pair<A, B> read(KeyInput in) {
        return new Pair<>(first.readPart(in), second.read(in));
    }

    @Override
    protected void writePart(Pair<A, B> value, KeyOutput out) {
        first.writePart(value.first(), out);
        second.writePart(value.second(), out);
    }

    @Override
    protected Pair<A, B> readPart(KeyInput in) {
        return new Pair<>(first.readPart(in), second.readPart(in));
    }

    @Override
    protected void writePrefix(String text, KeyOutput out) {
        PartsText.writePrefix(text, out, first, second);
    }

    @Override
    public String format(Pair<A, B> value) {
        return PartsText.join(first.format(value.first()), second.format(value.second()));
    }

    @Override
    public String kind() {
        return PartsText.kind(first, second);
    }

    @Override
    public Pair<A, B> parse(String text) {
        List<String> parts = PartsText.split(text, 2);
        return new Pair<>(first.parse(parts.get(0)), second.parse(parts.get(1)));
    }
}
