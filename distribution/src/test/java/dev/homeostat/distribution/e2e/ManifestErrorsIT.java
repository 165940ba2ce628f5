package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestErrorsIT extends E2eTest {
    @Test
    void brokenManifest_isReportedWithFileAndLine_andTheLastGoodVersionStays_alsoOverARestart() {
        home.manifest("hello.yaml", Yaml.HELLO);
        home.manifest("other.yaml", Yaml.files(Map.of("other.txt", "one")));
        HostProcess host = start();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        home.manifest("hello.yaml", "table: files\nrows:\n  - pth: greeting.txt\n    content: x\n");
        await("the report")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("hello.yaml:3", "pth", "path"));
        home.manifest("other.yaml", Yaml.files(Map.of("other.txt", "two")));
        await("the others go on")
                .untilAsserted(() -> assertThat(home.managed("other.txt")).hasContent("two"));
        assertThat(home.managed("greeting.txt")).hasContent("hello, world");

        host.terminate();
        start();
        await("the report")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("hello.yaml:3"));
        await("the last good rows")
                .untilAsserted(() -> assertThat(Shown.kinds(home, "files"))
                        .containsOnlyKeys("greeting.txt", "etc/motd", "other.txt"));
        assertThat(home.managed("greeting.txt")).hasContent("hello, world");

        home.manifest("hello.yaml", Yaml.files(Map.of("greeting.txt", "mended")));
        await("the mended")
                .untilAsserted(() -> assertThat(home.managed("greeting.txt")).hasContent("mended"));
        await("health").untilAsserted(() -> home.command("status").hasCode(0));
    }

    @Test
    void twoFilesThatClaimOneKey_areBothNamed() {
        home.manifest("a.yaml", Yaml.files(Map.of("same.txt", "a")));
        start();
        await("the file").until(() -> Files.exists(home.managed("same.txt")));

        home.manifest("b.yaml", Yaml.files(Map.of("same.txt", "b", "own.txt", "own")));

        await("the report")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("same.txt", "a.yaml", "b.yaml"));
        assertThat(home.managed("same.txt")).hasContent("a");
    }
}
