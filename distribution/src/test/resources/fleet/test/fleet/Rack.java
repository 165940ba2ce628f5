package test.fleet;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;

/** Where machines stand. */
public record Rack(String name) {
    static final Index<Rack, String> NAME = Index.unique("name", Keys.STRING, Rack::name);

    static final TableSpec<Rack> TABLE = TableSpec.of("racks", Rack.class, NAME)
            .codec(RecordCodec.of(MethodHandles.lookup(), Rack.class))
            .acceptingSources();
}
