package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of docs/operations.md: commands run in a real terminal, xterm, on a display without a screen. Needs Debian's packages xvfb, xterm,
 * imagemagick and fonts-dejavu-core, so no build runs it by itself: docs/operations.md has the command.
 */
class ScenarioPictures extends E2eTest {
    private static final String DISPLAY = ":97";
    private static final Path PICTURES =
            Path.of("../docs/pictures").toAbsolutePath().normalize();
    private static final Duration DRAWING = Duration.ofSeconds(2);

    @BeforeEach
    void openDisplay() throws IOException {
        Files.createDirectories(PICTURES);
        Process display = new ProcessBuilder("Xvfb", DISPLAY, "-screen", "0", "1280x1400x24")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        closing(display::destroy);
        await("the display").until(() -> Files.exists(Path.of("/tmp/.X11-unix/X" + DISPLAY.substring(1))));
    }

    @Test
    void theScenario() throws Exception {
        Fleet fleet = new Fleet(home, directory.resolve("work")).layOut();
        start();
        fleet.settle();
        // On a busy machine the inventory keeps others waiting, which is another story.
        await("quiet")
                .untilAsserted(() -> assertThat(home.command("status").out()).doesNotContain("threads"));
        take("status", 57, "homeostat status");
        take("explain", 23, "homeostat explain machines m-00007");
    }

    /** Runs the command in a terminal of 120 columns, and keeps what the terminal shows as a picture. */
    private void take(String name, int rows, String command) throws Exception {
        Path shown = directory.resolve(name + ".shown");
        Path script = Files.writeString(
                directory.resolve(name + ".sh"),
                "printf '\\033[?25l$ %s\\n' '" + command + "'\n" + command + "\ntouch '" + shown + "'\nsleep 60\n");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "xterm",
                "-display",
                DISPLAY,
                "-geometry",
                "120x" + rows + "+0+0",
                "-fa",
                "DejaVu Sans Mono",
                "-fs",
                "10",
                "-bg",
                "#101418",
                "-fg",
                "#d8dee4",
                "-b",
                "8",
                "+sb",
                "-T",
                name,
                "-e",
                "sh",
                script.toString()));
        builder.environment().keySet().removeIf(key -> key.startsWith("HOMEOSTAT_"));
        builder.environment()
                .putAll(Map.of(
                        "HOMEOSTAT_HOME",
                        home.directory().toString(),
                        "PATH",
                        Installed.SCRIPT.getParent() + ":" + System.getenv("PATH"),
                        "LANG",
                        "C.UTF-8"));
        Process terminal = builder.start();
        try {
            await("the answer, and the time that a terminal takes to draw it")
                    .pollDelay(DRAWING)
                    .until(() -> Files.exists(shown));
            Process picture = new ProcessBuilder(
                            "import",
                            "-display",
                            DISPLAY,
                            "-window",
                            name,
                            PICTURES.resolve(name + ".png").toString())
                    .inheritIO()
                    .start();
            assertThat(picture.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(picture.exitValue()).isZero();
        } finally {
            terminal.destroy();
        }
    }
}
