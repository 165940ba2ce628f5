package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people see at a terminal: a real one, made by {@code script}; and that the examples of the help work as they stand. */
class ScreenIT extends E2eTest {
    private static final String ENTER = "\u001b[?1049h";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

    /** There is nothing held, rejected or planned here, and no such jar: what these ask for may not be there. */
    private static final List<String> MAY_FAIL =
            List.of("reconcilers confirm ", "db rejected files ", "plugins check build/", "reconcilers plan ");

    /** Do not end, or end the host's plugin for good. */
    private static final List<String> LEFT_OUT = List.of("homeostat run", "homeostat shell", "watch", "plugins unload");

    private Answer atTerminal(int columns, String words) {
        String script = "stty cols " + columns + " rows 40; exec " + words;
        return Answer.of(
                new ProcessBuilder("script", "-qec", script, "/dev/null"),
                Map.of(
                        "PATH",
                        path(),
                        "HOMEOSTAT_HOME",
                        home.directory().toString(),
                        "NO_COLOR",
                        "1",
                        "TERM",
                        "xterm"));
    }

    private static String path() {
        return Installed.SCRIPT.getParent() + ":" + System.getenv("PATH");
    }

    @Test
    void tables_fitTheTerminal_andAWatchLeavesItAsItWas() {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        await("the rows are there")
                .untilAsserted(() -> assertThat(Shown.kinds(home, "files")).hasSize(2));

        Answer narrow = atTerminal(60, "homeostat reconcilers").hasCode(0);
        assertThat(narrow.out()).contains("the terminal is too narrow for: PRUNED");
        assertThat(narrow.out().lines())
                .allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThanOrEqualTo(60));
        assertThat(atTerminal(150, "homeostat reconcilers").hasCode(0).out())
                .contains("PRUNED")
                .doesNotContain("narrow");

        Answer watched = atTerminal(
                80, "timeout --foreground --preserve-status -s INT 10 homeostat status --watch --interval 200ms");
        assertThat(watched.out()).startsWith(ENTER).endsWith(LEAVE).containsOnlyOnce(ENTER);
        assertThat(watched.out().split("all is well", -1)).as("pictures").hasSizeGreaterThan(2);
    }

    @Test
    void whoPipesWhatTheCommandPrints_isAskedAllTheSame() {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        home.command("wait").hasCode(0);
        PseudoTerminal terminal = closing(PseudoTerminal.open(
                directory,
                Map.of(),
                Installed.SCRIPT + " --home '" + home.directory() + "' db delete files greeting.txt | cat"));
        terminal.awaitShown("Delete it? [y/N]").type("n" + PseudoTerminal.ENTER).awaitShown("nothing was done");
    }

    @Test
    void everyExampleOfTheHelp_worksOnAHostThatHasTheExampleRows() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        await("the rows are there")
                .untilAsserted(() -> assertThat(Shown.kinds(home, "files")).hasSize(2));
        List<String> examples = examples(List.of());
        assertThat(examples).hasSizeGreaterThan(30);
        Files.createDirectory(directory.resolve("work"));
        for (String example : inOrder(examples)) {
            Answer answer = Answer.of(
                    new ProcessBuilder("sh", "-c", example)
                            .directory(directory.resolve("work").toFile()),
                    Map.of("PATH", path(), "HOMEOSTAT_HOME", home.directory().toString()),
                    Duration.ofMinutes(2));
            if (MAY_FAIL.stream().noneMatch(example::contains)) {
                answer.hasCode(0);
            }
        }
    }

    /** What stops a plugin comes last. */
    private static List<String> inOrder(List<String> examples) {
        List<String> ordered = new ArrayList<>(examples.stream()
                .filter(example -> LEFT_OUT.stream().noneMatch(example::contains))
                .distinct()
                .toList());
        List<String> last = ordered.stream()
                .filter(example -> example.startsWith("homeostat plugins s"))
                .toList();
        ordered.removeAll(last);
        ordered.addAll(last);
        return ordered;
    }

    /** Those of the command of these words, and of all below it. */
    private List<String> examples(List<String> words) {
        List<String> help = new ArrayList<>(words);
        help.add("--help");
        List<String> lines = home.command(help.toArray(String[]::new))
                .hasCode(0)
                .out()
                .lines()
                .toList();
        Stream<String> own =
                lines.stream().map(String::strip).filter(line -> line.matches("(echo .*\\| )?homeostat .*"));
        int commands = lines.indexOf("Commands:");
        Stream<String> below =
                commands < 0
                        ? Stream.empty()
                        : lines.subList(commands + 1, lines.size()).stream()
                                .takeWhile(line -> !line.isEmpty())
                                .filter(line -> line.matches("  [a-z].*"))
                                .flatMap(line -> examples(Stream.concat(
                                                        words.stream(),
                                                        Stream.of(line.strip().split(" ")[0]))
                                                .toList())
                                        .stream());
        return Stream.concat(own, below).toList();
    }
}
