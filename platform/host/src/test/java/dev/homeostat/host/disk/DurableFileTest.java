package dev.homeostat.host.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is to be on the disk is there, or what was there before. */
final class DurableFileTest {
    @TempDir
    Path directory;

    @Test
    void content_isReplacedAsAWhole_andNothingElseIsLeft() throws IOException {
        Path file = directory.resolve("kept.json");
        DurableFile.write(file, "a long first content\n");
        DurableFile.write(file, "ü\n");
        assertThat(file).hasContent("ü\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anInterruptedThread_stillLeavesTheFile_andFindsItsInterrupt() throws IOException {
        Path file = directory.resolve("kept.json");
        Thread.currentThread().interrupt();
        boolean found;
        try {
            DurableFile.write(file, "kept");
        } finally {
            found = Thread.interrupted();
        }
        assertThat(found).isTrue();
        assertThat(file).hasContent("kept");
    }

    @Test
    void whatCannotBeWritten_isSaid_andTheInterruptIsFoundAllTheSame() {
        Path file = directory.resolve("missing").resolve("kept.json");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> DurableFile.write(file, "kept"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("missing");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
