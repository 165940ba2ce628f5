package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;

/** The row of our own simulations. */
record Thing(String name, long version) {
    static final Index<Thing, String> NAME = Index.unique("name", Keys.STRING, Thing::name);
    static final TableSpec<Thing> TABLE = TableSpec.of("things", Thing.class, NAME);

    static Key key(String name) {
        return Keys.STRING.encode(name);
    }
}
