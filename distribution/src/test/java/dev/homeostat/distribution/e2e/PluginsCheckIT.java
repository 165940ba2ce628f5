package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PluginsCheckIT extends E2eTest {
    private Path jar(String id, String body, String name) {
        String module = """
            module test.%1$s {
                requires dev.homeostat.api;
                provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
            }
            """.formatted(id);
        String plugin = """
            package test.%1$s;
            public class ThePlugin implements dev.homeostat.api.plugin.Plugin {
                static { if (true) throw new Error("its code ran"); }
                public void contribute(dev.homeostat.api.plugin.PluginContext context) { %2$s }
            }
            """.formatted(id, body);
        return new PluginJar(directory.resolve("work-" + name), id)
                .source("module-info", module)
                .source("test." + id + ".ThePlugin", plugin)
                .writeTo(directory.resolve(name));
    }

    @Test
    void bundledPlugins_areAsTheyShouldBe_withoutAHost() {
        Answer answer = home.command("plugins", "check");

        answer.hasCode(0);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains("(files ", "(manifests ", "module layer", "is as it should be");
        assertThat(answer.out()).doesNotContain("!");
        assertThat(home.path("data")).doesNotExist();
    }

    @Test
    void jars_areCheckedWithoutRunningTheirCode_eachFaultWithItsFix() {
        Path good = jar("good", "", "good.jar");
        Path newer = new PluginJar(directory.resolve("work-newer"), "newer")
                .attribute("Plugin-Requires", ">=99.0.0")
                .attribute("Plugin-Dependencies", "nowhere")
                .writeTo(directory.resolve("newer.jar"));

        assertThat(home.command("plugins", "check", good.toString()).hasCode(0).out())
                .contains("good.jar (good 1.0.0, module layer) is as it should be");
        Answer bad = home.command("plugins", "check", good.toString(), newer.toString());
        bad.hasCode(1);
        assertThat(bad.out())
                .contains("newer.jar (newer 1.0.0) would be refused")
                .contains("! it needs plugin API >=99.0.0")
                .contains("! it needs plugin \"nowhere\", which is not there: add it")
                .doesNotContain("its code ran");
    }

    @Test
    void json_hasTheSame_andARunningHostAnswersIt() {
        Path good = jar("good", "", "good.jar");
        home.config("plugins: {allow: conf/plugins.allow}\n");
        home.write("conf/plugins.allow", "# nothing yet\n");

        Answer answer = home.command("plugins", "check", "-o", "json", good.toString());
        answer.hasCode(1);
        JsonNode report = answer.json().path("jars").get(0);
        String sum = report.path("sha256").asString();
        assertThat(report.path("refused").asBoolean()).isTrue();
        assertThat(report.path("findings").get(0).path("problem").asString()).contains(sum, "plugins.allow");

        home.write("conf/plugins.allow", sum + "  good.jar\n");
        start("--safe-mode");
        Answer asked = home.command("plugins", "check", "-o", "json", good.toString());
        asked.hasCode(0);
        assertThat(asked.json().path("jars").get(0).path("isolation").asString())
                .isEqualTo("module layer");
    }

    @Test
    void wrongWords_areUsage_andWhatIsNoJarIsNamed() {
        home.command("plugins", "check", "--nonsense").hasCode(2);
        assertThat(home.command("plugins", "check", "--help").hasCode(0).out()).contains("[JAR...]");
        Answer none = home.command("plugins", "check", "nowhere.jar");
        none.hasCode(1);
        assertThat(none.out()).contains("nowhere.jar", "there is no such file");
    }
}
