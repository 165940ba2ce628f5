package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of the row. */
final class FieldSlot<T> implements StatusSlot<T> {
    private final FieldStatuses<T> statuses;
    private final String name;
    private final Function<? super T, ? extends @Nullable Status> get;
    private final BiFunction<? super T, ? super Status, ? extends T> with;
    private final Index<T, StatusKind> index;

    FieldSlot(
            FieldStatuses<T> statuses,
            String name,
            Function<? super T, ? extends @Nullable Status> get,
            BiFunction<? super T, ? super Status, ? extends T> with) {
        this.statuses = statuses;
        this.name = requireNonNull(name, "name");
        this.get = requireNonNull(get, "get");
        this.with = requireNonNull(with, "with");
        this.index = Index.nonUnique(name, Keys.enumOf(StatusKind.class), row -> kind(get.apply(row)));
    }

    /** The same field, as one of those. */
    FieldSlot<T> of(FieldStatuses<T> all) {
        return new FieldSlot<>(all, name, get, with);
    }

    static StatusKind kind(@Nullable Status status) {
        return status == null ? StatusKind.PENDING : status.kind();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StatusesInRow<T> statuses() {
        return statuses;
    }

    @Override
    public @Nullable Status get(T row) {
        return get.apply(row);
    }

    @Override
    public T with(T row, Status status) {
        return with.apply(row, status);
    }

    @Override
    public T committed(T row, long revision, Status status) {
        return with.apply(statuses.stampedBut(this, row, revision), status);
    }

    @Override
    public Index<T, StatusKind> statusIndex() {
        return index;
    }

    @Override
    public String toString() {
        return "status \"" + name + "\"";
    }
}
