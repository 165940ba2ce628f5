package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.reconcile.StatusesInRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Our own subject: things in maps. Each reconciler has a map; a row desires that its name maps to its version. Names of rows are {@code n} and the number;
 * a name that begins with {@code stray} belongs to no row key.
 */
final class Things implements Subject<Thing> {
    private final Side side;
    private final Set<String> beside;
    private final Set<String> batched;
    private final Map<String, SortedMap<String, Long>> targets = new HashMap<>();

    /**
     * @param beside the reconcilers that keep their statuses beside the rows, although these carry some
     * @param batched those whose operations take batches
     */
    Things(Side side, Set<String> beside, Set<String> batched) {
        this.side = side;
        this.beside = beside;
        this.batched = batched;
    }

    @Override
    public TableSpec<Thing> spec() {
        StatusesInRow<Thing> statuses = statuses();
        return statuses == null ? Thing.TABLE : Thing.TABLE.statuses(statuses);
    }

    /** Every other version has statuses that nobody ever set, and the others are marked as pending. */
    @Override
    public Thing row(int number, long version) {
        Thing row = new Thing("n" + number, version);
        StatusesInRow<Thing> statuses = statuses();
        return statuses == null || version % 2 == 0 ? row : statuses.pending(row);
    }

    @Override
    public @Nullable StatusSlot<Thing> slot(String reconciler) {
        StatusesInRow<Thing> statuses = statuses();
        return statuses == null || beside.contains(reconciler) ? null : statuses.slot(reconciler);
    }

    private @Nullable StatusesInRow<Thing> statuses() {
        return switch (side) {
            case BESIDE -> null;
            case FIELDS -> Thing.FIELDS;
            case SET -> Thing.SET;
        };
    }

    @Override
    public Key key(Thing row) {
        return Thing.key(row.name());
    }

    @Override
    public Operations<Thing> operations(String reconciler, RWTable<Thing> table) {
        OnTheMap one = new OnTheMap(target(reconciler));
        return batched.contains(reconciler) ? new InBatches(one) : one;
    }

    @Override
    public SortedMap<String, Long> look(String reconciler) {
        return new TreeMap<>(target(reconciler));
    }

    @Override
    public SortedMap<String, Long> expected(String reconciler, Map<Integer, Long> desired) {
        SortedMap<String, Long> expected = new TreeMap<>();
        desired.forEach((number, version) -> expected.put("n" + number, version));
        return expected;
    }

    @Override
    public String drift(String reconciler, int number, long something) {
        SortedMap<String, Long> target = target(reconciler);
        String name = (something % 4 == 0 ? "stray" : "n") + number;
        if (something % 3 == 0) {
            target.remove(name);
            return name + " is gone";
        }
        target.put(name, -something);
        return name + " is " + -something;
    }

    private SortedMap<String, Long> target(String reconciler) {
        return targets.computeIfAbsent(reconciler, _ -> new TreeMap<>());
    }

    /** What a plugin author would write. */
    private record OnTheMap(SortedMap<String, Long> target) implements Operations<Thing> {
        @Override
        public Outcome update(OperationContext context, Thing row) {
            target.put(row.name(), row.version());
            return Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, Thing row) {
            target.remove(row.name());
            return Outcome.done();
        }

        @Override
        public void prune(PruneContext context, Rows<Thing> desired) {
            Set<String> wanted = new HashSet<>();
            for (Row<Thing> row : desired) {
                wanted.add(row.value().name());
            }
            for (String name : target.keySet()) {
                if (name.startsWith("stray")) {
                    context.remove(name, _ -> true, _ -> target.remove(name));
                } else if (!wanted.contains(name)) {
                    context.remove(name, Thing.key(name), _ -> target.remove(name));
                }
            }
        }
    }

    /** The same, many at a time. */
    private record InBatches(OnTheMap one) implements BatchOperations<Thing> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Thing>> entries) {
            entries.forEach(entry -> entry.result(one.update(entry, entry.row())));
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Thing>> entries) {
            entries.forEach(entry -> entry.result(one.delete(entry, entry.row())));
        }

        @Override
        public void prune(PruneContext context, Rows<Thing> desired) {
            one.prune(context, desired);
        }
    }
}
