package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code plugins new} writes and refuses; that it builds and runs is tested with the installation. */
final class NewPluginCommandTest {
    @TempDir
    Path directory;

    private Path install;

    @BeforeEach
    void makeInstallation() throws IOException {
        install = directory.resolve("installed & <here>");
        Files.createDirectories(install.resolve("sdk"));
    }

    private Call call(String... words) {
        String[] all =
                Stream.concat(Stream.of("plugins", "new"), Stream.of(words)).toArray(String[]::new);
        return Call.of(install, all);
    }

    @Test
    void new_withIdAndPackage_writesAWholeProjectWithoutAnyPlaceholder() throws IOException {
        Call call = call("dns", "--id", "dns-records", "--package", "org.example.dns");

        assertThat(call.err()).isEmpty();
        assertThat(call.code()).isZero();
        Path project = directory.resolve("dns");
        assertThat(project.resolve("src/main/java/org/example/dns/DnsRecordsPlugin.java"))
                .isRegularFile();
        assertThat(project.resolve("src/test/java/org/example/dns/DnsRecordsOperationsTest.java"))
                .isRegularFile();
        assertThat(Files.readString(project.resolve("src/main/java/module-info.java")))
                .contains("module org.example.dns {", "org.example.dns.DnsRecordsPlugin;");
        assertThat(Files.readString(project.resolve("pom.xml")))
                .contains("<artifactId>dns-records</artifactId>", "/installed &amp; &lt;here></homeostat>");
        assertThat(project.resolve("src/main/resources/META-INF/MANIFEST.MF"))
                .content()
                .contains("Plugin-Id: ${project.artifactId}\n")
                .containsPattern("Plugin-Requires: >=\\$\\{homeostat.version} & <[0-9]+\\.0\\.0\n");
        try (Stream<Path> files = Files.walk(project)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSize(12)
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern("@[A-Z]+@"));
        }
        assertThat(call.out()).contains("plugin \"dns-records\" is in " + project, "mvn package");
    }

    @Test
    void new_withoutOptions_takesThemFromTheDirectory() {
        assertThat(call("routes").code()).isZero();

        assertThat(directory.resolve("routes/src/main/java/dev/example/routes/RoutesRow.java"))
                .content()
                .contains("TableSpec.of(\"routes\", RoutesRow.class");
    }

    @Test
    void new_json_namesTheFiles() {
        assertThat(call("routes", "-o", "json").out()).contains("\"id\": \"routes\"", "\"pom.xml\"");
    }

    @Test
    void new_directoryThatIsNotEmpty_isLeftAlone() throws IOException {
        Path mine = Files.createDirectories(directory.resolve("mine"));
        Files.writeString(mine.resolve("pom.xml"), "mine");

        Call call = call("mine");

        assertThat(call.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(call.err()).contains("is there already, and not empty", "name another directory");
        try (Stream<Path> files = Files.list(mine)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void new_fileInTheWay_isNamed() throws IOException {
        Files.writeString(directory.resolve("file"), "");

        Call call = call("file/below", "--id", "x");

        assertThat(call.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(call.err())
                .contains("could not be written", directory.resolve("file").toString());
    }

    @Test
    void new_installationWithoutSdk_saysSo() throws IOException {
        Files.delete(install.resolve("sdk"));

        assertThat(call("routes").err()).contains("has no sdk directory");
        assertThat(directory.resolve("routes")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--id, Routes",
        "--id, '-x'",
        "--id, a--b",
        "--id, a_b",
        "--id, ''",
        "--id, an-id-of-more-than-thirty-one-characters",
        "--package, org..x",
        "--package, org.new.x",
        "--package, java.x",
        "--package, dev.homeostat.x",
        "--package, ''"
    })
    void new_nonsense_isRefusedWithAnExample(String option, String value) {
        Call call = call("routes", option, value);

        assertThat(call.code()).isEqualTo(ExitCode.USAGE);
        assertThat(call.err()).contains(option, "\"" + value + "\"", "for example");
        assertThat(directory.resolve("routes")).doesNotExist();
    }
}
