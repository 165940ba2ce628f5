package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.RowStatuses;
import dev.homeostat.api.tree.Tree;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How rows carry the statuses of their reconcilers: in fields, one for each, or in a {@link StatusSet} for all. Usually a constant beside the row's class,
 * given to the {@link dev.homeostat.api.db.TableSpec#statuses table's specification}.
 *
 * <p>The functions must be pure and change nothing but the status. A field that was never set may be null.
 *
 * @param <T> the type of the rows
 */
public sealed interface StatusesInRow<T> extends RowStatuses<T> permits FieldStatuses, SetStatuses {
    /**
     * Rows with one status; add others with {@link #andField}.
     *
     * @param name what people call it, not empty
     */
    static <T> StatusesInRow<T> field(
            String name,
            Function<? super T, ? extends @Nullable Status> get,
            BiFunction<? super T, ? super Status, ? extends T> with) {
        return new FieldStatuses<T>(List.of()).andField(name, get, with);
    }

    /** Rows with a set of statuses, one for each reconciler by its name. */
    static <T> StatusesInRow<T> set(
            Function<? super T, ? extends @Nullable StatusSet> get,
            BiFunction<? super T, ? super StatusSet, ? extends T> with) {
        return new SetStatuses<>(requireNonNull(get, "get"), requireNonNull(with, "with"));
    }

    /**
     * The same with one more field.
     *
     * @throws IllegalArgumentException if there is a field of that name
     * @throws IllegalStateException if the row carries a set
     */
    StatusesInRow<T> andField(
            String name,
            Function<? super T, ? extends @Nullable Status> get,
            BiFunction<? super T, ? super Status, ? extends T> with);

    /**
     * The only field.
     *
     * @throws IllegalStateException if there are several, or the row carries a set: then it takes a name
     */
    StatusSlot<T> slot();

    /**
     * The field of that name, or that name in the set. The same object at each call.
     *
     * @throws IllegalArgumentException if there is no such field, or the name is empty
     */
    StatusSlot<T> slot(String name);

    /** The highest generation of all statuses of the row, which has that revision: that of its desired state, for whoever keeps no status in it. */
    long generation(T row, long revision);

    /** The statuses of the row as documents: how a codec of records writes them among the row's fields. For whoever shows statuses and what is desired apart. */
    List<Tree> documents(T row);

    /** Whether the two rows carry the same statuses, but for that of the slot. */
    boolean sameButFor(StatusSlot<T> slot, T one, T other);
}
