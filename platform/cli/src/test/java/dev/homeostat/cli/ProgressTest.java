package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.process.Window;
import dev.homeostat.cli.wire.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a call that takes long. */
@Timeout(30)
final class ProgressTest {
    private static final String ERASED = "\r\u001b[K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aShortCall_saysNothing() {
        try (Progress.Going going = new Progress.Line(err, false, Duration.ofMinutes(1), null).begin()) {
            going.part();
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void aLongOne_saysHowLong_howMuch_andWhat_andLeavesNothing() {
        Progress progress = new Progress.Line(err, false, Duration.ofMillis(20), null).saying(() -> "12 to do\u001b");
        try (Progress.Going going = progress.begin()) {
            going.part();
            going.part();
            await("two beats").until(() -> said().split("\r", -1).length > 2);
        }
        assertThat(said()).containsPattern("12 to do\\\\u001b, 2 rows, \\d+ms").endsWith(ERASED);
    }

    @Test
    void partsThatAreSeen_needNoOtherSign() {
        try (Progress.Going going = new Progress.Line(err, true, Duration.ofMillis(20), null).begin()) {
            await("a beat").until(() -> !said().isEmpty());
            going.part();
            assertThat(said()).as("the line is free for the first row").endsWith(ERASED);
            int length = said().length();
            await().during(Duration.ofMillis(100)).until(() -> said().length() == length);
        }
    }

    @Test
    void aWait_saysHowMuchThereIsToDo(@TempDir Path home) throws Exception {
        String out = shown(home, "wait", "waiting for 1 row, 2 fail, ", "wait", "docs");
        assertThat(out).startsWith("docs/disk: failed\n");
    }

    @Test
    void aPrune_andALook_sayWhatIsWaitedFor(@TempDir Path home) throws Exception {
        shown(home, "reconcilers.confirm", "waiting for the removal, ", "reconcilers", "confirm", "docs/disk", "7");
        Files.delete(home.resolve("data/control.sock"));
        Files.delete(home.resolve("data"));
        shown(home, "reconcilers.observe", "looking at the target, ", "reconcilers", "observe", "docs/disk");
    }

    /** What the command printed, once that was shown while the host took its time. */
    private String shown(Path home, String method, String progress, String... words) throws Exception {
        Files.createDirectory(home.resolve("data"));
        CountDownLatch done = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            host.hold(method, done);
            Surroundings surroundings = new Surroundings(
                    Map.of(),
                    home,
                    home,
                    false,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    err,
                    question -> null,
                    () -> Window.UNKNOWN,
                    true,
                    false);
            Thread waiting = Thread.ofPlatform().start(() -> Main.run(surroundings, words));
            await("the progress").until(() -> said().contains(progress));
            done.countDown();
            waiting.join();
            assertThat(said()).endsWith(ERASED);
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
