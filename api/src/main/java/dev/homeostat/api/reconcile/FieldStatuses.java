package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows with a field for each status. */
final class FieldStatuses<T> implements StatusesInRow<T> {
    private final List<FieldSlot<T>> slots;

    /** Those, as slots of this. */
    FieldStatuses(List<FieldSlot<T>> slots) {
        this.slots = slots.stream().map(slot -> slot.of(this)).toList();
    }

    @Override
    public StatusesInRow<T> andField(
            String name,
            Function<? super T, ? extends @Nullable Status> get,
            BiFunction<? super T, ? super Status, ? extends T> with) {
        List<FieldSlot<T>> more = new ArrayList<>(slots);
        for (FieldSlot<T> slot : slots) {
            if (slot.name().equals(name)) {
                throw new IllegalArgumentException("status \"" + name + "\": a field of that name already exists");
            }
        }
        more.add(new FieldSlot<>(this, name, get, with));
        return new FieldStatuses<>(more);
    }

    @Override
    public StatusSlot<T> slot() {
        if (slots.size() == 1) {
            return slots.getFirst();
        }
        throw new IllegalStateException("the rows carry several statuses, " + names() + ": choose one by its name");
    }

    @Override
    public StatusSlot<T> slot(String name) {
        requireNonNull(name, "name");
        for (FieldSlot<T> slot : slots) {
            if (slot.name().equals(name)) {
                return slot;
            }
        }
        throw new IllegalArgumentException(
                "status \"" + name + "\": the rows have no such field; they have " + names());
    }

    @Override
    public T copied(T desired, T stored) {
        T row = desired;
        for (FieldSlot<T> slot : slots) {
            Status status = slot.get(stored);
            row = slot.with(row, status == null ? Status.pending() : status);
        }
        return row;
    }

    @Override
    public T pending(T desired) {
        T row = desired;
        for (FieldSlot<T> slot : slots) {
            row = slot.with(row, Status.pending());
        }
        return row;
    }

    @Override
    public long generation(T row, long revision) {
        long highest = 0;
        for (FieldSlot<T> slot : slots) {
            highest = Math.max(highest, slot.generation(row, revision));
        }
        return highest;
    }

    @Override
    public List<Tree> documents(T row) {
        return slots.stream()
                .map(slot -> slot.get(row))
                .filter(Objects::nonNull)
                .map(Status::toTree)
                .toList();
    }

    @Override
    public boolean sameButFor(StatusSlot<T> but, T one, T other) {
        for (FieldSlot<T> slot : slots) {
            if (slot != but && !Objects.equals(slot.get(one), slot.get(other))) {
                return false;
            }
        }
        return true;
    }

    /** The row with all statuses but that one stamped. */
    T stampedBut(FieldSlot<T> but, T row, long revision) {
        T stamped = row;
        for (FieldSlot<T> slot : slots) {
            if (slot == but) {
                continue;
            }
            Status status = slot.get(stamped);
            if (status == null || status.generationAt(revision) != status.generation()) {
                stamped = slot.with(stamped, (status == null ? Status.pending() : status).stampedAt(revision));
            }
        }
        return stamped;
    }

    private List<String> names() {
        return slots.stream().map(FieldSlot::name).toList();
    }

    @Override
    public String toString() {
        return "statuses in fields " + names();
    }
}
