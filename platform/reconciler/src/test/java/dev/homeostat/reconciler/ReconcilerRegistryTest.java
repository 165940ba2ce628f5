package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import org.junit.jupiter.api.Test;

/** The reconcilers of one database, whoever starts them. */
final class ReconcilerRegistryTest {
    private final Lab lab = new Lab();
    private final ReconcilerRegistry registry = new ReconcilerRegistry(lab.db);
    private final Reconcilers one = with(registry);
    private final Reconcilers other = with(registry);

    private Reconcilers with(ReconcilerRegistry shared) {
        return Reconcilers.builder(lab.db, lab.clock).registry(shared).build();
    }

    @Test
    void twoOfOneName_onOneTable_areRefusedWhoeverStartsThem() {
        one.start("lab", lab.items, lab.target, Lab.OPTIONS);
        assertThatThrownBy(() -> other.start("lab", lab.items, lab.target, Lab.OPTIONS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items/lab already runs")
                .hasMessageContaining("choose another name");
        other.start("second", lab.items, lab.target, Lab.OPTIONS);
    }

    @Test
    void oneSlot_isUsedByOneReconciler_whoeverStartsIt() {
        RWTable<Node> nodes = lab.db.create(Node.TABLE);
        var target = new FakeTarget<>(Node::name, Item::key);
        one.start("main", nodes, Node.STATUSES.slot("main"), target, Lab.OPTIONS);
        assertThatThrownBy(() -> other.start("second", nodes, Node.STATUSES.slot("main"), target, Lab.OPTIONS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nodes/main");
        RunningReconciler<Node> second =
                other.start("second", nodes, Node.STATUSES.slot("second"), target, Lab.OPTIONS);
        assertThat(second.isStopped()).isFalse();
    }

    @Test
    void oneThatStopped_isGoneOnFromByAnyStarter() {
        lab.put("a", "1");
        RunningReconciler<Item> first = one.start("lab", lab.items, lab.target, Lab.OPTIONS);
        lab.clock.runUntilIdle();
        first.stop();
        lab.clock.runUntilIdle();
        other.start("lab", lab.items, lab.target, Lab.OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(1);
    }

    @Test
    void aStopAndForget_leaveNothingInIt() {
        RunningReconciler<Item> first = one.start("lab", lab.items, lab.target, Lab.OPTIONS);
        assertThat(registry.of("items")).hasSize(1);
        first.stop();
        lab.clock.runUntilIdle();
        assertThat(registry.of("items")).isEmpty();
        one.forget(first);
        assertThat(registry.isEmpty()).isTrue();
        assertThat(lab.db.tables()).hasSize(1);
    }

    @Test
    void aStartThatFails_leavesTheNameFree() {
        lab.db.create(TableSpec.of(StatusTableName.of("items", "lab"), Item.class, Item.NAME));
        assertThatThrownBy(() -> one.start("lab", lab.items, lab.target, Lab.OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(registry.isEmpty()).isTrue();
    }

    @Test
    void aRegistryOfAnotherDatabase_isRefused() {
        ReconcilerRegistry foreign = new ReconcilerRegistry(
                StateDatabase.builder().scheduler(lab.clock).build());
        assertThatThrownBy(() -> with(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another database");
    }
}
