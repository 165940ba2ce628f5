package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BrokenPluginsIT extends E2eTest {
    private PluginJar plugin(String id, String constructor, String contribute) {
        String module = """
            module test.%1$s {
                requires dev.homeostat.api;
                provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
            }
            """.formatted(id);
        String plugin = """
            package test.%1$s;
            public class ThePlugin implements dev.homeostat.api.plugin.Plugin {
                public ThePlugin() { %2$s }
                public void contribute(dev.homeostat.api.plugin.PluginContext context) { %3$s }
            }
            """.formatted(id, constructor, contribute);
        return new PluginJar(directory.resolve("work-" + id), id)
                .source("module-info", module)
                .source("test." + id + ".ThePlugin", plugin);
    }

    private Path jar(String name) {
        return home.path("plugins/" + name + ".jar");
    }

    private JsonNode plugin(String id) {
        for (JsonNode plugin : Shown.json(home, "plugins").path("plugins")) {
            if (plugin.path("id").asString().equals(id)) {
                return plugin;
            }
        }
        throw new AssertionError("no plugin \"" + id + "\" in " + Shown.json(home, "plugins"));
    }

    private void assertFailed(String id, String... reason) {
        assertThat(plugin(id).path("state").asString()).as("%s", plugin(id)).isEqualTo("failed");
        assertThat(plugin(id).path("reason").asString()).contains(reason);
    }

    @Test
    void brokenPlugins_areListedAsFailedWithTheirReason_andEverythingElseRuns() throws Exception {
        home.write("plugins/garbage.jar", "this is no jar");
        new PluginJar(directory.resolve("work-empty"), "empty").writeTo(jar("empty"));
        plugin("thrower", "if (true) throw new IllegalStateException(\"planted fault\");", "")
                .writeTo(jar("thrower"));
        plugin("refuser", "", "throw new IllegalArgumentException(\"no licence\");")
                .writeTo(jar("refuser"));
        plugin("newer", "", "").attribute("Plugin-Requires", ">=99.0.0").writeTo(jar("newer"));
        plugin("uninjectable", "", "context.inject(Easy.class); context.inject(Needy.class);")
                .source("test.uninjectable.Easy", """
                    package test.uninjectable;
                    public class Easy {
                        @jakarta.inject.Inject Easy(dev.homeostat.api.plugin.PluginContext context) {}
                    }
                    """)
                .source("test.uninjectable.Needy", """
                    package test.uninjectable;
                    public class Needy {
                        @jakarta.inject.Inject Needy(Easy easy, java.util.concurrent.Callable<String> missing) {}
                    }
                    """)
                .writeTo(jar("uninjectable"));
        plugin("good", "", "").writeTo(jar("good"));
        home.manifest("hello.yaml", Yaml.HELLO);

        HostProcess host = start();
        Jmx jmx = attach(host);

        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));
        for (String id : new String[] {"thrower", "refuser", "uninjectable"}) {
            await("the end of its classes")
                    .until(() -> Files.readString(home.path("logs/homeostat.log"))
                            .contains("plugin " + id + " 1.0.0: its classes were collected "));
        }
        assertFailed("garbage.jar", "jar");
        assertFailed("empty", "dev.homeostat.api.plugin.Plugin");
        assertFailed("thrower", "planted fault");
        assertFailed("refuser", "no licence");
        assertFailed("newer", "99.0.0", "0.1.0");
        assertFailed(
                "uninjectable",
                "test.uninjectable.Needy cannot be made: No implementation for java.util.concurrent.Callable");
        assertThat(plugin("good").path("state").asString()).isEqualTo("active");
        assertThat(plugin("good").path("isolation").asString()).contains("module layer");
        assertThat(plugin("files").path("state").asString()).isEqualTo("active");
        assertThat((String) jmx.get("dev.homeostat:type=Plugin,id=thrower", "Reason"))
                .contains("planted fault");
        assertThat(home.command("plugins").out()).contains("planted fault", "garbage.jar", "99.0.0");
        assertThat(home.command("status").hasCode(1).out()).contains("thrower");
        // Guice's own ASM cannot read the class files of this Java, and is kept from trying.
        assertThat(host.err() + Files.readString(home.path("logs/homeostat.log")))
                .doesNotContain("class file major version", "WARNING: ");
    }

    @Test
    void badConfigurationOfAPlugin_failsThatPluginOnly_namingFileAndLine() {
        home.pluginConfig("files", "# a comment\nrefresh-intervall: 1s\n");
        plugin("good", "", "").writeTo(jar("good"));

        start();

        assertFailed("files", "conf/plugins/files.yaml:2", "refresh-intervall", "refresh-interval");
        assertThat(plugin("good").path("state").asString()).isEqualTo("active");
        assertThat(plugin("manifests").path("state").asString()).isEqualTo("active");
    }
}
