package test.fleet;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import dev.homeostat.api.reconcile.Options;
import java.nio.file.Path;
import java.time.Duration;

/** A hundred thousand machines in a thousand racks. */
public final class FleetPlugin implements Plugin {
    private static final int MACHINES = 100_000;
    private static final int RACKS = 1000;
    private static final int UNKNOWN_RACK = 42;
    private static final int RACK_OF_THE_NEW_IMAGE = 9;
    private static final int ROWS_A_TRANSACTION = 1000;

    /** The host makes it. */
    public FleetPlugin() {}

    @Override
    public void contribute(PluginContext context) {
        RWTable<Rack> racks = context.table(Rack.TABLE);
        RWTable<Machine> machines = context.table(Machine.TABLE);
        Path directory = context.home().resolve("fleet");
        context.reconciler(
                "cables",
                racks,
                new Cabling(directory.resolve("cables")),
                Options.defaults().pruning(Duration.ofMinutes(10)).pruneGuard(10, 0.05));
        context.reconciler(
                "deploy",
                machines,
                new Deploying(directory, context.database(), racks),
                Options.defaults().rounds(1000, 1000).retrying(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        context.job("inventory", () -> fill(context.database(), racks, machines));
    }

    /** The inventory: rack 42 is not in it, whose machines are. */
    private static void fill(Database database, RWTable<Rack> racks, RWTable<Machine> machines) {
        try (WriteTxn txn = database.writeTxn(racks)) {
            for (int rack = 0; rack < RACKS; rack++) {
                if (rack != UNKNOWN_RACK) {
                    racks.insert(txn, new Rack("rack-" + rack));
                }
            }
            txn.commit();
        }
        for (int first = 0; first < MACHINES; first += ROWS_A_TRANSACTION) {
            try (WriteTxn txn = database.writeTxn(machines)) {
                for (int i = first; i < first + ROWS_A_TRANSACTION; i++) {
                    String image = i % RACKS == RACK_OF_THE_NEW_IMAGE ? "v9" : "v8";
                    machines.insert(txn, new Machine("m-%05d".formatted(i), "rack-" + i % RACKS, image));
                }
                txn.commit();
            }
        }
    }
}
