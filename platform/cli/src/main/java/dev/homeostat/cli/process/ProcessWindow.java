package dev.homeostat.cli.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The window of this process. The script that starts it has looked how large it is, which takes less time than here; who asks again gets what it is then, for
 * people change it. {@code COLUMNS} in the environment goes before both.
 */
final class ProcessWindow implements Supplier<Window> {
    /** To look takes longer than all else that a picture or a message needs. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final String atStart;
    private final String columns;
    private @Nullable Window known;
    private long knownAt;

    ProcessWindow(Map<String, String> environment) {
        this.atStart = System.getProperty("homeostat.window", "");
        this.columns = environment.getOrDefault("COLUMNS", "");
    }

    @Override
    public Window get() {
        Window window = known;
        if (window == null || System.nanoTime() - knownAt > FRESH.toNanos()) {
            String size = window == null || atStart.isEmpty() ? atStart : now();
            window = Window.of(size).columns(columns);
            known = window;
            knownAt = System.nanoTime();
        }
        return window;
    }

    private String now() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return atStart;
        }
    }
}
