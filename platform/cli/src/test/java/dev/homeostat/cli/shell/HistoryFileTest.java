package dev.homeostat.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
    @TempDir
    Path directory;

    @Test
    void place_isTheStateDirectory() {
        assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/u")))
                .hasToString("/state/homeostat/shell-history");
        assertThat(HistoryFile.of(Map.of("HOME", "/home/u")))
                .hasToString("/home/u/.local/state/homeostat/shell-history");
        assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", "relative", "HOME", "/home/u")))
                .hasToString("/home/u/.local/state/homeostat/shell-history");
    }

    @Test
    void file_isTheUsersAlone() throws IOException {
        Path file = directory.resolve("a/b/shell-history");
        HistoryFile.make(file);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(directory.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void fileThatOthersCouldRead_isClosedToThem_andKeepsItsLines() throws IOException {
        Path file = Files.writeString(directory.resolve("shell-history"), "status\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        HistoryFile.make(file);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(file).content().isEqualTo("status\n");
    }

    @Test
    void whatIsNoFile_isRefused() throws IOException {
        Path file = Files.createDirectory(directory.resolve("shell-history"));
        assertThatThrownBy(() -> HistoryFile.make(file)).isInstanceOf(IOException.class);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
