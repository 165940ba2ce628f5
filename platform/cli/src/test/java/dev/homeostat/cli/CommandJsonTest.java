package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.command.Action;
import dev.homeostat.cli.command.Examples;
import dev.homeostat.cli.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** {@code docs/command-json.md} is what the commands print: each field of each answer is in it, with its type, and each that it promises is there. */
@Timeout(30)
final class CommandJsonTest {
    private static final Set<String> WITHOUT_JSON = Set.of("run", "completion", "shell");
    private static final JsonPage PAGE = JsonPage.read();

    @TempDir
    Path directory;

    static Stream<CommandSpec> commands() {
        return HelpExamplesTest.commands().stream()
                .filter(command -> command.userObject() instanceof Action)
                .filter(command -> !WITHOUT_JSON.contains(name(command).split(" ")[0]));
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName().replaceFirst("^homeostat ?", "");
    }

    @Test
    void everyCommand_isOnThePage_andNoOther() {
        List<String> names = commands().map(CommandJsonTest::name).toList();
        assertThat(PAGE.commands()).containsAll(names);
        assertThat(PAGE.commands()).allMatch(each -> names.contains(each.replaceFirst(" --.*", "")));
    }

    @Test
    void everyTable_isUsed() {
        assertThat(PAGE.unused()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyAnswer_isAsThePageSays(CommandSpec command) throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("data"));
        Files.createDirectories(home.resolve("sdk")); // for "plugins new"
        List<String> checked = new ArrayList<>();
        try (ScriptedHost host = ScriptedHost.ofExamples(home)) {
            for (String example : Examples.of(command)) {
                List<String> words = HelpExamplesTest.words(example, directory);
                words.addAll(List.of("-o", "json"));
                Call call = Call.of(home, words.toArray(String[]::new));
                String documented = PAGE.command(name(command), words);
                boolean lines = PAGE.isInLines(documented);
                for (String document : lines ? call.out().lines().toList() : List.of(call.out())) {
                    PAGE.check(documented, Json.parse(document));
                    checked.add(document);
                }
            }
            assertThat(host.requests.size()).isLessThanOrEqualTo(2 * checked.size());
        }
        assertThat(checked).isNotEmpty();
    }

    @Test
    void aWaitThatRunsOut_isAsThePageSays() throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("data"));
        try (ScriptedHost host = ScriptedHost.ofExamples(home)) {
            host.answer("wait", """
                {"id":1,"error":{"code":"timeout","message":"the wait is not over after 1 s","hint":"",\
                "details":{"waitingFor":[{"name":"docs/disk","failing":1,"queued":2,"running":0,"oldest":{"key":"b.txt",\
                "delete":false,"since":"2026-01-02T03:03:42Z","status":{"kind":"error","generation":2,\
                "updatedAt":"2026-01-02T03:04:03Z","error":"read-only","attempts":4,"permanent":false}}},\
                {"name":"docs/other","failing":0,"queued":1,"running":1}]}}}
                """);
            PAGE.check("wait", Json.parse(Call.of(home, "wait", "-o", "json").out()));
        }
    }
}
