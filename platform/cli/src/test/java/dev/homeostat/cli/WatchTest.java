package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.process.Window;
import dev.homeostat.cli.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown again and again. */
@Timeout(30)
final class WatchTest {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String PICTURE = "\u001b[H";

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private volatile Window window = new Window(80, 100);
    private ScriptedHost host;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(home.resolve("data"));
        host = new ScriptedHost(home.resolve("data/control.sock"));
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private Thread watch(boolean terminal, String words) {
        Surroundings surroundings = new Surroundings(
                Map.of("NO_COLOR", "1"),
                home,
                home,
                terminal,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                question -> null,
                () -> window,
                false,
                false);
        return Thread.ofPlatform().start(() -> code.complete(Main.run(surroundings, words.split(" "))));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String afterPictures(int number) {
        await("pictures").until(() -> shown().split(java.util.regex.Pattern.quote(PICTURE), -1).length > number);
        return shown();
    }

    @ParameterizedTest
    @CsvSource({"status", "reconcilers", "reconcilers list"})
    void aTerminal_isDrawnOverInPlace_andLeftAsItWas(String words) throws Exception {
        Thread thread = watch(true, words + " --watch --interval 100ms");
        afterPictures(3);
        thread.interrupt();
        assertThat(code.get()).as("the code of the last picture").isEqualTo(1);
        assertThat(shown())
                .startsWith(ENTER + PICTURE)
                .endsWith(LEAVE)
                .containsOnlyOnce(ENTER)
                .containsOnlyOnce(LEAVE);
        String first = shown().split(java.util.regex.Pattern.quote(PICTURE), -1)[1];
        assertThat(first)
                .as("what stood in a line or below before is erased")
                .contains("docs/disk")
                .endsWith("\u001b[J");
        assertThat(first.replace("\u001b[K\n", "").replace("\u001b[J", "")).doesNotContain("\n", "\u001b");
    }

    @Test
    void aPictureThatIsHigherThanTheTerminal_isCut_andSaysSo() throws Exception {
        window = new Window(80, 5);
        Thread thread = watch(true, "status -w --interval 100ms");
        afterPictures(1);
        window = new Window(80, 7);
        await("the larger picture").until(() -> shown().contains("more lines"));
        thread.interrupt();
        assertThat(code.get()).isEqualTo(1);
        String first = shown().split(java.util.regex.Pattern.quote(PICTURE), -1)[1];
        assertThat(first.chars().filter(c -> c == '\n').count()).isEqualTo(4);
        assertThat(first).contains("degraded").containsPattern("… and \\d+ more lines");
    }

    @Test
    void aHostThatGoesAway_isWaitedFor() throws Exception {
        Thread thread = watch(true, "status --watch --interval 100ms");
        afterPictures(1);
        host.close();
        Files.delete(home.resolve("data/control.sock"));
        await("the loss is shown").until(() -> shown().contains("no host is reachable"));
        host = new ScriptedHost(home.resolve("data/control.sock"));
        await("the host is back")
                .until(() -> shown().substring(shown().indexOf("no host is reachable"))
                        .contains("docs/disk"));
        thread.interrupt();
        assertThat(code.get()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aHostThatWasNeverThere_isSaidAsAlways() throws Exception {
        host.close();
        watch(true, "status --watch").join();
        assertThat(code.get()).isEqualTo(3);
        assertThat(shown()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no host is reachable");
    }

    @Test
    void onAPipe_picturesFollowOneAnother() throws Exception {
        Thread thread = watch(false, "status --watch --interval 100ms");
        await("two pictures").until(() -> shown().split("Rows that fail", -1).length > 2);
        thread.interrupt();
        assertThat(code.get()).isEqualTo(1);
        assertThat(shown()).doesNotContain("\u001b").contains("\n\ndegraded for 1h 6m");
    }

    @Test
    void forPrograms_eachPictureIsOneLine() throws Exception {
        Thread thread = watch(false, "reconcilers -o json --watch --interval 100ms");
        await("three lines").until(() -> shown().lines().count() > 2);
        thread.interrupt();
        assertThat(code.get()).isEqualTo(1);
        assertThat(shown().lines())
                .allSatisfy(line -> assertThat(Json.parse(line)).isInstanceOf(Map.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        status --interval 1s           | is for --watch only
        status --watch --interval 10ms | at least 100ms
        status --watch --interval soon | must be a time
        """)
    void intervals_thatMakeNoSense_areUsage(String words, String expected) throws Exception {
        watch(true, words).join();
        assertThat(code.get()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(expected);
    }
}
