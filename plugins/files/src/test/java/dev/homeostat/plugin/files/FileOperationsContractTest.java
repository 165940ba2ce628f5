package dev.homeostat.plugin.files;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.testkit.OperationsTarget;
import dev.homeostat.testkit.OperationsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The operations as every plugin's should be, and in the simulator. */
final class FileOperationsContractTest implements OperationsTest<DesiredFile> {
    @TempDir
    private Path base;

    @Override
    public TableSpec<DesiredFile> table() {
        return DesiredFile.TABLE;
    }

    /** Some lie in one directory, some in directories of their own. */
    @Override
    public DesiredFile row(int number, int version) {
        String directory = number % 2 == 0 ? "shared/" : "own" + number + "/below/";
        return new DesiredFile(directory + "file" + number, "text " + version, version % 3 == 0 ? "0600" : "0644");
    }

    @Override
    public OperationsTarget<DesiredFile> target() throws IOException {
        return new Directory(Files.createTempDirectory(base, "target"));
    }

    /** A directory, whose look is what its files hold and who may read them. */
    private record Directory(Path root) implements OperationsTarget<DesiredFile> {
        @Override
        public Operations<DesiredFile> operations(RWTable<DesiredFile> table) {
            return new FileOperations(new ManagedDirectory(root), table);
        }

        @Override
        public SortedMap<String, String> look() throws IOException {
            SortedMap<String, String> files = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                    files.put(root.relativize(path).toString(), mode + " " + Files.readString(path));
                }
            }
            return files;
        }

        @Override
        public boolean spoil(DesiredFile row) throws IOException {
            Path file = root.resolve(row.path());
            Files.delete(file);
            Files.createDirectories(file.resolve("in/the/way"));
            return true;
        }
    }
}
