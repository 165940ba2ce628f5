package dev.homeostat.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LONG = "a-directory-with-a-long-name/".repeat(4) + "and-a-file-in-it";

    @TempDir
    private Path directory;

    private final Content content = new Content();

    @BeforeEach
    void fill() throws IOException {
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\necho hello\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        content.copy("bin/script", script);
        content.copy("plain", Files.writeString(directory.resolve("plain"), "x".repeat(512)));
        content.copy(LONG, Files.writeString(directory.resolve("empty"), ""));
        content.copy("link", Files.createSymbolicLink(directory.resolve("link"), Path.of("bin/script")));
        content.directory("nothing");
        content.text("text", "täxt\n");
    }

    @Test
    void write_unpackedByTar_isTheContent() throws Exception {
        Path tarball = directory.resolve("content.tar.gz");
        Tarball.write(tarball, "root-1.0", content, TIME);

        ProcessOutput tar =
                ProcessOutput.of(new ProcessBuilder("tar", "-xzf", tarball.toString(), "-C", directory.toString()));

        assertThat(tar.text()).isEmpty();
        assertThat(tar.code()).isZero();
        Path root = directory.resolve("root-1.0");
        assertThat(root.resolve("bin/script")).isExecutable().hasSameTextualContentAs(directory.resolve("script"));
        assertThat(root.resolve("plain")).hasContent("x".repeat(512));
        assertThat(Files.isExecutable(root.resolve("plain"))).isFalse();
        assertThat(root.resolve(LONG)).isEmptyFile();
        assertThat(Files.readSymbolicLink(root.resolve("link"))).isEqualTo(Path.of("bin/script"));
        assertThat(root.resolve("nothing")).isEmptyDirectory();
        assertThat(root.resolve("text")).hasContent("täxt\n");
        assertThat(Files.getLastModifiedTime(root.resolve("plain")).toInstant()).isEqualTo(TIME);
    }

    @Test
    void write_equalContent_givesEqualBytes() throws Exception {
        Path first = directory.resolve("first.tar.gz");
        Path second = directory.resolve("second.tar.gz");

        Tarball.write(first, "root", content, TIME);
        Tarball.write(second, "root", content, TIME);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void write_aPathThatDoesNotFit_isNamed() {
        String name = "n".repeat(101);
        content.text(name, "");

        assertThatThrownBy(() -> Tarball.write(directory.resolve("t.tar.gz"), "root", content, TIME))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining(name);
    }
}
