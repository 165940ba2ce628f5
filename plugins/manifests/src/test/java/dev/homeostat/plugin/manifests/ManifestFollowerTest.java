package dev.homeostat.plugin.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.homeostat.host.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFollowerTest {
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Before all files of the test: none of them is old. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    @TempDir
    Path base;

    private Path manifests;
    private FakeClock clock;
    private FakeFeed feed;
    private ManifestFollower follower;

    @BeforeEach
    void begin() throws IOException {
        manifests = Files.createDirectories(base.resolve("manifests"));
        restart(LONG_AGO);
    }

    private void restart(Instant now) {
        clock = new FakeClock(now);
        feed = new FakeFeed();
        follower = new ManifestFollower(
                new ManifestDirectory(manifests),
                new ManifestParser(new YamlReader()),
                new SeenDirectory(base),
                new ManifestsConfig(Path.of("manifests"), SETTLE, POLL),
                clock,
                feed);
    }

    @Test
    void round_newFile_isReadOnceItHasSettled() throws Exception {
        write("a.yaml", "table: things\nrows:\n  - name: x\n");

        assertThat(follower.round()).isEqualTo(SETTLE);
        assertThat(feed.told).isEmpty();
        clock.advance(SETTLE);

        assertThat(follower.round()).isEqualTo(POLL);
        assertThat(feed.last()).containsExactly("a.yaml: things {\"name\":\"x\"}");
    }

    @Test
    void round_oldFilesAtTheStart_areReadAtOnce() throws Exception {
        write("a.yaml", "table: things\nrows: []\n");
        restart(Instant.now().plusSeconds(3600));

        assertThat(follower.round()).isEqualTo(POLL);
        assertThat(feed.last()).containsExactly("a.yaml: things");
    }

    @Test
    void round_emptyDirectoryAtTheFirstStart_isAScanOfNothing() throws Exception {
        follower.round();

        assertThat(feed.told).containsExactly(List.of());
    }

    @Test
    void round_nothingChanged_tellsNothing() throws Exception {
        write("a.yaml", "table: things\nrows: []\n");
        settle();
        settle();
        settle();

        assertThat(feed.told).hasSize(1);
    }

    @Test
    void round_editAdditionAndRemoval_areFollowed() throws Exception {
        write("a.yaml", "table: things\nrows: [{name: x}]\n");
        settle();
        write("a.yaml", "table: things\nrows: [{name: y}]\n");
        settle();
        assertThat(feed.last()).containsExactly("a.yaml: things {\"name\":\"y\"}");
        write("b.json", "{\"table\": \"others\", \"rows\": []}");
        write("c.yml", "table: more\nrows: []\n---\n---\ntable: most\nrows: [{}]\n");
        settle();
        assertThat(feed.last())
                .containsExactly("a.yaml: things {\"name\":\"y\"}", "b.json: others", "c.yml: more: most {}");
        Files.delete(manifests.resolve("a.yaml"));
        settle();

        assertThat(feed.last()).containsExactly("b.json: others", "c.yml: more: most {}");
    }

    @Test
    void round_halfWrittenFile_isNotReadBeforeItRests() throws Exception {
        write("a.yaml", "table: things\nrows:\n  - {name: x}\n");
        settle();
        write("a.yaml", "table: things\nrows:\n");
        follower.round();
        clock.advance(SETTLE.dividedBy(2));
        Files.writeString(manifests.resolve("a.yaml"), "  - {name: y}\n", StandardOpenOption.APPEND);
        follower.round();
        clock.advance(SETTLE.dividedBy(2));
        follower.round();
        assertThat(feed.told).hasSize(1);

        clock.advance(SETTLE.dividedBy(2));
        follower.round();

        assertThat(feed.told).hasSize(2);
        assertThat(feed.last()).containsExactly("a.yaml: things {\"name\":\"y\"}");
    }

    @Test
    void round_fileMovedAwayAndWrittenAnew_isNeverGone() throws Exception {
        write("a.yaml", "table: things\nrows: [{name: x}]\n");
        settle();
        Files.move(manifests.resolve("a.yaml"), manifests.resolve("a.yaml~"));
        assertThat(follower.round()).isEqualTo(SETTLE);
        write("a.yaml", "table: things\nrows: [{name: y}]\n");
        settle();

        assertThat(feed.told).hasSize(2);
        assertThat(feed.last()).containsExactly("a.yaml: things {\"name\":\"y\"}");
    }

    @Test
    void round_fileThatNeverRests_holdsTheOthersForLessThanASecond() throws Exception {
        write("b.yaml", "table: things\nrows: []\n");
        Duration waited = Duration.ZERO;
        for (int i = 0; feed.told.isEmpty(); i++) {
            write("a.yaml", "table: things\nrows: []\n# " + i + "\n");
            Duration wait = follower.round();
            clock.advance(wait);
            waited = waited.plus(wait);
        }

        assertThat(waited.minus(POLL)).isLessThan(Duration.ofSeconds(1));
        assertThat(feed.last()).contains("b.yaml: things");
    }

    @Test
    void round_replacedWithTheOldTimesKept_isNoticed() throws Exception {
        write("a.yaml", "table: things\nrows: [{name: x}]\n");
        FileTime time = Files.getLastModifiedTime(manifests.resolve("a.yaml"));
        settle();
        write("a.yaml", "table: things\nrows: [{name: y}]\n");
        Files.setLastModifiedTime(manifests.resolve("a.yaml"), time);
        settle();

        assertThat(feed.last()).containsExactly("a.yaml: things {\"name\":\"y\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".hidden.yaml",
                ".a.yaml.swp",
                "a.yaml~",
                "#a.yaml#",
                ".#a.yaml",
                "~$a.yaml",
                "a.yaml.bak",
                "a.yaml.tmp",
                "4913",
                "README.md",
                "yaml",
                ".yaml"
            })
    void round_filesThatAreNoManifests_areIgnored(String name) throws Exception {
        write(name, "not: a manifest\n");
        settle();

        assertThat(feed.last()).isEmpty();
    }

    @Test
    void round_directoryNamedLikeAManifest_isIgnored() throws Exception {
        Files.createDirectory(manifests.resolve("sub.yaml"));
        settle();

        assertThat(feed.last()).isEmpty();
    }

    @Test
    void round_brokenFiles_areBrokenUnitsAndTheOthersGoOn() throws Exception {
        write("a.yaml", "table: [\n");
        write("b.yaml", "tabel: things\nrows: []\n");
        write("c.yaml", "table: things\nrows: {}\n");
        write("d.yaml", "table: things\nrows: []\n");
        write("e.yaml", "- table\n");
        write("f.yaml", "");
        Files.write(manifests.resolve("g.yaml"), new byte[] {(byte) 0xc3, 0x28});
        Files.createSymbolicLink(manifests.resolve("h.yaml"), base.resolve("nowhere"));
        settle();

        assertThat(feed.last().get(0)).startsWith("a.yaml! a.yaml:").contains("is not valid YAML");
        assertThat(feed.last().get(1))
                .isEqualTo("b.yaml! b.yaml:1: unknown key \"tabel\"; did you mean \"table\"?"
                        + "! b.yaml:1: \"table\" is missing: text");
        assertThat(feed.last().get(2))
                .isEqualTo("c.yaml! c.yaml:2: rows: expected a list of anything, but found a mapping");
        assertThat(feed.last().get(3)).isEqualTo("d.yaml: things");
        assertThat(feed.last().get(4)).startsWith("e.yaml! e.yaml:1: expected a mapping with table, rows");
        assertThat(feed.last().get(5)).startsWith("f.yaml! f.yaml: is empty");
        assertThat(feed.last().get(6)).isEqualTo("g.yaml! g.yaml: is not text in UTF-8");
        assertThat(feed.last().get(7)).startsWith("h.yaml! h.yaml: cannot be looked at");
    }

    @Test
    void round_manifestOfOnlyComments_wantsNothing() throws Exception {
        write("a.yaml", "# nothing\n");
        settle();

        assertThat(feed.last()).containsExactly("a.yaml");
    }

    @Test
    void round_linkedManifest_isRead() throws Exception {
        Files.writeString(base.resolve("real"), "table: things\nrows: []\n");
        Files.createSymbolicLink(manifests.resolve("a.yaml"), base.resolve("real"));
        settle();

        assertThat(feed.last()).containsExactly("a.yaml: things");
    }

    @Test
    void round_fifoNamedLikeAManifest_isBrokenAndNotReadForEver() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", manifests.resolve("a.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        settle();

        assertThat(feed.last()).containsExactly("a.yaml! a.yaml: is not a regular file");
    }

    @Test
    void round_unreadableFile_isABrokenUnit() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        write("a.yaml", "table: things\nrows: []\n");
        Files.setPosixFilePermissions(manifests.resolve("a.yaml"), PosixFilePermissions.fromString("---------"));
        settle();

        assertThat(feed.last())
                .singleElement()
                .asString()
                .startsWith("a.yaml! a.yaml: cannot be read: permission denied");
    }

    @Test
    void round_missingDirectory_isUnavailableAndToldOnce() throws Exception {
        write("a.yaml", "table: things\nrows: []\n");
        settle();
        Files.move(manifests, base.resolve("elsewhere"));
        settle();
        settle();

        assertThat(feed.told).hasSize(2);
        assertThat(feed.last())
                .singleElement()
                .asString()
                .startsWith("unavailable: ")
                .contains("does not exist");
        Files.move(base.resolve("elsewhere"), manifests);
        settle();
        assertThat(feed.last()).containsExactly("a.yaml: things");
    }

    @Test
    void round_directoryThatIsAFile_isUnavailable() throws Exception {
        Files.delete(manifests);
        Files.writeString(manifests, "x");
        settle();

        assertThat(feed.last()).singleElement().asString().contains("is not a directory");
    }

    @Test
    void round_emptyAsAnotherDirectory_isUnavailableAlsoAfterARestart() throws Exception {
        write("a.yaml", "table: things\nrows: []\n");
        settle();
        Files.move(manifests, base.resolve("elsewhere"));
        Files.createDirectory(manifests);
        settle();
        assertThat(feed.last()).singleElement().asString().contains("as if its volume were not mounted");

        restart(LONG_AGO);
        settle();
        assertThat(feed.last()).singleElement().asString().contains("as if its volume were not mounted");

        write("none.yaml", "# nothing is wanted any more\n");
        settle();
        assertThat(feed.last()).containsExactly("none.yaml");
    }

    @Test
    void round_emptiedAsTheSameDirectory_isBelieved() throws Exception {
        write("a.yaml", "table: things\nrows: []\n");
        settle();
        Files.delete(manifests.resolve("a.yaml"));
        settle();
        assertThat(feed.last()).isEmpty();

        restart(LONG_AGO);
        settle();
        assertThat(feed.told).containsExactly(List.of());
    }

    @Test
    void follow_interrupted_ends() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> follower.follow(new Hints() {
                    @Override
                    public void listen() {}

                    @Override
                    public void await(Duration timeout) throws InterruptedException {
                        if (Thread.interrupted()) {
                            throw new InterruptedException();
                        }
                    }
                }))
                .isInstanceOf(InterruptedException.class);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(manifests.resolve(name), text);
    }

    /** Looks until nothing is waited for but the next poll. */
    private void settle() throws InterruptedException {
        Duration wait;
        do {
            wait = follower.round();
            clock.advance(wait);
        } while (!wait.equals(POLL));
    }
}
