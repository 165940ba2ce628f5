package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked before something that cannot be taken back, and what their answer does. */
@Timeout(30)
final class ConfirmationTest {
    @TempDir
    Path home;

    private final List<String> questions = new ArrayList<>();
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

    private Call call(boolean terminal, @Nullable String answer, String words) {
        Prompt prompt = question -> {
            questions.add(question);
            return answer;
        };
        return Call.of(Map.of("NO_COLOR", "1"), home, terminal, prompt, words.split(" "));
    }

    private List<String> methods() {
        return host.requests.stream()
                .map(request -> request.replaceAll(".*\"method\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "n", "no", "yess", "nay"})
    void confirm_atATerminal_doesNothingUnlessTheAnswerIsYes(@Nullable String answer) {
        Call call = call(true, answer, "reconcilers confirm docs/disk 7");
        assertThat(call.code()).isEqualTo(1);
        assertThat(methods()).containsExactly("reconcilers");
        assertThat(questions).containsExactly("Remove them? [y/N] ");
        assertThat(call.err())
                .startsWith("prune 7 of docs/disk removes 12 from the target:\n  old-0\n")
                .endsWith("homeostat: nothing was done\n");
        assertThat(call.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", "yes", " yes "})
    void confirm_atATerminal_isDoneAfterAYes(String answer) {
        Call call = call(true, answer, "reconcilers confirm docs/disk 7");
        assertThat(call.code()).isZero();
        assertThat(methods()).containsExactly("reconcilers", "reconcilers.confirm");
    }

    @ParameterizedTest
    @CsvSource({
        "true, reconcilers confirm docs/disk 7 --yes",
        "true, reconcilers confirm docs/disk 7 -y",
        "false, reconcilers confirm docs/disk 7",
        "true, db rejected docs --forget big.bin --yes",
        "false, db rejected docs --forget big.bin",
    })
    void programsAndThoseWhoSaidYes_areNotAsked(boolean terminal, String words) {
        Call call = call(terminal, null, words);
        assertThat(call.err()).isEmpty();
        assertThat(call.code()).isZero();
        assertThat(questions).isEmpty();
        assertThat(methods()).hasSize(1);
    }

    /** {@code reconcilers confirm docs/disk 7 | tee out} at a terminal. */
    @Test
    void whoPipesTheOutput_isAskedToo() {
        Prompt prompt = question -> {
            questions.add(question);
            return "n";
        };
        Call call = Call.piped(home, true, prompt, "reconcilers", "confirm", "docs/disk", "7");
        assertThat(call.code()).isEqualTo(1);
        assertThat(questions).containsExactly("Remove them? [y/N] ");
        assertThat(call.err()).startsWith("prune 7 of docs/disk removes 12 from the target:\n");
        assertThat(call.out()).isEmpty();
        assertThat(methods()).containsExactly("reconcilers");
    }

    @Test
    void confirm_namesWhatListsTheRest() {
        Call call = call(true, "n", "reconcilers confirm docs/disk 7");
        assertThat(call.err())
                .contains("  old-9\n  and 2 more; for all: homeostat reconcilers held docs/disk\nRemove them?");
    }

    @Test
    void confirm_ofAnotherNumberThanTheHeldOne_isLeftToTheHost() {
        call(true, null, "reconcilers confirm docs/disk 8");
        assertThat(questions).isEmpty();
        assertThat(methods()).containsExactly("reconcilers", "reconcilers.confirm");
    }

    @Test
    void delete_atATerminal_showsTheRow_andAsks() {
        Call refused = call(true, "n", "db delete docs b.txt");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("two", "reconciler \"disk\" deletes it from its target");
        assertThat(methods()).containsExactly("db.get");
        assertThat(call(true, "y", "db delete docs b.txt").code()).isZero();
        assertThat(methods()).containsExactly("db.get", "db.get", "db.delete");
    }

    @Test
    void forget_atATerminal_asks() {
        assertThat(call(true, "n", "db rejected docs --forget big.bin").code()).isEqualTo(1);
        assertThat(methods()).isEmpty();
        assertThat(call(true, "y", "db rejected docs --forget big.bin").code()).isZero();
        assertThat(methods()).containsExactly("db.rejected.forget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "unload"})
    void endOfAPluginWhoseTablesHaveRows_atATerminal_asks(String action) {
        Call call = call(true, "n", "plugins " + action + " docs");
        assertThat(call.code()).isEqualTo(1);
        assertThat(call.err()).startsWith("with plugin docs these tables end: docs (3 rows)\n");
        assertThat(methods()).containsExactly("plugins.show");
        assertThat(call(true, "y", "plugins " + action + " docs").code()).isZero();
        assertThat(methods()).containsExactly("plugins.show", "plugins.show", "plugins." + action);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reconcilers prune docs/disk",
                "reconcilers retry docs/disk b.txt",
                "reconcilers refresh docs/disk",
                "reconcilers pause docs/disk b.txt",
                "reconcilers mode docs/disk plan",
                "plugins reload broken.jar",
            })
    void whatLosesNothing_isNotAskedAbout(String words) {
        call(true, null, words);
        assertThat(questions).isEmpty();
        assertThat(methods()).hasSize(1);
    }
}
