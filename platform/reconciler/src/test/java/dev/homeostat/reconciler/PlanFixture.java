package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import java.time.Duration;
import java.util.List;

/** A lab, and what is planned in it. */
abstract class PlanFixture {
    static final Options APPLY = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofMinutes(1), Duration.ofMinutes(1));
    static final Options PLAN = APPLY.mode(Mode.PLAN);
    static final Options PAUSED = APPLY.mode(Mode.PAUSED);
    final Lab lab = new Lab();

    final void options(RunningReconciler<Item> reconciler, Options options) {
        reconciler.options(options);
        lab.clock.runUntilIdle();
    }

    final List<PlannedChange> plan(RunningReconciler<Item> reconciler) {
        Table<PlannedChange> table = reconciler.plan().orElse(null);
        return table == null
                ? List.of()
                : table.all(lab.db.readTxn()).stream().map(Row::value).toList();
    }

    final List<String> planned(RunningReconciler<Item> reconciler) {
        return plan(reconciler).stream()
                .map(change -> change.operation() + " " + change.key())
                .toList();
    }

    final PlannedChange change(RunningReconciler<Item> reconciler, String name) {
        Row<PlannedChange> row =
                reconciler.plan().orElseThrow().get(lab.db.readTxn(), PlannedChange.CHANGE.query(name));
        if (row == null) {
            throw new AssertionError("not planned: " + name + " in " + plan(reconciler));
        }
        return row.value();
    }

    final void assertNoMutatorCalled() {
        assertThat(lab.target.log()).allMatch(call -> call.startsWith("observe") || call.equals("prune"));
    }
}
