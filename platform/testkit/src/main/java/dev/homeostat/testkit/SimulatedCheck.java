package dev.homeostat.testkit;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.simulation.Simulation;
import dev.homeostat.testkit.simulation.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the operations in the simulator, as a seed says. */
final class SimulatedCheck implements OperationsCheck {
    private static final int ROWS = 6;
    private static final int STEPS = 80;
    private static final int SHOWN = 40;

    private final long seed;

    SimulatedCheck(long seed) {
        this.seed = seed;
    }

    @Override
    public <T> void run(OperationsTest<T> test) throws Exception {
        Watch watch = new Watch();
        Simulation.Verdict verdict = simulate(test, watch);
        if (!verdict.isSound()) {
            List<String> trace = verdict.trace();
            List<String> failures = watch.failures();
            throw watch.explained(new AssertionError(verdict.complaint()
                    + (failures.isEmpty()
                            ? ""
                            : "\nWhat the operations themselves failed at last, without any fault of the simulator's:\n"
                                    + String.join("\n", failures))
                    + "\nWhat happened before, in virtual seconds:\n"
                    + String.join("\n", trace.subList(Math.max(0, trace.size() - SHOWN), trace.size()))));
        }
    }

    private <T> Simulation.Verdict simulate(OperationsTest<T> test, Watch watch) throws Exception {
        try (OperationsTarget<T> target = test.target()) {
            return Simulation.ofOperations(seed, ROWS, STEPS, new TestSubject<>(test, target, watch));
        }
    }

    /** What the author has given, as the simulator wants it. */
    private static final class TestSubject<T> implements Subject<T> {
        private final OperationsTest<T> test;
        private final OperationsTarget<T> target;
        private final Watch watch;
        private final Database scratch = StateDatabase.create();
        private final RWTable<T> rows;
        private final Leftovers<T> leftovers = new Leftovers<>(this::key);

        TestSubject(OperationsTest<T> test, OperationsTarget<T> target, Watch watch) {
            this.test = test;
            this.target = target;
            this.watch = watch;
            this.rows = scratch.create(test.table());
        }

        @Override
        public TableSpec<T> spec() {
            return test.table();
        }

        @Override
        public T row(int number, long version) {
            return test.row(number, (int) version);
        }

        @Override
        public Key key(T row) {
            try (WriteTxn txn = scratch.writeTxn(rows)) {
                rows.insert(txn, row);
                for (Row<T> stored : rows.all(txn)) {
                    return stored.key();
                }
            }
            throw new IllegalStateException("table " + rows.name() + " did not store " + row);
        }

        @Override
        public Operations<T> operations(String reconciler, RWTable<T> table) {
            Operations<T> operations = target.operations(table);
            return watch.around(operations, Watch.prunes(operations) ? null : leftovers);
        }

        @Override
        public @Nullable StatusSlot<T> slot(String reconciler) {
            return test.slot();
        }

        @Override
        public Object look(String reconciler) {
            try {
                return target.look();
            } catch (Exception e) {
                throw new AssertionError("look failed: " + e, e);
            }
        }

        @Override
        public Object expected(String reconciler, Map<Integer, Long> desired) {
            try (Trial<T> fresh = new Trial<>(test)) {
                desired.forEach((number, version) -> {
                    fresh.put(number, version.intValue());
                    fresh.requireDone(number, "on a fresh target, update");
                });
                return fresh.look();
            } catch (Exception e) {
                throw new AssertionError("a fresh target could not be made or looked at: " + e, e);
            }
        }

        @Override
        public String drift(String reconciler, int number, long something) {
            return "nothing";
        }
    }
}
