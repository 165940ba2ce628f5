package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.Window;
import dev.homeostat.cli.screen.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see in terminals of a given width: nothing is longer than a line but commands, which are to be copied. */
@Timeout(30)
final class NarrowTerminalTest {
    @TempDir
    Path directory;

    private Call call(int columns, String words) throws IOException {
        return call(columns, words, 1);
    }

    private Call call(int columns, String words, int requests) throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("data"));
        Path socket = home.resolve("data/control.sock");
        Files.deleteIfExists(socket);
        try (ScriptedHost host = new ScriptedHost(socket)) {
            Call call = Call.at(new Window(columns, 24), home, words.split(" "));
            assertThat(host.requests).hasSizeGreaterThanOrEqualTo(requests);
            return call;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, status",
        "60, status",
        "40, status",
        "80, reconcilers",
        "50, reconcilers",
        "80, plugins",
        "40, plugins",
        "80, reconcilers failures docs/disk",
        "50, reconcilers failures docs/disk",
        "80, explain docs b.txt",
        "50, explain docs b.txt",
        "60, db show docs",
        "40, db show docs",
        "80, reconcilers options docs/disk",
        "60, reconcilers plan docs/disk",
        "60, config show",
        "60, wait",
        "50, plugins check",
        "40, config check",
        "40, reconcilers prune docs/disk",
        "40, reconcilers observe docs/disk",
        "40, plugins stop docs --yes"
    })
    void everyLine_fits_butForCommands(int columns, String words) throws IOException {
        String out = call(columns, words).out();
        assertThat(out).isNotEmpty();
        assertThat(out.lines().filter(line -> !line.strip().startsWith("homeostat ")))
                .allSatisfy(line -> assertThat(Printable.width(line)).isLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @CsvSource({
        "db delete docs b.txt",
        "reconcilers confirm docs/disk 7",
        "plugins unload docs",
        "status --interval 5s",
        "status --outpt json"
    })
    void everyMessage_fits(String words) throws IOException {
        String err = call(40, words, 0).err().replace(" [y/N] ", "\n");
        assertThat(err.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Printable.width(line)).isLessThanOrEqualTo(40));
    }

    @Test
    void aMessage_saysTheSameInAnyWidth() throws IOException {
        String narrow = call(40, "db delete docs b.txt", 0).err();
        String wide = call(400, "db delete docs b.txt", 0).err();
        assertThat(wide.lines().count()).isLessThan(narrow.lines().count());
        assertThat(narrow.replaceAll("\\s", "")).isEqualTo(wide.replaceAll("\\s", ""));
    }

    @ParameterizedTest
    @CsvSource({"80", "50"})
    void status_saysTheSameInAnyWidth(int columns) throws IOException {
        String narrow = call(columns, "status").out();
        String[] words = Files.readString(Path.of("src/test/golden/status.txt")).split("\\s+");
        assertThat(narrow.replaceAll("\\s", ""))
                .contains(
                        "{key}:read-onlyfilesystem",
                        "homeostatreconcilersconfirmdocs/disk7",
                        "unknownfield\"pth\"",
                        "nospaceleft");
        assertThat(words).contains("homeostat");
    }

    @Test
    void columnsThatFindNoRoom_areNamed() throws IOException {
        assertThat(call(60, "reconcilers").out())
                .contains("the terminal is too narrow for: ")
                .contains("PRUNED")
                .doesNotContain("  PRUNED\n");
        assertThat(call(120, "reconcilers").out()).doesNotContain("too narrow").contains("PRUNED\n");
    }

    @Test
    void aCommand_staysInOneLine_soThatItCanBeCopied() throws IOException {
        assertThat(call(40, "status").out())
                .containsPattern("(?m)^ +homeostat reconcilers confirm docs/disk 7$")
                .containsPattern("(?m)^ +homeostat reconcilers failures docs/disk$");
    }

    @Test
    void onAPipe_nothingIsMadeToFit() throws IOException {
        Path home = directory.resolve("other");
        Files.createDirectories(home.resolve("data"));
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            Call call = Call.of(home, "status");
            assertThat(host.requests).hasSize(1);
            assertThat(call.out())
                    .isEqualTo(Files.readString(Path.of("src/test/golden/status.txt")))
                    .contains("cannot write {key}: read-only file system\n");
        }
    }
}
