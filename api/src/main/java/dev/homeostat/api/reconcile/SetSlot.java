package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;

/** A name in the row's set. */
final class SetSlot<T> implements StatusSlot<T> {
    private final SetStatuses<T> statuses;
    private final String name;
    private final Index<T, StatusKind> index;

    SetSlot(SetStatuses<T> statuses, String name) {
        this.statuses = statuses;
        this.name = requireNonNull(name, "name");
        this.index = Index.nonUnique(
                "status-" + name,
                Keys.enumOf(StatusKind.class),
                row -> statuses.set(row).get(name).kind());
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
    public Status get(T row) {
        return statuses.set(row).get(name);
    }

    @Override
    public T with(T row, Status status) {
        return statuses.with(row, statuses.set(row).with(name, status));
    }

    @Override
    public T committed(T row, long revision, Status status) {
        return statuses.with(row, statuses.set(row).stampedAt(revision).with(name, status));
    }

    @Override
    public Index<T, StatusKind> statusIndex() {
        return index;
    }

    @Override
    public String toString() {
        return "status \"" + name + "\" in the set";
    }
}
