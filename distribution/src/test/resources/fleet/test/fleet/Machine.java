package test.fleet;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;

/** A machine, and the image that it is to run. */
public record Machine(String name, String rack, String image) {
    static final Index<Machine, String> NAME = Index.unique("name", Keys.STRING, Machine::name);

    static final Index<Machine, String> RACK = Index.nonUnique("rack", Keys.STRING, Machine::rack);

    static final TableSpec<Machine> TABLE = TableSpec.of("machines", Machine.class, NAME)
            .index(RACK)
            .codec(RecordCodec.of(MethodHandles.lookup(), Machine.class));
}
