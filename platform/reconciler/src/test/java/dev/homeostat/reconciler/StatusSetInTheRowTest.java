package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.testkit.fakes.FakeTarget;
import org.jspecify.annotations.Nullable;

/** The side of the seam where the row has a set of statuses. */
final class StatusSetInTheRowTest extends StatusContract<Node> {
    @Override
    RWTable<Node> createTable(Database database) {
        return database.create(Node.TABLE);
    }

    @Override
    Node desired(@Nullable Node present, String name, String text) {
        return new Node(
                name,
                text,
                present == null ? StatusSet.pending() : present.statuses().renewed());
    }

    @Override
    String name(Node row) {
        return row.name();
    }

    @Override
    String text(Node row) {
        return row.text();
    }

    @Override
    RunningReconciler<Node> start(
            Reconcilers starter, String name, RWTable<Node> on, FakeTarget<Node> operations, Options options) {
        return starter.start(name, on, Node.STATUSES.slot(name), operations, options);
    }
}
