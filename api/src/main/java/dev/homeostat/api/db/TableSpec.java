package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.RowCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
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
    private final Traits<T> traits;

    private TableSpec(String name, Class<T> rowType, List<Index<T, ?>> indexes, Traits<T> traits) {
        this.name = name;
        this.rowType = rowType;
        this.indexes = indexes;
        this.traits = traits;
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
        return new TableSpec<>(name, requireNonNull(rowType, "rowType"), List.of(primary), Traits.none());
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
        return new TableSpec<>(name, rowType, List.copyOf(more), traits);
    }

    /**
     * The same with a codec: by it people see rows as documents, sources and commands write them, and rows go on when their plugin is replaced.
     *
     * <p>In a host, a table of records that was given none has that of its records, as {@link dev.homeostat.api.tree.RecordCodec} makes it, and needs no lookup for that. It has none when a component has no
     * form in documents or is a secret; then its rows are shown by their {@code toString}, and are lost when the plugin is replaced, which the log says with
     * the name of the component. Who embeds the database gives each table its codec.
     */
    public TableSpec<T> codec(RowCodec<T> rowCodec) {
        return with(traits.codec(requireNonNull(rowCodec, "rowCodec")));
    }

    /**
     * The same, open to generic sources (manifest files), which write rows through the codec. Of records whose {@linkplain #codec default codec} cannot be made, the host
     * refuses such a table.
     *
     * @throws IllegalStateException if there is no codec, and the rows are no records, which have one by default
     */
    public TableSpec<T> acceptingSources() {
        if (traits.codec() == null && !rowType.isRecord()) {
            throw new IllegalStateException(
                    "table \"" + name + "\": sources write through a codec; give it one with codec(…) first");
        }
        return with(traits.acceptsSources(true));
    }

    /**
     * The same, with the promise that no row is ever changed after it was made, so that the stored instance may be stored again, under a new revision. Records keep
     * that promise without saying so.
     */
    public TableSpec<T> immutable() {
        return with(traits.immutable(true));
    }

    /**
     * The same, with rows compared by that predicate, of a desired row and the stored one, wherever a desired row is brought: {@link RWTable#apply}, derived tables and
     * the writers of the host. Must be pure. Without it they are compared by {@code equals}, after the stored row's statuses were copied to the desired one where
     * the rows {@linkplain #statuses carry statuses}.
     */
    public TableSpec<T> sameDesired(BiPredicate<? super T, ? super T> predicate) {
        return with(traits.sameDesired(requireNonNull(predicate, "predicate")));
    }

    /** The same, with rows that carry statuses. */
    public TableSpec<T> statuses(RowStatuses<T> statuses) {
        return with(traits.statuses(requireNonNull(statuses, "statuses")));
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

    /** How rows become documents; null where none was given. */
    public @Nullable RowCodec<T> codec() {
        return traits.codec();
    }

    /** Whether generic sources may write rows. */
    public boolean acceptsSources() {
        return traits.acceptsSources();
    }

    /** Whether that row may be stored again though its very instance is the stored one. */
    public boolean mayStoreAgain(T row) {
        return traits.immutable() || row.getClass().isRecord();
    }

    /** How the rows carry statuses, or null where they carry none. */
    public @Nullable RowStatuses<T> statuses() {
        return traits.statuses();
    }

    /** Whether a desired row asks for nothing but what the stored one asks for already. */
    public boolean isSameDesired(T desired, T stored) {
        BiPredicate<? super T, ? super T> predicate = traits.sameDesired();
        if (predicate != null) {
            return predicate.test(desired, stored);
        }
        RowStatuses<T> statuses = traits.statuses();
        return (statuses == null ? desired : statuses.copied(desired, stored)).equals(stored);
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

    private TableSpec<T> with(Traits<T> other) {
        return new TableSpec<>(name, rowType, indexes, other);
    }

    private static <K> String format(Index<?, K> index, Key key) {
        return index.keyType().format(index.keyType().decode(key));
    }

    private static <K> Key parse(Index<?, K> index, String text) {
        return index.keyType().encode(index.keyType().parse(text));
    }

    /** What is said of the rows beside their keys. */
    private record Traits<T>(
            @Nullable RowCodec<T> codec,
            boolean acceptsSources,
            boolean immutable,
            @Nullable BiPredicate<? super T, ? super T> sameDesired,
            @Nullable RowStatuses<T> statuses) {

        static <T> Traits<T> none() {
            return new Traits<>(null, false, false, null, null);
        }

        Traits<T> codec(RowCodec<T> other) {
            return new Traits<>(other, acceptsSources, immutable, sameDesired, statuses);
        }

        Traits<T> acceptsSources(boolean other) {
            return new Traits<>(codec, other, immutable, sameDesired, statuses);
        }

        Traits<T> immutable(boolean other) {
            return new Traits<>(codec, acceptsSources, other, sameDesired, statuses);
        }

        Traits<T> sameDesired(BiPredicate<? super T, ? super T> other) {
            return new Traits<>(codec, acceptsSources, immutable, other, statuses);
        }

        Traits<T> statuses(RowStatuses<T> other) {
            return new Traits<>(codec, acceptsSources, immutable, sameDesired, other);
        }
    }
}
