package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.RowCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a table is made from: name, row type, primary index, secondary indexes, and how rows are read from and written to documents. Immutable: every
 * method that adds gives a new one. Usually a constant beside the row's class.
 */
public final class TableSpec<T> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_\\-]{0,30}");

    private final String name;
    private final Class<T> rowType;
    private final List<Index<T, ?>> indexes;
    private final @Nullable RowCodec<T> codec;
    private final boolean acceptsSources;

    private TableSpec(
            String name,
            Class<T> rowType,
            List<Index<T, ?>> indexes,
            @Nullable RowCodec<T> codec,
            boolean acceptsSources) {
        this.name = name;
        this.rowType = rowType;
        this.indexes = indexes;
        this.codec = codec;
        this.acceptsSources = acceptsSources;
    }

    /**
     * A table with one index, the primary one.
     *
     * @throws IllegalArgumentException if the name does not match {@code ^[a-z][a-z0-9_\-]{0,30}$}, or the index is not unique
     */
    public static <T> TableSpec<T> of(String name, Class<T> rowType, Index<T, ?> primary) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("table \"" + name + "\": a name matches ^[a-z][a-z0-9_\\-]{0,30}$");
        }
        if (!primary.isUnique()) {
            throw new IllegalArgumentException(
                    "table \"" + name + "\": primary index \"" + primary.name() + "\" must be unique");
        }
        return new TableSpec<>(name, requireNonNull(rowType, "rowType"), List.of(primary), null, false);
    }

    /**
     * The same with one more secondary index.
     *
     * @throws IllegalArgumentException if there is an index of that name
     */
    public TableSpec<T> index(Index<T, ?> index) {
        List<Index<T, ?>> more = new ArrayList<>(indexes);
        for (Index<T, ?> other : indexes) {
            if (other.name().equals(index.name())) {
                throw new IllegalArgumentException(
                        "table \"" + name + "\": index \"" + index.name() + "\" already exists");
            }
        }
        more.add(index);
        return new TableSpec<>(name, rowType, List.copyOf(more), codec, acceptsSources);
    }

    /** The same with a codec, which lets people see rows as documents. */
    public TableSpec<T> codec(RowCodec<T> rowCodec) {
        return new TableSpec<>(name, rowType, indexes, requireNonNull(rowCodec, "rowCodec"), acceptsSources);
    }

    /**
     * The same, open to generic sources (manifest files), which write rows through the codec.
     *
     * @throws IllegalStateException if there is no codec
     */
    public TableSpec<T> acceptingSources() {
        if (codec == null) {
            throw new IllegalStateException(
                    "table \"" + name + "\": sources write through a codec; give it one with codec(…) first");
        }
        return new TableSpec<>(name, rowType, indexes, codec, true);
    }

    /** The table's name. */
    public String name() {
        return name;
    }

    /** The class of the rows. */
    public Class<T> rowType() {
        return rowType;
    }

    /** The primary index. */
    public Index<T, ?> primary() {
        return indexes.getFirst();
    }

    /** All indexes, the primary one first. */
    public List<Index<T, ?>> indexes() {
        return indexes;
    }

    /** How rows become documents, or null. */
    public @Nullable RowCodec<T> codec() {
        return codec;
    }

    /** Whether generic sources may write rows. */
    public boolean acceptsSources() {
        return acceptsSources;
    }

    /** The primary key of a row, as text that a person reads and {@link #parseKey} takes. */
    public String formatKey(Key key) {
        return format(primary(), key);
    }

    /**
     * The primary key that a person wrote.
     *
     * @throws IllegalArgumentException if the text is not such a key
     */
    public Key parseKey(String text) {
        return parse(primary(), text);
    }

    /** A lookup of the row with that primary key. */
    public Query<T> lookup(Key key) {
        return primary().queryKey(key);
    }

    @Override
    public String toString() {
        return "table \"" + name + "\"";
    }

    private static <K> String format(Index<?, K> index, Key key) {
        return index.keyType().format(index.keyType().decode(key));
    }

    private static <K> Key parse(Index<?, K> index, String text) {
        return index.keyType().encode(index.keyType().parse(text));
    }
}
