package dev.homeostat.plugin.files;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings files about.
 *
 * <p>A path that leads through a symbolic link is a permanent failure of its row; all else may pass, and is tried again. Deleting and pruning
 * take directories with them that are empty then: all of the managed directory belongs to this plugin.
 */
final class FileOperations implements Operations<DesiredFile> {
    private final ManagedDirectory directory;
    private final Table<DesiredFile> files;

    FileOperations(ManagedDirectory directory, Table<DesiredFile> files) {
        this.directory = directory;
        this.files = files;
    }

    @Override
    public Outcome update(OperationContext context, DesiredFile row) {
        Row<DesiredFile> below = files.get(context.txn(), DesiredFile.PATH.prefix(row.path() + "/"));
        try {
            ManagedPath path = ManagedPath.parse(row.path());
            directory.write(path, row.content(), FileMode.parse(row.mode()), below == null);
            return Outcome.done();
        } catch (PathRefusedException e) {
            return Outcome.permanent(String.valueOf(e.getMessage()));
        } catch (FileInTheWayException e) {
            return failed(row, "written", fileInTheWay(context, e));
        } catch (DirectoryInTheWayException e) {
            return failed(
                    row,
                    "written",
                    below == null
                            ? e.getFile()
                                    + " is a directory with files in it; a prune removes those that nobody wants, or"
                                    + " remove it"
                            : "row \"" + below.value().path()
                                    + "\" wants a directory there; remove one of the two rows");
        } catch (IOException e) {
            return failed(row, "written", Reasons.of(e, directory));
        }
    }

    @Override
    public Outcome delete(OperationContext context, DesiredFile row) {
        try {
            directory.delete(ManagedPath.parse(row.path()));
            return Outcome.done();
        } catch (PathRefusedException e) { // never written, so there is nothing to remove
            return Outcome.done();
        } catch (IOException e) {
            return failed(row, "removed", Reasons.of(e, directory));
        }
    }

    @Override
    public Observation observe(OperationContext context, DesiredFile row) throws IOException, PathRefusedException {
        try {
            String difference =
                    directory.difference(ManagedPath.parse(row.path()), row.content(), FileMode.parse(row.mode()));
            return difference == null ? Observation.inSync() : Observation.drift(difference);
        } catch (IOException e) {
            throw new IOException(Reasons.of(e, directory), e);
        }
    }

    @Override
    public void prune(PruneContext context, Rows<DesiredFile> desired) throws IOException {
        Set<String> wanted = desired.values().map(DesiredFile::path).collect(Collectors.toSet());
        try {
            UnwantedFiles.find(directory.root(), wanted, path -> register(context, path));
        } catch (IOException e) {
            throw new IOException(Reasons.of(e, directory), e);
        }
    }

    private void register(PruneContext context, Path path) {
        String name = path.toString();
        PruneContext.Removal removal = running -> remove(path);
        if (TemporaryName.is(path.getFileName().toString())) {
            context.remove(name, txn -> true, removal);
        } else {
            context.remove(name, DesiredFile.PATH.keyType().encode(name), removal);
        }
    }

    private void remove(Path path) throws IOException, PathRefusedException {
        try {
            directory.delete(ManagedPath.found(path));
        } catch (IOException e) {
            throw new IOException(Reasons.of(e, directory), e);
        }
    }

    private String fileInTheWay(OperationContext context, FileInTheWayException e) {
        boolean wanted = files.get(context.txn(), DesiredFile.PATH.query(e.relative())) != null;
        return wanted
                ? "row \"" + e.relative()
                        + "\" wants a file where this one needs a directory; remove one of the two rows"
                : e.getFile() + " is a file, where a directory is needed; a prune removes it, or remove it";
    }

    private static Outcome failed(DesiredFile row, String verb, String reason) {
        return Outcome.retry("file \"" + row.path() + "\" cannot be " + verb + ": " + reason);
    }
}
