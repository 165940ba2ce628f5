package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.command.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** The help of every command shows an example, and every example is one that the command understands and answers. */
@Timeout(30)
final class HelpExamplesTest {
    /** They need more than a host that answers: a terminal, or the script around this class. Their words are only parsed. */
    private static final Set<String> ONLY_PARSED = Set.of("run", "shell");

    @TempDir
    Path directory;

    static List<CommandSpec> commands() {
        List<CommandSpec> commands = new ArrayList<>();
        add(CommandTree.build().getCommandSpec(), commands);
        return commands;
    }

    private static void add(CommandSpec command, List<CommandSpec> commands) {
        if (command.usageMessage().hidden()) {
            return;
        }
        commands.add(command);
        command.subcommands().values().forEach(each -> add(each.getCommandSpec(), commands));
    }

    static Stream<String> examples() {
        return commands().stream().flatMap(command -> Examples.of(command).stream());
    }

    /**
     * The words after {@code homeostat}, without what a shell does, and without the watching, which has no end.
     *
     * @param directory where what would be piped into it is put
     */
    static List<String> words(String example, Path directory) throws IOException {
        String line = example.replaceFirst("^echo .* \\| ", "").replaceFirst(" >.*", "");
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
        assertThat(words.removeFirst()).isEqualTo("homeostat");
        if (words.remove("-")) {
            Files.writeString(directory.resolve("rows.yaml"), "{path: try.txt, content: hi}");
            words.add("rows.yaml");
        }
        words.removeAll(List.of("--watch", "--interval", "5s"));
        return words;
    }

    @Test
    void everyCommand_hasAnExample_thatItsHelpShows() {
        for (CommandSpec command : commands()) {
            String name = command.qualifiedName();
            assertThat(Examples.of(command))
                    .as("examples of \"%s\"", name)
                    .isNotEmpty()
                    .allMatch(each -> each.contains(name));
            List<String> words = new ArrayList<>(List.of(name.split(" ")));
            words.removeFirst();
            words.add("--help");
            assertThat(Call.of(directory, words.toArray(String[]::new)).out())
                    .contains(Examples.of(command).stream()
                            .map(each -> "\n  " + each + "\n")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExample_isAnswered(String example) throws IOException {
        List<String> words = words(example, directory);
        if (ONLY_PARSED.contains(words.getFirst())) {
            CommandTree.build().parseArgs(words.toArray(String[]::new));
            return;
        }
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("data"));
        Files.createDirectories(home.resolve("sdk")); // for "plugins new"
        try (ScriptedHost host = ScriptedHost.ofExamples(home)) {
            Call call = Call.of(home, words.toArray(String[]::new));
            assertThat(call.err()).isEmpty();
            assertThat(call.out()).isNotEmpty();
            assertThat(call.code()).as("code of %s", call).isIn(0, 1, 78);
            assertThat(host.requests.size()).isLessThanOrEqualTo(2);
        }
    }
}
