package dev.homeostat.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginJarsTest {
    @TempDir
    Path directory;

    @Test
    void directoryNamedAsAJar_isLeftOut_andTheLogSaysSo() throws Exception {
        Path unpacked = Files.createDirectory(directory.resolve("unpacked.jar"));
        Path jar = Files.createFile(directory.resolve("one.jar"));
        Files.createDirectory(directory.resolve(".hidden.jar"));
        try (LogLines log = LogLines.of("dev.homeostat.host.plugin")) {
            assertThat(new PluginJars(List.of(directory), List.of()).find()).containsExactly(jar);
            assertThat(log.written()).containsExactly(unpacked + " is a directory and no jar: it is left out");
        }
    }
}
