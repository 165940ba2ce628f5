package dev.homeostat.api.db;

/**
 * How values of one type become keys that order as the values do, and become text and values again.
 *
 * <p>Implementations are immutable; the ones that most tables need are in {@link Keys}.
 *
 * @param <K> the type of the values
 */
public abstract class KeyType<K> {
    /** For subclasses. */
    protected KeyType() {}

    /** Appends the key of the value, as it stands alone: nothing follows it. */
    protected abstract void write(K value, KeyOutput out);

    /** Reads back what {@link #write} wrote; everything that is left in the input belongs to it. */
    protected abstract K read(KeyInput in);

    /** Appends the key of the value as a part of a composite: one that delimits itself and keeps the order. The same as {@link #write} for fixed lengths. */
    protected void writePart(K value, KeyOutput out) {
        write(value, out);
    }

    /** Reads back what {@link #writePart} wrote, and no more. */
    protected K readPart(KeyInput in) {
        return read(in);
    }

    /** The value as a person writes it; {@link #parse} takes it back. */
    public abstract String format(K value);

    /**
     * The value that a person wrote.
     *
     * @throws IllegalArgumentException if the text is not such a value; the message says what is expected
     */
    public abstract K parse(String text);

    /**
     * What the keys begin with whose values people write with that beginning; for {@link Index#prefixKey}. Of composites the parts before the last slash are whole
     * ones. For an index of prefixes it is the key of the whole prefix.
     *
     * @throws IllegalArgumentException if the text is no such beginning, or nothing but the whole of such a value is one: numbers, times and the like
     */
    public final Key parsePrefix(String text) {
        if (isFixed()) {
            throw new IllegalArgumentException(
                    (kind().isEmpty() ? "they" : kind()) + " have no prefix; ask for the key itself, or from there on");
        }
        KeyOutput out = new KeyOutput();
        writePrefix(text, out);
        return out.toKey();
    }

    /** Appends what the keys begin with whose values people write with that beginning, as they stand alone; the whole key unless the type knows better. */
    protected void writePrefix(String text, KeyOutput out) {
        write(parse(text), out);
    }

    /** The same, as a part of a composite. */
    protected void writePartPrefix(String text, KeyOutput out) {
        writePart(parse(text), out);
    }

    /** Whether all keys have one length, and a beginning of one means nothing to people. */
    boolean isFixed() {
        return false;
    }

    /** What the values are, for people who look for a key: {@code text}, {@code whole numbers from 0 to 255}; empty when the type does not say. */
    public String kind() {
        return "";
    }

    /** The key of the value. */
    public final Key encode(K value) {
        return new Key(toBytes(value));
    }

    /** The bytes of {@link #encode}, in an array of their own; overridden where there is a shorter way. */
    byte[] toBytes(K value) {
        KeyOutput out = new KeyOutput();
        write(value, out);
        return out.toBytes();
    }

    /**
     * The value of a key that {@link #encode} made.
     *
     * @throws IllegalArgumentException if the bytes are not such a key
     */
    public final K decode(Key key) {
        KeyInput in = new KeyInput(key);
        K value = read(in);
        if (in.remaining() > 0) {
            throw new IllegalArgumentException("key " + key + ": " + in.remaining() + " bytes too many");
        }
        return value;
    }
}
