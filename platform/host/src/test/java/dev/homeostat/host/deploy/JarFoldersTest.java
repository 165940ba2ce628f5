package dev.homeostat.host.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.LogLines;
import dev.homeostat.host.verify.HandmadeZip;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarFoldersTest {
    @TempDir
    Path directory;

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private Path plugins = Path.of("");
    private JarFolders folders = new JarFolders(scheduler, List.of(), List.of());
    private long edits;
    private int changes;

    @BeforeEach
    void folders() throws IOException {
        plugins = Files.createDirectory(directory.resolve("plugins"));
        folders =
                new JarFolders(scheduler, List.of(plugins, directory.resolve("missing"), plugins), List.of(directory));
    }

    private void watch() {
        folders.first();
        folders.watch(() -> changes++);
    }

    private void look() {
        scheduler.advance(JarFolders.PERIOD);
    }

    private static byte[] jar(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("entry"));
            zip.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Each write has a time of its own, however fast the test is. */
    private Path write(String name, byte[] bytes) throws IOException {
        Path file = Files.write(plugins.resolve(name), bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++edits)));
        return file;
    }

    private void writeHalf(String name, byte[] bytes, int parts) throws IOException {
        write(name, Arrays.copyOf(bytes, bytes.length * parts / 10));
    }

    private List<String> names() {
        return folders.newest().jars().stream().map(FoundJar::fileName).toList();
    }

    private FoundJar only() {
        assertThat(folders.newest().jars()).hasSize(1);
        return folders.newest().jars().getFirst();
    }

    @Test
    void firstLook_tellsWhatIsThereAtOnce_andWhatIsNoJarSaysSo() throws IOException {
        write("b.jar", jar("b"));
        write("a.jar", "this is no jar".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        write("readme.txt", jar("x"));
        write(".hidden.jar", jar("x"));
        Picture picture = folders.first();
        assertThat(picture.jars()).extracting(FoundJar::shown).containsExactly("plugins/a.jar", "plugins/b.jar");
        assertThat(picture.jars().getFirst().problem()).contains("cannot be read as a jar");
        assertThat(picture.jars().getLast().problem()).isEmpty();
        assertThat(picture.problems()).isEmpty();
    }

    @Test
    void hugeJar_isNotReadIntoMemory() throws IOException {
        HandmadeZip.sparse(plugins.resolve("huge.jar"), 200 << 20, 60_000);
        folders.first();
        assertThat(only().problem()).contains("central directory", "is the most");
    }

    @Test
    void newJar_isToldAtTheSecondLookThatAgrees_andOnlyOnce() throws IOException {
        watch();
        write("a.jar", jar("a"));
        look();
        assertThat(names()).isEmpty();
        look();
        assertThat(names()).containsExactly("a.jar");
        for (int i = 0; i < 10; i++) {
            look();
        }
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void jarThatCannotBeLookedAt_hasNotGone() throws IOException {
        watch();
        write("a.jar", jar("a"));
        look();
        look();
        Path file = plugins.resolve("a.jar");
        Files.delete(file);
        Files.createSymbolicLink(file, file.getFileName()); // a circle: too many levels of links
        for (int i = 0; i < 5; i++) {
            look();
        }
        assertThat(names()).containsExactly("a.jar");
        assertThat(changes).isEqualTo(1);
        Files.delete(file);
        look();
        look();
        assertThat(names()).isEmpty();
    }

    @Test
    void halfCopiedJar_isWaitedFor_alsoWhenItsWriterPauses() throws IOException {
        watch();
        byte[] whole = jar("a long content that has to be copied");
        for (int part = 0; part < 10; part++) {
            writeHalf("a.jar", whole, part);
            for (int pause = 0; pause < 5; pause++) {
                look();
                assertThat(names()).isEmpty();
            }
        }
        write("a.jar", whole);
        look();
        look();
        assertThat(only().problem()).isEmpty();
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void jarThatStaysHalf_isToldAfterTenSeconds_andAgainOnceItIsWhole() throws IOException {
        watch();
        byte[] whole = jar("content");
        writeHalf("a.jar", whole, 8);
        look();
        scheduler.advance(Duration.ofMillis(9900));
        assertThat(names()).isEmpty();
        look();
        assertThat(only().problem()).contains("no whole jar", "10 s");
        write("a.jar", whole);
        look();
        look();
        assertThat(only().problem()).isEmpty();
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void jarThatGrows_isNotGivenUp() throws IOException {
        watch();
        byte[] whole = jar("content");
        for (int i = 0; i < 10; i++) {
            writeHalf("a.jar", whole, i);
            scheduler.advance(Duration.ofSeconds(9));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void jarThatIsOverwritten_staysWhatItWas_untilTheNewOneIsWhole() throws IOException {
        write("a.jar", jar("old"));
        watch();
        FoundJar old = only();
        byte[] next = jar("the new one, which is longer");
        writeHalf("a.jar", next, 5);
        look();
        look();
        assertThat(only()).isEqualTo(old);
        write("a.jar", next);
        look();
        assertThat(only()).isEqualTo(old);
        look();
        assertThat(only()).isNotEqualTo(old);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void flapping_tellsNothing() throws IOException {
        Path file = write("a.jar", jar("same"));
        watch();
        FoundJar before = only();
        for (int i = 0; i < 4; i++) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1000 + i)));
            look();
            assertThat(only()).isEqualTo(before);
        }
        assertThat(changes).isZero();
    }

    private interface Edit {
        void run() throws IOException;
    }

    /** It may stand still for some milliseconds. */
    private static void untilTheClockOfFilesGoesOn(Path file, Edit edit) throws IOException {
        Object before = Files.getAttribute(file, "unix:ctime");
        do {
            edit.run();
        } while (Files.getAttribute(file, "unix:ctime").equals(before));
    }

    /** As {@code rsync --inplace --times} and {@code cp --preserve} do, where builds give all files one time. */
    @Test
    void jarThatIsOverwrittenInPlace_withSizeAndTimeAsBefore_isAnotherState() throws IOException {
        Path file = write("a.jar", jar("old"));
        watch();
        FoundJar before = only();
        FileTime time = Files.getLastModifiedTime(file);
        untilTheClockOfFilesGoesOn(file, () -> {
            Files.write(file, jar("new"));
            Files.setLastModifiedTime(file, time);
        });
        assertThat(Files.size(file)).isEqualTo(jar("old").length);
        look();
        look();
        assertThat(only().stamp()).isNotEqualTo(before.stamp());
        assertThat(changes).isEqualTo(1);
    }

    /** One that could not be read is to be tried again once somebody lets the host. */
    @Test
    void otherPermissions_areAnotherState() throws IOException {
        Path file = write("a.jar", jar("a"));
        watch();
        FoundJar before = only();
        untilTheClockOfFilesGoesOn(
                file, () -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------")));
        look();
        look();
        assertThat(only().stamp()).isNotEqualTo(before.stamp());
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void touch_isAnotherStateOfTheFile() throws IOException {
        Path file = write("a.jar", jar("same"));
        watch();
        FoundJar before = only();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1000)));
        look();
        look();
        assertThat(only().stamp()).isNotEqualTo(before.stamp());
        assertThat(only().path()).isEqualTo(before.path());
    }

    @Test
    void jarThatGoes_isToldAtTheSecondLookWithoutIt_andNotWhenItCameBack() throws IOException {
        Path file = write("a.jar", jar("a"));
        watch();
        Path aside = Files.move(file, directory.resolve("aside"));
        look();
        assertThat(names()).containsExactly("a.jar");
        Files.move(aside, file);
        look();
        assertThat(names()).containsExactly("a.jar");
        look();
        assertThat(names()).containsExactly("a.jar");
        Files.delete(file);
        look();
        assertThat(names()).containsExactly("a.jar");
        look();
        assertThat(names()).isEmpty();
    }

    @Test
    void rename_isOneChange() throws IOException {
        Path file = write("a.jar", jar("a"));
        watch();
        Files.move(file, plugins.resolve("b.jar"));
        look();
        look();
        assertThat(names()).containsExactly("b.jar");
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void jarThatGoesWhileAnotherIsWritten_goesWhenThatIsWhole() throws IOException {
        Path old = write("memos-1.0.jar", jar("old"));
        watch();
        Files.delete(old);
        byte[] next = jar("the next version");
        for (int part = 1; part < 10; part++) {
            writeHalf("memos-1.1.jar", next, part);
            look();
            assertThat(names()).containsExactly("memos-1.0.jar");
        }
        write("memos-1.1.jar", next);
        look();
        look();
        assertThat(names()).containsExactly("memos-1.1.jar");
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void directoryThatIsMissing_orAnotherOneAndEmpty_keepsItsJars_andSaysSo() throws IOException {
        write("a.jar", jar("a"));
        watch();
        Path aside = Files.move(plugins, directory.resolve("aside"));
        look();
        look();
        assertThat(names()).containsExactly("a.jar");
        assertThat(folders.newest().problems()).singleElement().asString().contains("plugins", "is not there");
        Files.createDirectory(plugins);
        look();
        look();
        assertThat(names()).containsExactly("a.jar");
        assertThat(folders.newest().problems()).singleElement().asString().contains("plugins", "unmount");
        Files.delete(plugins);
        Files.move(aside, plugins);
        look();
        look();
        assertThat(names()).containsExactly("a.jar");
        assertThat(folders.newest().problems()).isEmpty();
    }

    @Test
    void directoryThatComesLater_isLookedInto() throws IOException {
        watch();
        Files.createDirectory(directory.resolve("missing"));
        Files.write(directory.resolve("missing/late.jar"), jar("late"));
        look();
        look();
        assertThat(only().shown()).isEqualTo("missing/late.jar");
    }

    @Test
    void directoryNamedAsAJar_isLeftOut_andTheLogSaysSoOnce() throws Exception {
        Path unpacked = Files.createDirectory(plugins.resolve("unpacked.jar"));
        Files.createDirectory(plugins.resolve(".hidden.jar"));
        try (LogLines log = LogLines.of("dev.homeostat.host.deploy")) {
            watch();
            look();
            look();
            assertThat(names()).isEmpty();
            assertThat(log.written()).containsExactly(unpacked + " is a directory and no jar: it is left out");
        }
    }

    @Test
    void deviceNamedAsAJar_isLeftOut_andTheLogSaysSoOnce() throws Exception {
        Path device = Files.createSymbolicLink(plugins.resolve("null.jar"), Path.of("/dev/null"));
        try (LogLines log = LogLines.of("dev.homeostat.host.deploy")) {
            watch();
            look();
            look();
            assertThat(names()).isEmpty();
            assertThat(log.written()).containsExactly(device + " is no ordinary file and no jar: it is left out");
        }
    }

    @Test
    void linkToAJar_isOne_andALinkToNothingIsNone() throws IOException {
        Path real = Files.write(directory.resolve("real"), jar("a"));
        Files.createSymbolicLink(plugins.resolve("link.jar"), real);
        Files.createSymbolicLink(plugins.resolve("broken.jar"), directory.resolve("nowhere"));
        assertThat(folders.first().jars()).extracting(FoundJar::fileName).containsExactly("link.jar");
    }

    @Test
    void close_endsIt() throws IOException {
        watch();
        folders.close();
        write("a.jar", jar("a"));
        look();
        look();
        assertThat(names()).isEmpty();
        assertThat(changes).isZero();
    }
}
