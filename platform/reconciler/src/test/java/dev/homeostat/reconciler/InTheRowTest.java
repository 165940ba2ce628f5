package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.FakeTarget;
import org.jspecify.annotations.Nullable;

/** The side of the seam where each reconciler has a field of the row. */
final class InTheRowTest extends StatusContract<Station> {
    @Override
    RWTable<Station> createTable(Database database) {
        return database.create(Station.TABLE);
    }

    @Override
    Station desired(@Nullable Station present, String name, String text) {
        return Station.desired(name, text);
    }

    @Override
    String name(Station row) {
        return row.name();
    }

    @Override
    String text(Station row) {
        return row.text();
    }

    @Override
    RunningReconciler<Station> start(
            Reconcilers starter, String name, RWTable<Station> on, FakeTarget<Station> operations, Options options) {
        return starter.start(name, on, Station.STATUSES.slot(name), operations, options);
    }
}
