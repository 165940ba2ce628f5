package test.fleet;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings images to machines, which is done as soon as nothing is in the way. What is in the way lies in a directory, for others to see and to take away. */
final class Deploying implements Operations<Machine> {
    private final Path directory;
    private final Database database;
    private final Table<Rack> racks;

    Deploying(Path directory, Database database, Table<Rack> racks) {
        this.directory = directory;
        this.database = database;
        this.racks = racks;
    }

    @Override
    public Outcome update(OperationContext context, Machine machine) throws IOException {
        if (Files.exists(directory.resolve("unsigned-" + machine.image()))) {
            return Outcome.permanent("image " + machine.image() + " is not signed");
        }
        if (Files.exists(directory.resolve("down-" + machine.rack()))) {
            throw new IOException("no route to " + machine.name() + " through the switch of " + machine.rack());
        }
        ReadTxn txn = database.readTxn();
        if (racks.get(txn, Rack.NAME.query(machine.rack())) == null) {
            Key rack = Keys.STRING.encode(machine.rack());
            return Outcome.blocked("racks", rack, "rack " + machine.rack() + " is not known");
        }
        return Outcome.done();
    }

    @Override
    public Outcome delete(OperationContext context, Machine machine) {
        return Outcome.done();
    }

    @Override
    public void prune(PruneContext context, Rows<Machine> desired) {
        // Machines that nobody wants are somebody else's.
    }
}
