package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows with a set of statuses. */
final class SetStatuses<T> implements StatusesInRow<T> {
    private final Function<? super T, ? extends @Nullable StatusSet> get;
    private final BiFunction<? super T, ? super StatusSet, ? extends T> with;
    private final Map<String, SetSlot<T>> slots = new ConcurrentHashMap<>();

    SetStatuses(
            Function<? super T, ? extends @Nullable StatusSet> get,
            BiFunction<? super T, ? super StatusSet, ? extends T> with) {
        this.get = get;
        this.with = with;
    }

    @Override
    public StatusesInRow<T> andField(
            String name,
            Function<? super T, ? extends @Nullable Status> fieldGet,
            BiFunction<? super T, ? super Status, ? extends T> fieldWith) {
        throw new IllegalStateException("status \"" + name
                + "\": the rows carry a StatusSet, which has room for all reconcilers: use slot(\"" + name + "\")");
    }

    @Override
    public StatusSlot<T> slot() {
        throw new IllegalStateException(
                "the rows carry a StatusSet: choose the name under which the reconciler keeps its status");
    }

    @Override
    public StatusSlot<T> slot(String name) {
        return slots.computeIfAbsent(StatusSet.checked(requireNonNull(name, "name")), one -> new SetSlot<>(this, one));
    }

    @Override
    public T copied(T desired, T stored) {
        return with.apply(desired, set(stored));
    }

    @Override
    public T pending(T desired) {
        return with.apply(desired, set(desired).renewed());
    }

    @Override
    public long generation(T row, long revision) {
        return set(row).generationAt(revision);
    }

    @Override
    public List<Tree> documents(T row) {
        return List.of(set(row).toTree());
    }

    @Override
    public boolean sameButFor(StatusSlot<T> slot, T one, T other) {
        StatusSet first = set(one);
        StatusSet second = set(other);
        return first.equals(second) || first.without(slot.name()).equals(second.without(slot.name()));
    }

    /** The row's set; one that was never set is pending. */
    StatusSet set(T row) {
        StatusSet set = get.apply(row);
        return set == null ? StatusSet.pending() : set;
    }

    T with(T row, StatusSet set) {
        return with.apply(row, set);
    }

    @Override
    public String toString() {
        return "statuses in a set";
    }
}
