package dev.homeostat.plugin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.statedb.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileOperationsTest {
    @TempDir
    Path base;

    private Path root;
    private Database database;
    private RWTable<DesiredFile> table;
    private FileOperations operations;

    @BeforeEach
    void begin() {
        root = base.resolve("managed");
        database = StateDatabase.create();
        table = database.create(DesiredFile.TABLE);
        operations = new FileOperations(new ManagedDirectory(root), table);
    }

    @Test
    void update_newFile_hasContentAndModeAndLeavesNothingElse() throws IOException {
        assertThat(update("etc/motd", "grüß dich\n", "0640")).isEqualTo(Outcome.done());

        assertThat(root.resolve("etc/motd")).hasContent("grüß dich\n");
        assertThat(mode("etc/motd")).isEqualTo("rw-r-----");
        assertThat(files()).containsExactly("etc/motd");
    }

    @Test
    void update_modeThatTheUmaskWouldNarrow_isSetExactly() throws IOException {
        update("a", "x", "0777");
        update("b", "x", "0000");

        assertThat(mode("a")).isEqualTo("rwxrwxrwx");
        assertThat(mode("b")).isEqualTo("---------");
    }

    @Test
    void update_fileThatIsAsWanted_isNotTouched() throws IOException {
        update("a", "x", "0644");
        FileTime old = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
        Files.setLastModifiedTime(root.resolve("a"), old);
        Object inode = inode("a");

        assertThat(update("a", "x", "0644")).isEqualTo(Outcome.done());

        assertThat(Files.getLastModifiedTime(root.resolve("a"))).isEqualTo(old);
        assertThat(inode("a")).isEqualTo(inode);
    }

    @Test
    void update_changedContent_replacesTheFileInOneStep() throws IOException {
        update("a", "one", "0644");
        Object inode = inode("a");

        update("a", "two", "0644");

        assertThat(root.resolve("a")).hasContent("two");
        assertThat(inode("a")).as("renamed, not rewritten").isNotEqualTo(inode);
    }

    @Test
    void update_tampered_isRepaired() throws IOException {
        update("a/b", "x", "0644");

        Files.writeString(root.resolve("a/b"), "y");
        repaired();
        Files.writeString(root.resolve("a/b"), "longer");
        repaired();
        Files.setPosixFilePermissions(root.resolve("a/b"), PosixFilePermissions.fromString("rwxrwxrwx"));
        repaired();
        Files.delete(root.resolve("a/b"));
        repaired();
        Files.delete(root.resolve("a/b"));
        Files.delete(root.resolve("a"));
        repaired();
        Files.delete(root.resolve("a/b"));
        Files.createDirectories(root.resolve("a/b/empty/deep"));
        repaired();
    }

    @Test
    void update_targetReplacedByALink_replacesTheLinkAndLeavesItsTarget() throws IOException {
        Path outside = Files.writeString(base.resolve("outside"), "precious");
        Files.createDirectory(root);
        Files.createSymbolicLink(root.resolve("a"), outside);

        assertThat(update("a", "x", "0644")).isEqualTo(Outcome.done());

        assertThat(Files.isSymbolicLink(root.resolve("a"))).isFalse();
        assertThat(root.resolve("a")).hasContent("x");
        assertThat(outside).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "../a",
                "a/../b",
                "a/..",
                ".",
                "./a",
                "a/./b",
                "a//b",
                "a/",
                "a\0b",
                ".homeostat-x.tmp",
                "d/.homeostat-x.tmp",
            })
    void badPath_isNoRow(String path) {
        assertThatThrownBy(() -> new DesiredFile(path, "x", "0644"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path");
        assertThatThrownBy(() -> ManagedPath.parse(path)).isInstanceOf(PathRefusedException.class);
    }

    @Test
    void badPath_isSaidWithTheReason() {
        assertThatThrownBy(() -> new DesiredFile("../a", "x", "0644"))
                .hasMessage("path \"../a\" has \"..\" in it, which could leave the managed directory");
        assertThatThrownBy(() -> new DesiredFile("x".repeat(256), "x", "0644"))
                .hasMessageContaining("more than 255 bytes");
    }

    @Test
    void update_whereTheManagedDirectoryIsAFile_saysSo() throws IOException {
        Files.writeString(root, "in the way");

        assertThat(update("a", "x", "0644"))
                .isEqualTo(Outcome.retry("file \"a\" cannot be written: " + root
                        + " is in the way: it is no directory, and one is needed"));
    }

    @Test
    void update_pathThroughALink_isPermanentAlsoWhenTheLinkStaysInside() throws IOException {
        Path outside = Files.createDirectory(base.resolve("outside"));
        Files.createDirectories(root.resolve("real"));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("in"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("dangling"), base.resolve("nowhere"));

        for (String path : List.of("out/a", "in/a", "dangling/a", "out/deep/a")) {
            assertThat(update(path, "x", "0644"))
                    .isInstanceOfSatisfying(
                            Outcome.Permanent.class,
                            permanent -> assertThat(permanent.reason())
                                    .contains("path \"" + path + "\"")
                                    .contains("a symbolic link"));
        }
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("real")).isEmptyDirectory();
    }

    @Test
    void update_managedDirectoryThatIsItselfALink_isFollowed() throws IOException {
        Path real = Files.createDirectory(base.resolve("real"));
        Files.createSymbolicLink(root, real);

        assertThat(update("d/a", "x", "0644")).isEqualTo(Outcome.done());

        assertThat(real.resolve("d/a")).hasContent("x");
    }

    @Test
    void update_fileOnTheWay_failsAndNamesItUntilItIsGone() throws IOException {
        Files.createDirectory(root);
        Path blocker = Files.writeString(root.resolve("blocker"), "in the way");

        assertThat(retry(update("blocker/inside", "x", "0644")))
                .startsWith("file \"blocker/inside\" cannot be written: ")
                .contains(blocker.toRealPath() + " is a file, where a directory is needed");
        assertThat(blocker).hasContent("in the way");

        Files.delete(blocker);
        assertThat(update("blocker/inside", "x", "0644")).isEqualTo(Outcome.done());
    }

    @Test
    void update_fileAndDirectoryOfOneName_nameTheOtherRow() throws IOException {
        want("a", "x");
        assertThat(update("a", "x", "0644")).isEqualTo(Outcome.done());
        want("a/b", "y");

        assertThat(retry(update("a/b", "y", "0644")))
                .contains("row \"a\" wants a file where this one needs a directory; remove one of the two rows");

        Files.delete(root.resolve("a"));
        assertThat(update("a/b", "y", "0644")).isEqualTo(Outcome.done());
        assertThat(retry(update("a", "x", "0644")))
                .contains("row \"a/b\" wants a directory there; remove one of the two rows");
        assertThat(root.resolve("a/b")).hasContent("y");
    }

    @Test
    void update_directoryWithFilesInItsPlace_keepsThemAndFails() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/precious"), "x");

        assertThat(retry(update("a", "x", "0644"))).contains("is a directory with files in it");
        assertThat(root.resolve("a/b/precious")).exists();
    }

    @Test
    void update_fifoInItsPlace_isReplacedWithoutReadingIt() throws Exception {
        Files.createDirectory(root);
        assertThat(new ProcessBuilder("mkfifo", root.resolve("a").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(update("a", "x", "0644")).isEqualTo(Outcome.done());
        assertThat(root.resolve("a")).hasContent("x");
    }

    @Test
    void update_managedDirectoryThatIsAFile_failsWithAReason() throws IOException {
        Files.writeString(root, "x");

        assertThat(retry(update("a", "x", "0644"))).contains(root.toString());
        Files.delete(root);
        assertThat(update("a", "x", "0644")).isEqualTo(Outcome.done());
    }

    @Test
    void update_directoryThatMayNotBeWritten_saysPermissionDenied() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Files.createDirectory(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

        assertThat(retry(update("a", "x", "0644"))).contains("directory " + root.toRealPath() + ": permission denied");
    }

    /** Nobody makes files among the processes, root neither. */
    @Test
    void update_directoryThatRefuses_failsEachTimeInTheSameWords() throws IOException {
        Path refusing = Path.of("/proc/sys");
        assumeTrue(Files.isDirectory(refusing), "Linux only");
        operations = new FileOperations(new ManagedDirectory(refusing), table);

        String first = retry(update("a", "x", "0644"));
        assertThat(first)
                .startsWith("file \"a\" cannot be written: directory /proc/sys: ")
                .doesNotContain(".homeostat-");
        assertThat(retry(update("a", "x", "0644"))).isEqualTo(first);
    }

    @Test
    void delete_removesTheFileAndTheDirectoriesThatAreEmptyThen() throws IOException {
        update("a/b/c", "x", "0644");
        update("a/d", "x", "0644");

        assertThat(delete("a/b/c")).isEqualTo(Outcome.done());

        assertThat(root.resolve("a/b")).doesNotExist();
        assertThat(files()).containsExactly("a/d");
        delete("a/d");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void delete_whatIsNotThere_isSuccess() throws IOException {
        assertThat(delete("a")).isEqualTo(Outcome.done());
        Files.createDirectories(root.resolve("dir"));
        Files.writeString(root.resolve("file"), "x");

        assertThat(delete("b/c")).isEqualTo(Outcome.done());
        assertThat(delete("file/below")).isEqualTo(Outcome.done());
        assertThat(delete("dir")).isEqualTo(Outcome.done());
        assertThat(root.resolve("dir")).isDirectory();
        assertThat(files()).containsExactly("file");
    }

    @Test
    void delete_throughALink_leavesWhatIsBehindIt() throws IOException {
        Path outside = Files.createDirectory(base.resolve("outside"));
        Files.writeString(outside.resolve("a"), "precious");
        Files.createDirectory(root);
        Files.createSymbolicLink(root.resolve("out"), outside);

        assertThat(delete("out/a")).isEqualTo(Outcome.done());
        assertThat(outside.resolve("a")).exists();
    }

    @Test
    void prune_findsAllThatNoRowWants_andFollowsNoLink() throws Exception {
        Path outside = Files.createDirectory(base.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "x");
        want("kept/a", "x");
        update("kept/a", "x", "0644");
        Files.writeString(root.resolve("kept/b"), "x");
        Files.writeString(root.resolve("c"), "x");
        Files.writeString(root.resolve(".homeostat-1234.tmp"), "half");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createDirectories(root.resolve("deep/er"));
        Files.writeString(root.resolve("deep/er/d"), "x");

        FakeContext context = prune();

        assertThat(context.removals.keySet())
                .containsExactly(".homeostat-1234.tmp", "c", "deep/er/d", "kept/b", "link");
        assertThat(context.keys).doesNotContainKey(".homeostat-1234.tmp");
        assertThat(context.keys.get("kept/b")).isEqualTo(DesiredFile.TABLE.parseKey("kept/b"));
        for (PruneContext.Removal removal : context.removals.values()) {
            removal.run(context);
        }
        assertThat(files()).containsExactly("kept/a");
        assertThat(root.resolve("deep")).doesNotExist();
        assertThat(outside.resolve("precious")).exists();
        assertThat(prune().removals).isEmpty();
    }

    @Test
    void prune_withoutManagedDirectory_findsNothing() throws Exception {
        assertThat(prune().removals).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void update_afterPruneOfWhatWasInTheWay_succeeds() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/unknown"), "x");
        want("a", "x");
        FakeContext context = prune();
        for (PruneContext.Removal removal : context.removals.values()) {
            removal.run(context);
        }

        assertThat(update("a", "x", "0644")).isEqualTo(Outcome.done());
    }

    @Test
    void observe_saysInWhatTheFileDiffers_andChangesNothing() throws Exception {
        assertThat(observe("a/b", "x")).isEqualTo(Observation.drift("it is missing"));
        assertThat(root).doesNotExist();
        update("a/b", "x", "0644");
        assertThat(observe("a/b", "x")).isEqualTo(Observation.inSync());
        assertThat(observe("a/b", "y")).isEqualTo(Observation.drift("its content is another"));
        assertThat(observe("a", "x")).isEqualTo(Observation.drift("it is a directory"));
        assertThat(observe("a/b/c", "x")).isEqualTo(Observation.drift("a/b is a file, where a directory is needed"));
        Files.setPosixFilePermissions(root.resolve("a/b"), PosixFilePermissions.fromString("rw-------"));
        assertThat(observe("a/b", "x")).isEqualTo(Observation.drift("its mode is rw------- and not rw-r--r--"));
        Files.delete(root.resolve("a/b"));
        Files.createSymbolicLink(root.resolve("a/b"), base.resolve("elsewhere"));
        assertThat(observe("a/b", "x")).isEqualTo(Observation.drift("it is not a regular file"));
        assertThat(files()).containsExactly("a/b");
    }

    private Observation observe(String path, String content) throws Exception {
        return operations.observe(new FakeContext(database.readTxn()), new DesiredFile(path, content, "0644"));
    }

    private void repaired() throws IOException {
        assertThat(update("a/b", "x", "0644")).isEqualTo(Outcome.done());
        assertThat(root.resolve("a/b")).hasContent("x");
        assertThat(mode("a/b")).isEqualTo("rw-r--r--");
    }

    private void want(String path, String content) {
        database.write(table, txn -> table.insert(txn, new DesiredFile(path, content, "0644")));
    }

    private Outcome update(String path, String content, String mode) {
        return operations.update(new FakeContext(database.readTxn()), new DesiredFile(path, content, mode));
    }

    private Outcome delete(String path) {
        return operations.delete(new FakeContext(database.readTxn()), new DesiredFile(path, "", "0644"));
    }

    private FakeContext prune() throws IOException {
        FakeContext context = new FakeContext(database.readTxn());
        operations.prune(context, table.all(context.txn()));
        return context;
    }

    private static String retry(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        return ((Outcome.Retry) outcome).reason();
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
    }

    private Object inode(String path) throws IOException {
        return Files.readAttributes(root.resolve(path), BasicFileAttributes.class)
                .fileKey();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> !Files.isDirectory(path))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
