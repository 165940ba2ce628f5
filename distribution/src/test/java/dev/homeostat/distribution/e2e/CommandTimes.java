package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How long each command takes, as a process of its own, from its start to its end: measured on demand ({@code -Dit.test=CommandTimes}, docs/performance.md),
 * never in a build, and nothing is asserted of a time.
 */
class CommandTimes extends E2eTest {
    private static final int RUNS = 21;

    private static final List<String> COMMANDS = List.of(
            "status",
            "status -o json",
            "plugins",
            "reconcilers",
            "reconcilers failures files/files",
            "reconcilers options files/files",
            "reconcilers mode files/files",
            "reconcilers pause files/files greeting.txt",
            "reconcilers resume files/files greeting.txt",
            "reconcilers retry files/files",
            "db tables",
            "db show files",
            "db get files greeting.txt",
            "db list files greeting.txt",
            "db prefix files gre",
            "db lowerbound files a",
            "db dump",
            "db rejected",
            "explain files greeting.txt",
            "wait",
            "config show",
            "complete zsh -- db get files g",
            "completion zsh",
            "--help",
            "-V");

    @Test
    void commands() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        home.command("wait").hasCode(0);
        Map<String, List<Long>> took = new LinkedHashMap<>();
        for (int run = -2; run < RUNS; run++) { // the first two are not counted
            for (String command : COMMANDS) {
                long nanos = time(command);
                if (run >= 0) {
                    took.computeIfAbsent(command, name -> new ArrayList<>()).add(nanos);
                }
            }
        }
        took.forEach(Times::show);
    }

    private long time(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(Installed.SCRIPT.toString()));
        words.addAll(List.of(command.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(Redirect.from(directory.resolve("nothing").toFile()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMEOSTAT_"));
        builder.environment().put("HOMEOSTAT_HOME", home.directory().toString());
        Files.writeString(directory.resolve("nothing"), "");
        long began = System.nanoTime();
        builder.start().waitFor();
        return System.nanoTime() - began;
    }
}
