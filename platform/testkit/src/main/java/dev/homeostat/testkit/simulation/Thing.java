package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.api.reconcile.StatusesInRow;
import org.jspecify.annotations.Nullable;

/** The row of our own simulations. It can carry statuses in either way; a table uses one, or none. */
record Thing(
        String name,
        long version,
        @Nullable Status r0,
        @Nullable Status r1,
        @Nullable Status r2,
        @Nullable StatusSet set) {
    static final Index<Thing, String> NAME = Index.unique("name", Keys.STRING, Thing::name);
    static final StatusesInRow<Thing> FIELDS = StatusesInRow.field("r0", Thing::r0, Thing::withR0)
            .andField("r1", Thing::r1, Thing::withR1)
            .andField("r2", Thing::r2, Thing::withR2);
    static final StatusesInRow<Thing> SET = StatusesInRow.set(Thing::set, Thing::withSet);
    static final TableSpec<Thing> TABLE = TableSpec.of("things", Thing.class, NAME);

    Thing(String name, long version) {
        this(name, version, null, null, null, null);
    }

    static Key key(String name) {
        return Keys.STRING.encode(name);
    }

    Thing withR0(Status status) {
        return new Thing(name, version, status, r1, r2, set);
    }

    Thing withR1(Status status) {
        return new Thing(name, version, r0, status, r2, set);
    }

    Thing withR2(Status status) {
        return new Thing(name, version, r0, r1, status, set);
    }

    Thing withSet(StatusSet statuses) {
        return new Thing(name, version, r0, r1, r2, statuses);
    }
}
