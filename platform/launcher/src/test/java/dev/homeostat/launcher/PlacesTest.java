package dev.homeostat.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
    @TempDir
    private Path directory;

    private final Properties properties = new Properties();

    @BeforeEach
    void makeDirectories() throws IOException {
        directory = directory.toRealPath();
        for (String name : new String[] {"install", "flag", "property", "variable"}) {
            Files.createDirectory(directory.resolve(name));
        }
        properties.setProperty(Places.INSTALL, directory.resolve("install").toString());
        properties.setProperty(Places.CALLER, directory.toString());
    }

    private Path home(Optional<String> flag, Map<String, String> environment) throws UsageException {
        return Places.find(flag, properties, environment).home();
    }

    @Test
    void home_flagThenPropertyThenVariableThenInstallation() throws Exception {
        Map<String, String> environment =
                Map.of(Places.HOME_VARIABLE, directory.resolve("variable").toString());
        assertThat(home(Optional.empty(), Map.of())).isEqualTo(directory.resolve("install"));
        assertThat(home(Optional.empty(), environment)).isEqualTo(directory.resolve("variable"));
        properties.setProperty(Places.HOME, directory.resolve("property").toString());
        assertThat(home(Optional.empty(), environment)).isEqualTo(directory.resolve("property"));
        assertThat(home(Optional.of(directory.resolve("flag").toString()), environment))
                .isEqualTo(directory.resolve("flag"));
    }

    @Test
    void home_emptyVariable_countsAsUnset() throws Exception {
        assertThat(home(Optional.empty(), Map.of(Places.HOME_VARIABLE, ""))).isEqualTo(directory.resolve("install"));
    }

    @Test
    void home_relative_isRelativeToTheCallersDirectory() throws Exception {
        assertThat(home(Optional.of("flag"), Map.of())).isEqualTo(directory.resolve("flag"));
        assertThat(home(Optional.of("flag/.."), Map.of())).isEqualTo(directory);
    }

    @Test
    void home_symbolicLink_isFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("flag"));

        assertThat(home(Optional.of("link"), Map.of())).isEqualTo(directory.resolve("flag"));
    }

    @Test
    void home_missing_namesItAndWhereItCameFromAndTheWayOut() {
        assertThatThrownBy(() -> home(Optional.of("nowhere"), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no directory %1$s (--home); make it first: mkdir -p '%1$s'"
                        .formatted(directory.resolve("nowhere")));
        assertThatThrownBy(() -> home(Optional.empty(), Map.of(Places.HOME_VARIABLE, "nowhere")))
                .hasMessageContaining("environment variable HOMEOSTAT_HOME");
    }

    @Test
    void home_file_isRefused() throws Exception {
        Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> home(Optional.of("file"), Map.of()))
                .hasMessage("%s is not a directory (--home)".formatted(directory.resolve("file")));
    }
}
