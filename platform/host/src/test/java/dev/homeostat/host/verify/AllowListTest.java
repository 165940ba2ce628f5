package dev.homeostat.host.verify;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllowListTest {
    private static final String SUM = "0123456789abcdef".repeat(4);

    @TempDir
    Path home;

    private AllowList list(String text) throws IOException {
        Files.writeString(home.resolve("allow"), text);
        return AllowList.of(home, "allow");
    }

    @Test
    void noSetting_allowsAll() {
        assertThatCode(() -> AllowList.of(home, "").check(SUM)).doesNotThrowAnyException();
    }

    @Test
    void sumsAreReadAsSha256sumWritesThem() {
        for (String line : new String[] {
            SUM,
            SUM + "  plugins/a.jar",
            SUM + " *a.jar",
            "# mine\n\n" + SUM.toUpperCase(java.util.Locale.ROOT) + "\n",
            "\\" + SUM + "  a\\nb.jar"
        }) {
            assertThatCode(() -> list(line).check(SUM)).as(line).doesNotThrowAnyException();
        }
    }

    @Test
    void anotherSum_isRefused_withTheLineToAdd() throws Exception {
        AllowList list = list(SUM.replace('0', '1') + "  a.jar\n");
        assertThatThrownBy(() -> list.check(SUM)).hasMessageContainingAll(SUM, "allow", "plugins.allow", "add a line");
        list(SUM);
        assertThatCode(() -> list.check(SUM)).as("added later").doesNotThrowAnyException();
    }

    @Test
    void listThatIsNotRight_allowsNothing_andNamesTheLine() throws Exception {
        AllowList list = list(SUM + "  a.jar\nnonsense\n");
        assertThatThrownBy(() -> list.check(SUM)).hasMessageContainingAll("allow:2", "64 hexadecimal digits");
        assertThatThrownBy(() -> AllowList.of(home, "nowhere").check(SUM))
                .hasMessageContainingAll("nowhere", "cannot be read", "sha256sum");
        assertThatThrownBy(() -> list("# none\n").check(SUM)).hasMessageContaining(SUM);
    }
}
