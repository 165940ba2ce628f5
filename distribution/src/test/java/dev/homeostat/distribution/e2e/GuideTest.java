package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That pages are done as they stand there, and that nothing in them is passed over. */
class GuideTest {
    @TempDir
    Path directory;

    private void run(String page) {
        try (GuideRun reader = new GuideRun(directory, Map.of())) {
            reader.run(Guide.parse("page.md", page.lines().toList()));
        }
    }

    @Test
    void pageThatHolds_isDone() {
        run("""
            text
            ```sh
            there=yes
            mkdir inner
            ```
            ```yaml
            # inner/a.yaml
            key: one
            other: two
            ```
            ```diff
            --- inner/a.yaml
            @@
            -key: one
            +key: three
             other: two
            ```
            <!-- not run: it would never end -->
            ```sh
            sleep 1000
            ```
            1. indented
               ```console
               $ cd inner
               $ echo $there; cat \\
               > a.yaml
               yes
               …
               key:   t…e
               other: two
               ```
            ```console exit=3
            $ (echo took 5s; exit 3)
            took 12 ms
            ```
            ```console terminal=2 running
            $ echo $there. && pwd && sleep 1000
            .
            …
            ```
            ```console terminal=2
            ^C
            …
            ```
            ```console eventually
            $ echo x >> count; wc -l < count
            3
            ```
            """);
        assertThat(directory.resolve("inner/count")).content().isEqualTo("x\nx\nx\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "bash", "shell", "console sometimes", "sh exit=1", "yaml", "diff"})
    void blockThatNobodyKnows_fails(String language) {
        assertThatThrownBy(() -> run("\n```" + language + "\n$ true\n```\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("page.md:2: ");
    }

    @Test
    void blockWithoutAnEnd_fails() {
        assertThatThrownBy(() -> Guide.parse("page.md", List.of("```sh", "true")))
                .hasMessage("page.md:1: the block has no end");
    }

    @Test
    void commandThatFails_orShowsSomethingElse_fails() {
        assertThatThrownBy(() -> run("```console\n$ false\n```\n")).hasMessageContaining("exit code 1 and not 0");
        assertThatThrownBy(() -> run("```console exit=1\n$ true\n```\n")).hasMessageContaining("exit code 0 and not 1");
        assertThatThrownBy(() -> run("```console\n$ echo a b\na c\n```\n")).hasMessageContaining("but it was\na b");
        assertThatThrownBy(() -> run("```sh\necho before\nfalse\necho after\n```\n"))
                .hasMessageContaining("before")
                .hasMessageNotContaining("after");
    }

    @Test
    void changeOfWhatIsNotThere_orNotOnce_fails() {
        String page = "```yaml\n# a.yaml\none: 1\none: 1\n```\n```diff\n--- a.yaml\n@@\n-%s\n+x\n```\n";
        assertThatThrownBy(() -> run(page.formatted("two: 2"))).hasMessageContaining("stands not once");
        assertThatThrownBy(() -> run(page.formatted("one: 1"))).hasMessageContaining("stands not once");
        assertThatCode(() -> run(page.formatted("# a.yaml"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a  b|a b|true",
                "done 2s ago|done just now|true",
                "in 9m 55s|in 3h 2m|true",
                "at 2026-11-23T15:03:16.367Z|at 2027-01-02T03:04:05Z|true",
                "12 rows|13 rows|false",
                "a…c|a b c|true",
                "a…c|a b d|false",
                "a|ab|false",
            })
    void line_isComparedButForTimesAndSpace(String expected, String actual, boolean matches) {
        assertThat(ShownText.matches(List.of(expected), actual + "\n")).isEqualTo(matches);
        assertThat(ShownText.matches(List.of("…", expected, "…"), "x\n" + actual + "\ny\n"))
                .isEqualTo(matches);
        assertThat(ShownText.matches(List.of(expected), actual + "\ny\n")).isFalse();
    }
}
