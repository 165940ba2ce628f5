package dev.homeostat.api.tree;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns records into documents and back by their components, so that a row or a configuration needs no code for it.
 *
 * <p>A record is a mapping. Its keys are the names of the components in kebab-case: {@code refreshInterval} is {@code refresh-interval}. Components may be
 * text, {@code boolean}, {@code int}, {@code long}, {@code double}, {@link java.time.Duration} ({@code 100ms}, {@code 1h30m}, or ISO 8601),
 * {@link java.time.Instant}, {@link java.nio.file.Path}, {@link Secret} (read, and written as {@code ***}), enums (in kebab-case), records, classes with a {@link TreeForm} (IP and bit prefixes, statuses, and
 * your own), {@link Tree} (left as it is), and {@link java.util.List},
 * {@link java.util.Set}, {@link dev.homeostat.api.collection.PersistentSet}, {@code Map<String, …>} and
 * {@link dev.homeostat.api.collection.PersistentMap PersistentMap&lt;String, …&gt;} of these. Sets are written as lists. Collections come out unmodifiable.
 *
 * <p>Each component must be given, unless it has a {@link Default} or is {@code @Nullable} (JSpecify's), or its class says what it is when it is left out, as a status does. {@link AtLeast} and {@link AtMost} bound numbers and
 * durations; whatever else a record demands, its compact constructor checks, and the message of what it throws becomes a problem. Decoding finds all problems
 * of a document, not only the first: unknown keys (with the nearest known one), missing keys, wrong types, exceeded bounds, refused values.
 *
 * <p>Immutable and safe for all threads.
 *
 * @param <T> the record
 */
public final class RecordCodec<T extends Record> implements RowCodec<T> {
    private final Class<T> type;
    private final RecordValue codec;

    private RecordCodec(Class<T> type, RecordValue codec) {
        this.type = type;
        this.codec = codec;
    }

    /**
     * The codec of a record class.
     *
     * @param lookup sees into the record and the records in it: {@code MethodHandles.lookup()} called in their own module, or in one that their package is
     *     open to
     * @throws IllegalArgumentException if a component's type has no form in documents, an annotation's text does not fit its component, or the lookup cannot
     *     see into a record
     */
    public static <T extends Record> RecordCodec<T> of(MethodHandles.Lookup lookup, Class<T> type) {
        requireNonNull(lookup, "lookup");
        return new RecordCodec<>(type, new CodecFactory(lookup).root(requireNonNull(type, "type")));
    }

    /** A duration as documents have it, in the largest unit that gives a whole number: {@code 90s}, {@code 1h}. */
    public static String durationText(Duration duration) {
        return DurationValue.format(requireNonNull(duration, "duration"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws NullPointerException if a component that is not {@code @Nullable} is null; names it
     */
    @Override
    public Tree encode(T row) {
        return codec.encode(requireNonNull(row, "row"));
    }

    @Override
    public T decode(Tree document) {
        return decode(document, new Decoding("", new ArrayList<>()));
    }

    @Override
    public T decodeKept(Tree document, Consumer<String> dropped) {
        return decode(document, new Decoding("", new ArrayList<>(), requireNonNull(dropped, "dropped")));
    }

    private T decode(Tree document, Decoding decoding) {
        Object row = codec.decode(document, decoding);
        decoding.throwIfAny();
        return type.cast(requireNonNull(row, "a decoder gave neither a row nor a problem"));
    }

    /** The components of the record, in their order, for those who explain it. */
    public List<RecordField> fields() {
        return codec.fields(new HashSet<>());
    }

    @Override
    public String toString() {
        return "RecordCodec[" + type.getName() + "]";
    }
}
