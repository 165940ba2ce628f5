package dev.homeostat.reconciler;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;

/** The row of most tests. */
record Item(String name, String text) {
    static final Index<Item, String> NAME = Index.unique("name", Keys.STRING, Item::name);
    static final TableSpec<Item> TABLE = TableSpec.of("items", Item.class, NAME);

    static Key key(String name) {
        return Keys.STRING.encode(name);
    }
}
