package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reconciler is changed while it works: by command, by its configuration, and over JMX. */
class SteeringIT extends E2eTest {
    private static final String NAME = "files/files";

    @Test
    void reconciler_planAndApply_pausedRow_andOptionsFromEveryPlace_inOneLifeOfTheHost() throws Exception {
        home.config("reconcilers:\n  files/files:\n    mode: plan\n");
        home.manifest("hello.yaml", Yaml.HELLO);
        Jmx jmx = attach(start());
        String bean = Shown.reconcilerBean(jmx);

        await("the plan")
                .untilAsserted(() -> assertThat(home.command("reconcilers", "plan", NAME)
                                .hasCode(0)
                                .out())
                        .contains("greeting.txt", "etc/motd", "reconcilers mode " + NAME + " apply"));
        assertThat(home.managed("greeting.txt")).doesNotExist();
        assertThat(home.command("reconcilers").hasCode(0).out()).contains("mode plan (conf/homeostat.yaml:3)");

        home.command("reconcilers", "pause", NAME, "etc/motd").hasCode(0);
        assertThat(home.command("reconcilers", "mode", NAME, "apply").hasCode(0).out())
                .contains("mode plan -> apply (command at ");
        await("the row that is not paused").until(() -> Files.exists(home.managed("greeting.txt")));
        assertThat(home.managed("etc/motd")).doesNotExist();
        assertThat(home.command("explain", "files", "etc/motd").hasCode(0).out())
                .contains("paused");
        assertThat(home.path("data/reconcilers.json")).content().contains("etc/motd", "apply");
        home.command("reconcilers", "resume", NAME, "etc/motd").hasCode(0);
        await("both are done")
                .untilAsserted(() -> assertThat(Shown.kinds(home, "files"))
                        .isEqualTo(Map.of("greeting.txt", "done", "etc/motd", "done")));

        home.config("reconcilers:\n  files/files:\n    mode: plan\n    concurrency: 3\n    retry-max: 2m\n");
        await("the file is taken up")
                .untilAsserted(() -> assertThat(jmx.get(bean, "Concurrency")).isEqualTo("3"));
        jmx.set(bean, "RetryMax", "3m");
        assertThat(home.command("reconcilers", "options", NAME).hasCode(0).out())
                .containsPattern("concurrency +3 +conf/homeostat\\.yaml:4")
                .containsPattern("retry-max +3m +command at ")
                .containsPattern("mode +apply +command at ");

        home.config("reconcilers:\n  files/files:\n    concurency: 4\n    round-size: 0\n");
        await("the file is rejected")
                .untilAsserted(() -> assertThat(
                                home.command("status").hasCode(1).out())
                        .contains("conf/homeostat.yaml:3", "\"concurrency\"", "conf/homeostat.yaml:4", "at least 1"));
        assertThat(jmx.get(bean, "Concurrency")).isEqualTo("3");
        assertThat(home.command("reconcilers", "options", NAME, "round-size=0")
                        .hasCode(1)
                        .err())
                .contains("round-size: must be at least 1, but was 0");

        home.config("");
        home.command("reconcilers", "options", NAME, "--reset").hasCode(0);
        await("all is as the plugin has it").untilAsserted(() -> {
            assertThat(jmx.get(bean, "Concurrency")).isEqualTo("1");
            home.command("status").hasCode(0);
        });
        assertThat(jmx.get(bean, "Mode")).isEqualTo("apply");
    }
}
