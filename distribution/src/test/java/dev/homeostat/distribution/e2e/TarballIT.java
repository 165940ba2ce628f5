package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tarball, unpacked somewhere else: what a user has who built nothing. */
class TarballIT extends E2eTest {
    @Test
    void unpackedElsewhere_runsInPlace_andItsClassCachesStillFit() throws Exception {
        Answer.of(new ProcessBuilder("tar", "-xzf", Installed.tarball().toString(), "-C", directory.toString()))
                .hasCode(0);
        Path install;
        try (Stream<Path> files = Files.list(directory)) {
            Path unpacked = files.filter(file -> file.getFileName().toString().startsWith("homeostat-"))
                    .findFirst()
                    .orElseThrow();
            install = Files.move(unpacked, directory.resolve("moved once more"));
        }
        Path script = install.resolve("bin/homeostat");
        ProcessBuilder run = new ProcessBuilder(script.toString(), "run");
        // With this mode the JVM refuses to start without the cache.
        run.environment().put("HOMEOSTAT_JVM_OPTIONS", "-XX:AOTMode=on");

        HostProcess host = closing(HostProcess.launch(run));
        host.awaitReady();

        Files.copy(install.resolve("examples/hello.yaml"), install.resolve("manifests/hello.yaml"));
        await("the file").until(() -> Files.exists(install.resolve("data/files/greeting.txt")));
        ProcessBuilder status = new ProcessBuilder(script.toString(), "status");
        Answer answer = Answer.of(status, Map.of("HOMEOSTAT_CLI_JVM_OPTIONS", "-XX:AOTMode=on"));
        answer.hasCode(0);
        assertThat(answer.err()).isEmpty();
        assertThat(host.terminate()).isZero();
        assertThat(host.err()).isEmpty();
        assertThat(install.resolve("logs/homeostat.log")).isNotEmptyFile();
    }
}
