package dev.homeostat.host.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of rows that were set aside, when they are not as they were written. */
final class RejectedFilesTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"rows\": 7}", "{\"rows\": [{}]}", "no: json: [", "null"})
    void fileThatIsNoListOfRows_isPutAside_andTheHostStarts(String text) throws IOException {
        Path file = file(text);
        assertThat(new RejectedRows(home).all()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(file.resolveSibling("memos.json.unreadable")).hasContent(text);
    }

    @Test
    void emptyList_isNoProblem() throws IOException {
        Path file = file("{\"rows\": []}");
        assertThat(new RejectedRows(home).all()).isEmpty();
        assertThat(file).exists();
    }

    private Path file(String text) throws IOException {
        Path directory = Files.createDirectories(home.resolve("data/rejected"));
        return Files.writeString(directory.resolve("memos.json"), text);
    }
}
