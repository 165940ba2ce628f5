package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jars are dropped into the plugin directory of a running host, overwritten and deleted. */
class HotDeploymentIT extends E2eTest {
    private static final String NAME = "dev.homeostat:type=Plugin,id=late";

    private Path jar(String version, String contribute) {
        String module = """
            module test.late {
                requires dev.homeostat.api;
                provides dev.homeostat.api.plugin.Plugin with test.late.ThePlugin;
            }
            """;
        String plugin = """
            package test.late;
            public class ThePlugin implements dev.homeostat.api.plugin.Plugin {
                public void contribute(dev.homeostat.api.plugin.PluginContext context) { %s }
            }
            """.formatted(contribute);
        return new PluginJar(directory.resolve("work-" + version), "late")
                .source("module-info", module)
                .source("test.late.ThePlugin", plugin)
                .attribute("Plugin-Version", version)
                .writeTo(directory.resolve("late-" + version + ".jar"));
    }

    private static boolean shows(Jmx jmx, String state, String version) {
        return !jmx.names(NAME).isEmpty()
                && jmx.get(NAME, "State").equals(state)
                && jmx.get(NAME, "Version").equals(version);
    }

    @Test
    void jarsOfARunningHost_areFollowed() throws Exception {
        byte[] first = Files.readAllBytes(jar("1.0.0", ""));
        byte[] second = Files.readAllBytes(jar("1.1.0", ""));
        byte[] bad = Files.readAllBytes(jar("1.2.0", "throw new IllegalStateException(\"planted fault\");"));
        Jmx jmx = attach(start());
        Path dropped = home.path("plugins/late.jar");

        Files.createDirectories(dropped.getParent());
        Files.write(dropped, Arrays.copyOf(first, first.length / 2));
        await("two looks")
                .pollDelay(Duration.ofMillis(500))
                .until(() -> jmx.names(NAME).isEmpty());
        long whole = write(dropped, first);
        await("the plugin").until(() -> shows(jmx, "ACTIVE", "1.0.0"));
        assertThat(Duration.ofNanos(System.nanoTime() - whole)).isLessThan(Duration.ofSeconds(2));

        write(dropped, second);
        await("the new version").until(() -> shows(jmx, "ACTIVE", "1.1.0"));

        write(dropped, bad);
        await("the refusal").until(() -> jmx.get(NAME, "Reason").toString().contains("planted fault"));
        assertThat(shows(jmx, "ACTIVE", "1.1.0")).isTrue();
        assertThat(home.command("status").hasCode(1).out()).contains("1.2.0 in plugins/late.jar was refused");
        write(dropped, second);
        await("no refusal").until(() -> jmx.get(NAME, "Reason").equals(""));

        Files.writeString(dropped, "this is no jar");
        await("the refusal of garbage")
                .until(() -> jmx.get(NAME, "Reason").toString().contains("no whole jar"));
        assertThat(shows(jmx, "ACTIVE", "1.1.0")).isTrue();

        Files.delete(dropped);
        await("its end").until(() -> jmx.names(NAME).isEmpty());
        for (String version : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
            await("the end of the classes of " + version)
                    .until(() -> Files.readString(home.path("logs/homeostat.log"))
                            .contains("plugin late " + version + ": its classes were collected "));
        }
        assertThat(Files.readString(home.path("logs/homeostat.log"))).doesNotContain("were not collected");
        for (JsonNode plugin : Shown.json(home, "plugins").path("plugins")) {
            assertThat(plugin.path("id").asString()).isNotEqualTo("late");
        }
    }

    private static long write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return System.nanoTime();
    }
}
