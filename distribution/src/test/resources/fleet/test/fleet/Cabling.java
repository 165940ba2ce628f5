package test.fleet;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives each rack a file; files of no rack are pruned. */
final class Cabling implements Operations<Rack> {
    private final Path directory;

    Cabling(Path directory) {
        this.directory = directory;
    }

    @Override
    public Outcome update(OperationContext context, Rack rack) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(rack.name()), "");
        return Outcome.done();
    }

    @Override
    public Outcome delete(OperationContext context, Rack rack) throws IOException {
        Files.deleteIfExists(directory.resolve(rack.name()));
        return Outcome.done();
    }

    @Override
    public void prune(PruneContext context, Rows<Rack> desired) throws IOException {
        Set<String> names = desired.values().map(Rack::name).collect(Collectors.toSet());
        List<Path> found;
        try (Stream<Path> files = Files.list(directory)) {
            found = files.sorted().toList();
        }
        for (Path file : found) {
            String name = file.getFileName().toString();
            if (!names.contains(name)) {
                context.remove(name, Keys.STRING.encode(name), removal -> Files.deleteIfExists(file));
            }
        }
    }
}
