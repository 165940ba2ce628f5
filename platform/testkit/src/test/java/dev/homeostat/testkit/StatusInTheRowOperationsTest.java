package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.reconcile.StatusesInRow;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Operations whose status is in the row, and that write into it what they learned. */
final class StatusInTheRowOperationsTest implements OperationsTest<StatusInTheRowOperationsTest.Lamp> {
    record Lamp(String name, String colour, String seen, Status status) {
        static final Index<Lamp, String> NAME = Index.unique("name", Keys.STRING, Lamp::name);
        static final StatusesInRow<Lamp> STATUSES = StatusesInRow.field("status", Lamp::status, Lamp::withStatus);
        static final TableSpec<Lamp> TABLE =
                TableSpec.of("lamps", Lamp.class, NAME).statuses(STATUSES);

        static Lamp of(String name, String colour) {
            return new Lamp(name, colour, "", Status.pending());
        }

        Lamp withStatus(Status newStatus) {
            return new Lamp(name, colour, seen, newStatus);
        }

        Lamp withSeen(String newSeen) {
            return new Lamp(name, colour, newSeen, status);
        }
    }

    /** Lamps that are lit, with their colours. */
    static class Room implements OperationsTarget<Lamp>, Operations<Lamp> {
        private final TreeMap<String, String> lit = new TreeMap<>();

        @Override
        public Operations<Lamp> operations(RWTable<Lamp> table) {
            return this;
        }

        @Override
        public Object look() {
            return new TreeMap<>(lit);
        }

        @Override
        public Outcome update(OperationContext context, Lamp row) {
            lit.put(row.name(), row.colour());
            return Outcome.done(Lamp.class, lamp -> learned(row, lamp));
        }

        /** Tests override it with what is wrong. */
        Lamp learned(Lamp updated, Lamp present) {
            return present.withSeen(updated.colour());
        }

        @Override
        public Outcome delete(OperationContext context, Lamp row) {
            lit.remove(row.name());
            return Outcome.done();
        }

        @Override
        public void prune(PruneContext context, Rows<Lamp> desired) {
            Set<String> wanted = desired.values().map(Lamp::name).collect(Collectors.toSet());
            for (String name : lit.keySet()) {
                if (!wanted.contains(name)) {
                    context.remove(name, Keys.STRING.encode(name), _ -> lit.remove(name));
                }
            }
        }
    }

    @Override
    public TableSpec<Lamp> table() {
        return Lamp.TABLE;
    }

    @Override
    public StatusSlot<Lamp> slot() {
        return Lamp.STATUSES.slot();
    }

    @Override
    public Lamp row(int number, int version) {
        return Lamp.of("lamp-" + number, "colour " + version);
    }

    @Override
    public OperationsTarget<Lamp> target() {
        return new Room();
    }

    @Test
    void bench_keepsTheStatusAndWhatWasLearnedInTheRow() {
        OperationsBench<Lamp> bench = OperationsBench.of(
                Lamp.TABLE,
                Lamp.STATUSES.slot(),
                new Room()::operations,
                Options.defaults().withoutPruning());
        bench.put(Lamp.of("a", "red"));
        Row<Lamp> row = bench.table().get(bench.database().readTxn(), Lamp.NAME.query("a"));
        assertThat(row).isNotNull();
        assertThat(row.value().seen()).isEqualTo("red");
        assertThat(row.value().status().kind()).isEqualTo(StatusKind.DONE);
    }
}
