package dev.homeostat.plugin.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.tree.YamlReader;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the file system's own events and real time: they cannot be given. */
@Timeout(30)
class ManifestSourceTest {
    @TempDir
    Path base;

    @Test
    void run_changes_arriveByTheSystemsHintsAndInterruptionEndsIt() throws Exception {
        Path manifests = Files.createDirectory(base.resolve("manifests"));
        FakeFeed feed = new FakeFeed();
        // So rarely that no poll can be what notices.
        ManifestsConfig config = new ManifestsConfig(Path.of("manifests"), Duration.ofMillis(20), Duration.ofHours(1));
        CompletableFuture<Class<?>> end = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> end.complete(run(manifests, config, feed)));

        await().until(() -> feed.told.size() == 1);
        Files.writeString(manifests.resolve("a.yaml"), "table: things\nrows: []\n");
        await().until(() -> feed.last().equals(List.of("a.yaml: things")));
        Files.delete(manifests.resolve("a.yaml"));
        await().until(() -> feed.last().isEmpty());
        thread.interrupt();

        assertThat(end.get()).isEqualTo(InterruptedException.class);
    }

    @Test
    void run_directoryThatComesLater_isFollowed() throws Exception {
        Path manifests = base.resolve("manifests");
        FakeFeed feed = new FakeFeed();
        ManifestsConfig config =
                new ManifestsConfig(Path.of("manifests"), Duration.ofMillis(20), Duration.ofMillis(50));
        Thread thread = Thread.ofVirtual().start(() -> run(manifests, config, feed));

        await().until(() -> !feed.told.isEmpty());
        assertThat(feed.last()).singleElement().asString().contains("does not exist");
        Files.createDirectory(manifests);
        Files.writeString(manifests.resolve("a.yaml"), "table: things\nrows: []\n");

        await().until(() -> feed.last().equals(List.of("a.yaml: things")));
        thread.interrupt();
        thread.join();
    }

    @Test
    void config_defaults_arePinned() {
        assertThat(RecordCodec.of(MethodHandles.lookup(), ManifestsConfig.class)
                        .decode(new Tree.Mapping(Map.of(), Place.NOWHERE)))
                .isEqualTo(new ManifestsConfig(Path.of("manifests"), Duration.ofMillis(100), Duration.ofSeconds(1)));
    }

    private Class<?> run(Path manifests, ManifestsConfig config, FakeFeed feed) {
        try {
            new ManifestSource(
                            new ManifestDirectory(manifests),
                            new ManifestParser(new YamlReader()),
                            base,
                            config,
                            Schedulers.system())
                    .run(feed);
            return Void.class;
        } catch (IOException | InterruptedException e) {
            return e.getClass();
        }
    }
}
