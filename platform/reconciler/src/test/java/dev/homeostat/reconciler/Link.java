package dev.homeostat.reconciler;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;

/** The row of another table. */
record Link(String name, String state) {
    static final Index<Link, String> NAME = Index.unique("name", Keys.STRING, Link::name);
    static final TableSpec<Link> TABLE = TableSpec.of("links", Link.class, NAME);

    static Key key(String name) {
        return Keys.STRING.encode(name);
    }
}
