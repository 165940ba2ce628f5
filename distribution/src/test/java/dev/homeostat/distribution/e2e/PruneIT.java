package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

class PruneIT extends E2eTest {
    private static final int MANY = 50;

    private void makeManyManagedFiles() throws IOException {
        Files.createDirectories(home.managed(""));
        for (int i = 0; i < MANY; i++) {
            Files.writeString(home.managed("precious-" + i), "precious");
        }
    }

    private long precious() throws IOException {
        if (Files.notExists(home.managed(""))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(home.managed(""))) {
            return files.filter(file -> file.getFileName().toString().startsWith("precious-"))
                    .count();
        }
    }

    @Test
    void unknownFile_isPruned_onceTheManifestsWereRead() throws Exception {
        Files.createDirectories(home.managed("old"));
        Files.writeString(home.managed("old/unknown.txt"), "nobody wants this");
        home.manifest("hello.yaml", Yaml.HELLO);

        start();

        await("the prune").until(() -> Files.notExists(home.managed("old/unknown.txt")));
        await("the rows").until(() -> Files.exists(home.managed("greeting.txt")));
    }

    @Test
    void unknownFile_isNotPruned_whileAManifestCannotBeRead() throws Exception {
        Files.createDirectories(home.managed(""));
        Files.writeString(home.managed("unknown.txt"), "perhaps the broken manifest wants this");
        home.manifest("hello.yaml", Yaml.HELLO);
        home.manifest("broken.yaml", "table: files\nrows: [\n");

        start();

        await("the good rows").until(() -> Files.exists(home.managed("greeting.txt")));
        await("the problem")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("broken.yaml:"));
        assertThat(home.managed("unknown.txt")).exists();
        assertThat(Shown.table(home, "files").path("initialized").asBoolean()).isFalse();

        home.manifest("broken.yaml", Yaml.files(Map.of("mended.txt", "mended")));
        await("the prune").until(() -> Files.notExists(home.managed("unknown.txt")));
        await("the mended").until(() -> Files.exists(home.managed("mended.txt")));
    }

    @Test
    void fiftyFiles_surviveAManifestDirectoryThatIsEmptyAtStart_andConfirmingRemovesThem() throws Exception {
        makeManyManagedFiles();

        start();

        await("the hold")
                .untilAsserted(() ->
                        assertThat(Shown.heldPrune(home).path("count").asInt()).isEqualTo(MANY));
        assertThat(precious()).isEqualTo(MANY);
        String number = Shown.heldPrune(home).path("number").asString();
        String reconciler = Shown.reconciler(home).path("name").asString();
        Answer status = home.command("status").hasCode(1);
        assertThat(status.out()).contains("held", "50", "reconcilers confirm " + reconciler + " " + number);

        home.command("reconcilers", "confirm", reconciler, number).hasCode(0);
        await("the removals").untilAsserted(() -> assertThat(precious()).isZero());
        await("health").untilAsserted(() -> home.command("status").hasCode(0));
    }

    private static CompositeData held(Jmx jmx, String bean) {
        return (CompositeData) jmx.get(bean, "HeldPrune");
    }

    @Test
    void heldPrune_isShownAndConfirmedOverJmx() throws Exception {
        makeManyManagedFiles();
        Jmx jmx = attach(start());
        String bean = Shown.reconcilerBean(jmx);

        await("the hold")
                .untilAsserted(() -> assertThat(held(jmx, bean).get("removals")).isEqualTo(MANY));
        assertThat((String) held(jmx, bean).get("reason")).isNotEmpty();

        jmx.call(bean, "confirmPrune", (Long) held(jmx, bean).get("number"));
        await("the removals").untilAsserted(() -> assertThat(precious()).isZero());
    }

    @Test
    void fiftyFiles_surviveAManifestDirectoryThatGoesAwayAndComesBack() throws Exception {
        TreeMap<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            wanted.put("precious-" + i, "precious");
        }
        home.manifest("precious.yaml", Yaml.files(wanted));
        HostProcess host = start();
        await("all files").untilAsserted(() -> assertThat(precious()).isEqualTo(MANY));

        Files.move(home.path("manifests"), home.path("elsewhere"));
        await("the report").untilAsserted(() -> home.command("status").hasCode(1));
        assertThat(precious()).isEqualTo(MANY);

        // An empty directory in its place looks like an unmounted volume.
        Files.createDirectory(home.path("manifests"));
        await("the report")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("manifests"));
        assertThat(precious()).isEqualTo(MANY);
        assertThat(Shown.table(home, "files").path("objects").asInt()).isEqualTo(MANY);

        // The same at the next start: what fed this home before is not there.
        host.terminate();
        start();
        await("the report").untilAsserted(() -> home.command("status").hasCode(1));
        assertThat(precious()).isEqualTo(MANY);

        Files.delete(home.path("manifests"));
        Files.move(home.path("elsewhere"), home.path("manifests"));
        await("health").untilAsserted(() -> home.command("status").hasCode(0));
        assertThat(precious()).isEqualTo(MANY);
    }

    @Test
    void fiftyFiles_surviveAMissingManifestsPlugin() throws Exception {
        makeManyManagedFiles();
        home.config("plugins:\n  disabled: [manifests]\n");

        start();

        assertThat(Shown.table(home, "files").path("pendingInitializers").toString())
                .contains("manifests");
        assertThat(home.command("status").hasCode(1).out()).contains("manifests", "missing");
        assertThat(precious()).isEqualTo(MANY);
    }
}
