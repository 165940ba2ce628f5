package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Does what a page says, block by block, in a directory of its own. */
final class GuideRun implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(?://|#|<!--) (\\S+\\.\\w+)(?: -->)?");
    private static final Pattern TERMINAL = Pattern.compile("terminal=\\d");
    private static final Pattern EXIT = Pattern.compile("exit=(\\d+)");

    /** As long as a reader would look again and again at what is said to come soon. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, Terminal> terminals = new TreeMap<>();

    /**
     * @param directory where the reader begins
     * @param environment what the reader's shells have besides that of the tests
     */
    GuideRun(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    void run(List<Guide.Block> blocks) {
        for (Guide.Block block : blocks) {
            run(block);
        }
    }

    private void run(Guide.Block block) {
        switch (block.language()) {
            case "sh" -> commands(block);
            case "console" -> console(block);
            case "java", "yaml", "xml" -> file(block);
            case "diff" -> change(block);
            default ->
                throw block.wrong("no test knows what to do with a block of the language \"" + block.language()
                        + "\": take one that Guide names, or teach it this one");
        }
    }

    private Terminal terminal(Guide.Block block) {
        String name = block.options().stream()
                .filter(option -> TERMINAL.matcher(option).matches())
                .findFirst()
                .orElse("");
        return terminals.computeIfAbsent(name, any -> Terminal.open(directory, environment));
    }

    private static void allow(Guide.Block block, Pattern options) {
        for (String option : block.options()) {
            if (!options.matcher(option).matches()) {
                throw block.wrong("no test knows what \"" + option + "\" means");
            }
        }
    }

    private void commands(Guide.Block block) {
        allow(block, TERMINAL);
        String script = String.join("\n", block.lines());
        Terminal.Seen seen = terminal(block).run("set -e\n" + script + "\nset +e");
        if (seen.code() != 0) {
            throw block.wrong("exit code " + seen.code() + "\n" + seen.text());
        }
    }

    /** Of the options {@code exit} and {@code eventually} are of all commands of the block, {@code running} of the last. */
    private void console(Guide.Block block) {
        allow(block, Pattern.compile(TERMINAL + "|" + EXIT + "|eventually|running"));
        List<GuideStep> steps = GuideStep.of(block);
        for (GuideStep step : steps) {
            if (step.command().equals(GuideStep.INTERRUPT)) {
                requireShown(block, step, terminal(block).interrupt());
            } else if (block.options().contains("running") && step.equals(steps.getLast())) {
                requireShown(block, step, terminal(block).runUntil(step.command(), step::isShownBy));
            } else if (block.options().contains("eventually")) {
                eventually(block, step);
            } else {
                Terminal.Seen seen = terminal(block).run(step.command());
                requireCode(block, step, seen);
                requireShown(block, step, seen);
            }
        }
    }

    private void eventually(Guide.Block block, GuideStep step) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            Terminal.Seen seen = terminal(block).run(step.command());
            requireShown(block, step, seen);
            requireCode(block, step, seen);
        });
    }

    private static void requireCode(Guide.Block block, GuideStep step, Terminal.Seen seen) {
        int code = block.options().stream()
                .map(EXIT::matcher)
                .filter(Matcher::matches)
                .mapToInt(exit -> Integer.parseInt(exit.group(1)))
                .findFirst()
                .orElse(0);
        if (seen.code() != code) {
            throw block.wrong(
                    "exit code " + seen.code() + " and not " + code + " of: " + step.command() + "\n" + seen.text());
        }
    }

    private static void requireShown(Guide.Block block, GuideStep step, Terminal.Seen seen) {
        if (!step.isShownBy(seen.text())) {
            throw block.wrong("this is to be shown by: " + step.command() + "\n" + String.join("\n", step.shows())
                    + "\n-- but it was\n" + seen.text());
        }
    }

    private void file(Guide.Block block) {
        allow(block, Pattern.compile("(?!)"));
        Matcher name = NAME.matcher(block.lines().isEmpty() ? "" : block.lines().getFirst());
        if (!name.matches()) {
            throw block.wrong("its first line does not name a file, in a comment");
        }
        write(directory.resolve(name.group(1)), String.join("\n", block.lines()) + "\n");
    }

    private void change(Guide.Block block) {
        allow(block, Pattern.compile("(?!)"));
        GuideChange change = GuideChange.of(block);
        Path file = directory.resolve(change.file());
        try {
            write(file, change.apply(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent(), "parent"));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        terminals.values().forEach(Terminal::close);
    }
}
