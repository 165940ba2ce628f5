package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A home at three in the morning: a hundred thousand machines, of which three hundred fail for three reasons, a plugin that does not load, and a prune that is
 * held. Whoever looks after it can put each of the reasons right from outside.
 */
final class Fleet {
    static final int MACHINES = 100_000;
    static final int FAILING_OF_A_KIND = 100;
    static final int UNKNOWN_CABLES = 200;

    private static final Path SOURCES = Path.of("src/test/resources");

    private final Home home;
    private final Path work;

    /** @param work an empty directory for what is compiled */
    Fleet(Home home, Path work) {
        this.home = home;
        this.work = work;
    }

    /** Lays out the home, before its host starts. */
    Fleet layOut() {
        jar("fleet");
        jar("backup");
        home.pluginConfig("backup", "intervall: 30m\n");
        home.write("fleet/unsigned-v9", "");
        home.write("fleet/down-rack-7", "");
        home.write("fleet/cables/rack-0", "");
        return this;
    }

    /** Waits until all machines were tried, and has a prune find cables that nobody knows. */
    void settle() {
        E2eTest.await("all machines").untilAsserted(() -> {
            JsonNode deploy = Shown.reconciler(home, "machines/deploy");
            assertThat(deploy.path("objects").asInt()).isEqualTo(MACHINES);
            assertThat(deploy.path("failing").asInt()).isEqualTo(3 * FAILING_OF_A_KIND);
            assertThat(deploy.path("stats").path("updates").asInt()).isGreaterThanOrEqualTo(MACHINES);
        });
        for (int i = 0; i < UNKNOWN_CABLES; i++) {
            home.write("fleet/cables/unknown-" + i, "");
        }
        home.command("reconcilers", "prune", "racks/cables").hasCode(1);
    }

    /** Somebody signs the image. */
    void sign() throws IOException {
        Files.delete(home.path("fleet/unsigned-v9"));
    }

    /** Somebody plugs the switch in again. */
    void mendSwitch() throws IOException {
        Files.delete(home.path("fleet/down-rack-7"));
    }

    long unknownCables() {
        try (Stream<Path> files = Files.list(home.path("fleet/cables"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("unknown-"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void jar(String name) {
        PluginJar jar = new PluginJar(work.resolve(name), name);
        Path root = SOURCES.resolve(name);
        for (Path file : filesIn(root)) {
            String path = root.relativize(file).toString();
            try {
                jar.source(
                        path.substring(0, path.length() - ".java".length()).replace('/', '.'), Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        jar.writeTo(home.path("plugins/" + name + ".jar"));
    }

    private static List<Path> filesIn(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
