package dev.homeostat.host.source;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.AtMost;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** A row for tests; {@code slot} is unique where it is given. */
record Thing(
        String name,
        @Default("") String text,
        @Nullable String slot,
        @Default("0") @AtMost("9") int weight) {
    static final Index<Thing, String> NAME = Index.unique("name", Keys.STRING, Thing::name);
    static final Index<Thing, String> SLOT = Index.unique("slot", Keys.STRING, Thing::slot);
    static final TableSpec<Thing> THINGS = spec("things");
    static final TableSpec<Thing> OTHERS = spec("others");

    static TableSpec<Thing> closed(String name) {
        return TableSpec.of(name, Thing.class, NAME);
    }

    private static TableSpec<Thing> spec(String name) {
        return closed(name)
                .index(SLOT)
                .codec(RecordCodec.of(MethodHandles.lookup(), Thing.class))
                .acceptingSources();
    }
}
