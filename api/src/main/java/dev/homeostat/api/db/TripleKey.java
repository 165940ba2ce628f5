package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Triples, ordered by the first part, then by the second, then by the third. People write the parts with slashes between them; slashes and backslashes in a
 * part take a backslash.
 *
 * <p>{@link #leading} finds all triples with one first part, or with one first and one second part.
 */
public final class TripleKey<A, B, C> extends KeyType<Triple<A, B, C>> {
    private final KeyType<A> first;
    private final KeyType<B> second;
    private final KeyType<C> third;

    TripleKey(KeyType<A> first, KeyType<B> second, KeyType<C> third) {
        this.first = requireNonNull(first, "first");
        this.second = requireNonNull(second, "second");
        this.third = requireNonNull(third, "third");
    }

    /** What all keys with that first part begin with, and no others: for {@link Index#prefixKey}. */
    public Key leading(A a) {
        KeyOutput out = new KeyOutput();
        first.writePart(a, out);
        return out.toKey();
    }

    /** What all keys with these first two parts begin with, and no others: for {@link Index#prefixKey}. */
    public Key leading(A a, B b) {
        KeyOutput out = new KeyOutput();
        first.writePart(a, out);
        second.writePart(b, out);
        return out.toKey();
    }

    @Override
    protected void write(Triple<A, B, C> value, KeyOutput out) {
        first.writePart(value.first(), out);
        second.writePart(value.second(), out);
        third.write(value.third(), out);
    }

    @Override
    protected Triple<A, B, C> read(KeyInput in) {
        return new Triple<>(first.readPart(in), second.readPart(in), third.read(in));
    }

    @Override
    protected void writePart(Triple<A, B, C> value, KeyOutput out) {
        first.writePart(value.first(), out);
        second.writePart(value.second(), out);
        third.writePart(value.third(), out);
    }

    @Override
    protected Triple<A, B, C> readPart(KeyInput in) {
        return new Triple<>(first.readPart(in), second.readPart(in), third.readPart(in));
    }

    @Override
    protected void writePrefix(String text, KeyOutput out) {
        PartsText.writePrefix(text, out, first, second, third);
    }

    @Override
    public String format(Triple<A, B, C> value) {
        return PartsText.join(first.format(value.first()), second.format(value.second()), third.format(value.third()));
    }

    @Override
    public String kind() {
        return PartsText.kind(first, second, third);
    }

    @Override
    public Triple<A, B, C> parse(String text) {
        List<String> parts = PartsText.split(text, 3);
        return new Triple<>(first.parse(parts.get(0)), second.parse(parts.get(1)), third.parse(parts.get(2)));
    }
}
