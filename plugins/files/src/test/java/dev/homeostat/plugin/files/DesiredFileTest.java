package dev.homeostat.plugin.files;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredFileTest {
    private static final RowCodec<DesiredFile> CODEC = requireNonNull(DesiredFile.TABLE.codec());

    @Test
    void decode_withoutMode_is0644() {
        assertThat(CODEC.decode(document(Map.of("path", Tree.scalar("a"), "content", Tree.scalar("x")))))
                .isEqualTo(new DesiredFile("a", "x", "0644"));
    }

    @Test
    void decode_modeWithoutQuotes_saysHowToWriteIt() {
        Tree mode = new Tree.Scalar(644L, new Place("f.yaml", 3), "0644");

        assertThatThrownBy(() -> CODEC.decode(
                        document(Map.of("path", Tree.scalar("a"), "content", Tree.scalar("x"), "mode", mode))))
                .isInstanceOf(DocumentException.class)
                .hasMessage("f.yaml:3: mode: expected text, but found the number 0644; write it in quotes: \"0644\"");
    }

    @Test
    void decode_badPath_isRefusedAtItsPlace() {
        Tree path = new Tree.Scalar("../a", new Place("f.yaml", 3), "../a");

        assertThatThrownBy(() -> CODEC.decode(document(Map.of("path", path, "content", Tree.scalar("x")))))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("path \"../a\" has \"..\" in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "0648", "rw-r--r--", "00644", "4755", "04755", "-644"})
    void decode_badMode_isRefusedWithTheReason(String mode) {
        assertThatThrownBy(() -> new DesiredFile("a", "x", mode))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mode: ")
                .hasMessageContaining("\"" + mode + "\"");
    }

    @Test
    void config_defaults_arePinned() {
        FilesConfig config =
                RecordCodec.of(MethodHandles.lookup(), FilesConfig.class).decode(document(Map.of()));

        assertThat(config)
                .isEqualTo(new FilesConfig(Path.of("data/files"), Duration.ofMinutes(1), Duration.ofHours(1)));
        assertThat(config.managedDirectory(Path.of("/home"))).isEqualTo(Path.of("/home/data/files"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "/", "data", "manifests", "conf", "data/sources", "/home/x"})
    void config_directoryThatHoldsTheHostsOwnFiles_isRefused(String directory) {
        FilesConfig config = new FilesConfig(Path.of(directory), Duration.ofMinutes(1), Duration.ofHours(1));

        assertThatThrownBy(() -> config.managedDirectory(Path.of("/home/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name a directory that is for managed files only");
    }

    private static Tree document(Map<String, Tree> entries) {
        return new Tree.Mapping(entries, Place.NOWHERE);
    }
}
