package dev.homeostat.distribution.e2e;

import static dev.homeostat.distribution.e2e.PseudoTerminal.CTRL_U;
import static dev.homeostat.distribution.e2e.PseudoTerminal.ENTER;
import static dev.homeostat.distribution.e2e.PseudoTerminal.TAB;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The completion scripts in the shells that they are for, which a person types into. */
class CompletionIT extends E2eTest {
    private static final String ODD = """
        table: files
        rows:
          - path: greeting.txt
            content: "hello"
          - path: "two words.txt"
            content: "with a blank"
          - path: "co:lon's"
            content: "with a colon and an apostrophe"
        """;

    @BeforeEach
    void startHost() {
        home.manifest("odd.yaml", ODD);
        start();
        home.command("wait").hasCode(0);
    }

    private PseudoTerminal shell(String command) {
        return closing(PseudoTerminal.open(
                directory,
                Map.of(
                        "PATH",
                        Installed.DIRECTORY.resolve("bin") + ":" + System.getenv("PATH"),
                        "HOMEOSTAT_HOME",
                        home.directory().toString(),
                        "PS1",
                        "ready> "),
                command));
    }

    @Test
    void bash_completesNamesOfTheRunningHost() {
        PseudoTerminal bash = shell("bash --norc --noprofile -i");
        bash.type("PS1='ready> '; source <(homeostat completion bash)" + ENTER).awaitShown("ready> ");
        completes(bash);
        // Bash takes a colon and an equals sign for ends of words.
        bash.type("homeostat db get files co:" + TAB)
                .awaitShown("co:lon\\'s ")
                .type(ENTER)
                .awaitShown("with a colon");
        bash.type("homeostat db get --index=pa" + TAB).awaitShown("--index=pa").type(CTRL_U);
        bash.type("homeostat db get files 'two" + TAB)
                .awaitShown("'two words.txt'")
                .type(ENTER)
                .awaitShown("with a blank");
        bash.type("hs=1; alias hs=homeostat; complete -F _homeostat hs" + ENTER).awaitShown("ready> ");
        bash.type("hs db rej" + TAB).awaitShown("hs db rejected ").type(CTRL_U);
    }

    @Test
    void zsh_completesNamesOfTheRunningHost() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "zsh"))),
                "there is no zsh on the PATH: apt-get install zsh");
        PseudoTerminal zsh = shell("zsh -f -i");
        zsh.type("PS1='ready> '; autoload -U compinit; compinit -u -D; source <(homeostat completion zsh)" + ENTER)
                .awaitShown("zsh)")
                .awaitShown("ready> ");
        completes(zsh);
        zsh.type("homeostat db get files co" + TAB)
                .awaitShown("co:lon\\'s ")
                .type(ENTER)
                .awaitShown("with a colon");
        zsh.type("homeostat status --output=j" + TAB)
                .awaitShown("--output=json ")
                .type(CTRL_U);
        zsh.type("homeostat db get " + TAB + TAB).awaitShown("files").type(CTRL_U);
        zsh.type("homeostat plug" + TAB + "re" + TAB).awaitShown("reload ").type(CTRL_U);
    }

    private static void completes(PseudoTerminal shell) {
        shell.type("homeostat db sh" + TAB)
                .awaitShown("homeostat db show ")
                .type("f" + TAB)
                .awaitShown("files ");
        shell.type(ENTER).awaitShown("KEY").awaitShown("ready> ");
        shell.type("homeostat db get files gr" + TAB)
                .awaitShown("greeting.txt ")
                .type(ENTER)
                .awaitShown("hello");
        shell.type("homeostat db get files tw" + TAB)
                .awaitShown("two\\ words.txt ")
                .type(ENTER)
                .awaitShown("with a blank");
        shell.type("homeostat reconcilers mode f" + TAB)
                .awaitShown("files/files ")
                .type("pl" + TAB)
                .awaitShown("plan ");
        shell.type(CTRL_U + "homeostat status --out" + TAB)
                .awaitShown("--output ")
                .type("j" + TAB)
                .awaitShown("json ");
        shell.type(CTRL_U);
    }
}
