package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts for bash and zsh are told, where the host is that of {@code docs/wire}. */
@Timeout(30)
final class CompleteCommandTest {
    private static final String BREAKS = " \t\n\"'><=;|&(:";

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectory(home.resolve("data"));
    }

    private List<String> zsh(String... words) throws IOException {
        String[] all = new String[words.length + 3];
        all[0] = "complete";
        all[1] = "zsh";
        all[2] = "--";
        System.arraycopy(words, 0, all, 3, words.length);
        return call(all).stream().map(line -> line.replaceFirst("\t.*", "")).toList();
    }

    private List<String> bash(String line) throws IOException {
        return call("complete", "bash", "--", BREAKS, line);
    }

    private List<String> call(String... words) throws IOException {
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            host.answer(
                    "db.keys",
                    "{\"id\":1,\"result\":{\"table\":\"docs\",\"keys\":[\"a b\",\"a:c\",\"it's\",\"two\\nlines\"]}}\n");
            Call call = Call.of(home, words);
            Files.delete(home.resolve("data/control.sock"));
            assertThat(call.code()).as(call.err()).isZero();
            assertThat(call.err()).isEmpty();
            return call.out().lines().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        st                            | status
        reconcilers re                | retry,refresh,resume
        db get d                      | docs
        db get --index=p              |
        db get docs --index           | path,size
        db get docs --index=s         | --index=size
        db get docs x --index s       | size
        explain d                     | docs
        wait d                        | docs
        reconcilers mode d            | docs/disk
        reconcilers mode docs/disk p  | plan,paused
        reconcilers confirm docs/disk 7 | 7
        plugins stop d                | docs
        -o json plugins reload b      | broken.jar
        status --out                  | --output
        status -o j                   | json
        status --output=t             | --output=table
        db rejected docs --forget a   | a b,a:c
        db show docs --columns        | path,content,size,status,revision
        db show docs --columns path,s | path,size,path,status
        db watch docs --where si      | size=
        db dump docs --where status=e | status=error
        reconcilers options docs/disk --reset retry-m | retry-min,retry-max
        """)
    void candidates_areWhatMayStandThere(String line, String expected) throws IOException {
        String[] words = (line.endsWith("--index") || line.endsWith("--columns") ? line + " " : line).split(" ", -1);
        List<String> found = zsh(words);
        assertThat(found.getFirst()).isEqualTo("words");
        assertThat(String.join(",", found.subList(1, found.size())).replaceAll("(^|,)[ +]", "$1"))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void hiddenCommands_areNotProposed() throws IOException {
        assertThat(zsh("comp")).containsExactly("words", " completion");
    }

    @Test
    void optionThatWasGiven_isNotProposedAgain() throws IOException {
        assertThat(zsh("wait", "--timeout", "3s", "--")).contains(" --output").doesNotContain(" --timeout");
    }

    @Test
    void afterTheEndOfOptions_thereAreNone() throws IOException {
        assertThat(zsh("db", "get", "--", "docs", "--")).containsExactly("words");
    }

    @Test
    void optionsOfAReconciler_waitForTheirValue() throws IOException {
        assertThat(zsh("reconcilers", "options", "docs/disk", "retry-ma")).containsExactly("words", "+retry-max=");
        assertThat(zsh("reconcilers", "options", "docs/disk", "retry-max=")).containsExactly("words", " retry-max=5m");
    }

    @Test
    void filesAndDirectories_areLeftToTheShell() throws IOException {
        assertThat(zsh("plugins", "check", "")).containsExactly("files");
        assertThat(zsh("--home", "")).containsExactly("directories");
        assertThat(zsh("--home=")).containsExactly("directories");
        assertThat(bash("homeostat plugins new ")).containsExactly("directories");
    }

    @Test
    void bashKeys_areQuotedAsWhatWasTypedBegins_andWithoutWhatBashKeeps() throws IOException {
        assertThat(bash("homeostat db get docs ")).containsExactly("words", "a\\ b ", "a:c ", "it\\'s ");
        assertThat(bash("homeostat db get docs a")).containsExactly("words", "a\\ b ", "a:c ");
        assertThat(bash("homeostat db get docs a:")).containsExactly("words", "c ");
        assertThat(bash("homeostat db get docs 'a")).containsExactly("words", "a b", "a:c");
        assertThat(bash("homeostat db get docs \"it'")).containsExactly("words", "it's");
        assertThat(bash("homeostat status --output=j")).containsExactly("words", "json ");
    }

    @Test
    void keysOfAReconcilersRows_areAskedOfItsTable() throws IOException {
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            host.answer("db.keys", "{\"id\":1,\"result\":{\"table\":\"docs\",\"keys\":[]}}\n");
            Call.of(home, "complete", "zsh", "--", "reconcilers", "retry", "docs/disk", "a");
            Call.of(home, "complete", "zsh", "--", "db", "get", "docs", "--index", "size", "a");
            assertThat(host.requests).hasSize(2);
            assertThat(host.requests.get(0)).contains("\"table\":\"docs\"", "\"prefix\":\"a\"");
            assertThat(host.requests.get(1)).contains("\"index\":\"size\"");
        }
    }

    @Test
    void homeThatIsTyped_isAsked() throws IOException {
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            Call call = Call.of(directory.resolve("else"), "complete", "zsh", "--", "--home", "home", "db", "show", "");
            assertThat(call.out()).contains(" docs\t3 rows");
            assertThat(host.requests).hasSize(1);
        }
    }

    @Test
    void noHost_isNoError() {
        Call call = Call.of(home, "complete", "zsh", "--", "db", "get", "");
        assertThat(call.code()).isZero();
        assertThat(call.err()).isEmpty();
        assertThat(call.out()).isEqualTo("words\n");
    }

    @Test
    void script_isThatOfTheShell() {
        assertThat(Call.of(home, "completion").out()).contains("complete -F _homeostat");
        assertThat(Call.of(home, "completion", "zsh").out()).startsWith("#compdef homeostat");
        Call fish = Call.of(home, "completion", "fish");
        assertThat(fish.code()).isEqualTo(2);
        assertThat(fish.err()).contains("bash", "zsh", "fish");
    }

    /** Neither Tab nor the help of the shell leads to what the shell does not run; outside of it both are there. */
    @Test
    void theShell_offersWhatItRuns() throws IOException {
        List<String> hidden = CommandTree.COMMANDS.spec().subcommands().entrySet().stream()
                .filter(command ->
                        command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(hidden).contains("run", "shell").doesNotContain("status");
        assertThat(zsh("ru")).contains(" run");
        assertThat(Call.of(directory, "--help").out()).contains("  run ", "  shell ");
    }
}
