package dev.homeostat.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSetupTest {
    @TempDir
    private Path directory;

    private Launch launch = new Launch(Path.of(""), Path.of(""), Instant.EPOCH, Map.of());

    @BeforeEach
    void makeDirectories() throws IOException {
        for (String name : new String[] {"install/conf", "home/conf"}) {
            Files.createDirectories(directory.resolve(name));
        }
        launch = new Launch(directory.resolve("install"), directory.resolve("home"), Instant.EPOCH, Map.of());
    }

    @Test
    void configuration_ofTheHomeGoesBeforeThatOfTheInstallation() throws Exception {
        Path installed = Files.createFile(launch.install().resolve("conf/logback.xml"));
        assertThat(LogSetup.configuration(launch)).isEqualTo(installed.toUri().toString());
        Path own = Files.createFile(launch.home().resolve("conf/logback.xml"));
        assertThat(LogSetup.configuration(launch)).isEqualTo(own.toUri().toString());
    }

    @Test
    void configuration_whereNoLogCanBeWritten_namesNoFile() throws Exception {
        Files.createFile(launch.install().resolve("conf/logback.xml"));
        Files.createFile(launch.home().resolve("logs"));

        assertThat(LogSetup.configuration(launch)).endsWith("logback-console.xml");
    }

    /** As after a run by another user: Logback would print all that it did, with stack traces. */
    @Test
    void apply_whereTheLogItselfCannotBeWritten_namesNoFile_andTellsTheHost() throws Exception {
        Path log = Files.createDirectories(launch.home().resolve("logs/homeostat.log"));
        Properties properties = new Properties();

        LogSetup.apply(launch, properties);

        assertThat(properties.getProperty(LogSetup.CONFIGURATION)).endsWith("logback-console.xml");
        assertThat(properties).containsEntry(LogSetup.UNWRITABLE, log.toString());
    }

    @Test
    void apply_whereTheLogIsWritten_tellsTheHostNothing() throws Exception {
        Files.createFile(Files.createDirectories(launch.home().resolve("logs")).resolve("homeostat.log"));
        Properties properties = new Properties();

        LogSetup.apply(launch, properties);

        assertThat(properties.getProperty(LogSetup.CONFIGURATION)).endsWith("logback-default.xml");
        assertThat(properties).doesNotContainKey(LogSetup.UNWRITABLE);
    }

    @Test
    void configuration_withoutAnyFile_isBuiltIn() throws Exception {
        String url = LogSetup.configuration(launch);

        try (InputStream in = URI.create(url).toURL().openStream()) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("${homeostat.logs}/homeostat.log", "%context", "${homeostat.log.format:-text}");
        }
    }

    @Test
    void format_isThatOfTheProperty_elseOfTheEnvironment() throws Exception {
        Properties properties = new Properties();
        LogSetup.format(properties, Map.of());
        assertThat(properties).isEmpty();
        LogSetup.format(properties, Map.of("HOMEOSTAT_LOG_FORMAT", "json"));
        assertThat(properties).containsEntry("homeostat.log.format", "json");
        properties.setProperty("homeostat.log.format", "text");
        LogSetup.format(properties, Map.of("HOMEOSTAT_LOG_FORMAT", "json"));
        assertThat(properties).containsEntry("homeostat.log.format", "text");
    }

    @Test
    void format_thatThereIsNot_isRefused() {
        assertThatThrownBy(() -> LogSetup.format(new Properties(), Map.of("HOMEOSTAT_LOG_FORMAT", "xml")))
                .isInstanceOf(UsageException.class)
                .hasMessage("environment variable HOMEOSTAT_LOG_FORMAT: must be text or json, but was xml");
    }
}
