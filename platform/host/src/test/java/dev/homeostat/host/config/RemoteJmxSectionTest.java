package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteJmxSectionTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeConf() throws IOException {
        Files.createDirectories(home.resolve("conf"));
    }

    private ConfigLoader.Loaded load(String text, Map<String, String> properties) throws IOException {
        Files.writeString(home.resolve("conf/homeostat.yaml"), text);
        return new ConfigLoader(new YamlReader()).load(home, Map.of(), properties, Map.of());
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(DocumentException.class, () -> load(text, Map.of())).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private void secret(String name, String text, String mode) throws IOException {
        Path file = home.resolve("conf").resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void defaults_openNothing() throws IOException {
        assertThat(load("", Map.of()).remoteJmx()).isEmpty();
        assertThat(load("jmx: {}\n", Map.of()).remoteJmx()).isEmpty();
        HostConfig.Jmx defaults = load("", Map.of()).config().jmx();
        assertThat(defaults).isEqualTo(new HostConfig.Jmx(0, "127.0.0.1", "", "", "", ""));
    }

    @Test
    void portAlone_isRefused_withAllThatIsMissing() {
        assertThat(problems("jmx:\n  port: 9875\n"))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("conf/homeostat.yaml:2: jmx.port: is 9875, but there is no jmx.")
                        .contains("needs TLS and passwords", "leave the port out"))
                .anySatisfy(problem -> assertThat(problem).contains("jmx.key-store:"))
                .anySatisfy(problem -> assertThat(problem).contains("jmx.key-store-password-file:"))
                .anySatisfy(problem -> assertThat(problem).contains("jmx.password-file:"));
    }

    @Test
    void portOfTheEnvironment_isRefusedToo() {
        assertThat(catchThrowableOfType(DocumentException.class, () -> load("", Map.of("homeostat.jmx.port", "9875")))
                        .problems())
                .first()
                .asString()
                .startsWith("-Dhomeostat.jmx.port: jmx.port: is 9875, but there is no jmx.key-store");
    }

    @Test
    void allButThePort_isRefused() {
        assertThat(problems("jmx:\n  key-store: conf/jmx.p12\n  address: 0.0.0.0\n"))
                .containsExactly(
                        "conf/homeostat.yaml:2: jmx.key-store: is \"conf/jmx.p12\", but there is no jmx.port, so"
                                + " nothing listens: set a port, or leave this out",
                        "conf/homeostat.yaml:3: jmx.address: is \"0.0.0.0\", but there is no jmx.port, so nothing"
                                + " listens: set a port, or leave this out");
    }

    @Test
    void portAndKeysThatThereAreNot_areRefused() {
        assertThat(problems("jmx:\n  port: 70000\n  passwords: x\n"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:2:").contains("65535"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:3:").contains("password-file"));
    }

    @Test
    void filesThatAreNotAsTheyShouldBe_areNamedWithTheRemedy() throws IOException {
        String section = """
            jmx:
              port: 9875
              key-store: conf/jmx.p12
              key-store-password-file: conf/jmx.p12.password
              password-file: conf/jmx.passwords
            """;
        assertThat(problems(section))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("conf/homeostat.yaml:3: jmx.key-store: there is no file ")
                        .endsWith("conf/jmx.p12"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("conf/homeostat.yaml:5: jmx.password-file: there is no file "));
        secret("jmx.p12", "no key store", "rw-------");
        secret("jmx.p12.password", "changeit\n", "rw-r--r--");
        secret("jmx.passwords", "operator control 12345678\n", "rw----r--");
        assertThat(problems(section))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("conf/homeostat.yaml:3: jmx.key-store: ")
                        .contains("jmx.p12.password has mode rw-r--r--", "chmod 600"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("conf/homeostat.yaml:5: jmx.password-file: ")
                        .contains("rw----r--", "chmod 600"));
        secret("jmx.p12.password", "changeit\n", "rw-------");
        secret("jmx.passwords", "operator control 12345678\n", "rw-------");
        assertThat(problems(section))
                .singleElement()
                .asString()
                .contains("jmx.p12 cannot be opened with the password in ", "jmx.p12.password");
    }

    @Test
    void allAddresses_needANameForClients() {
        assertThat(problems("""
            jmx:
              port: 9875
              address: 0.0.0.0
              key-store: conf/jmx.p12
              key-store-password-file: conf/jmx.p12.password
              password-file: conf/jmx.passwords
            """))
                .singleElement()
                .asString()
                .contains("jmx.address: is \"0.0.0.0\"", "set jmx.host-name");
    }
}
