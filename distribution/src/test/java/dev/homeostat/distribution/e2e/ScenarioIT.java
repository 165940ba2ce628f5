package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three in the morning, and something is wrong: a host with a hundred thousand rows, a plugin that does not load, three hundred rows that fail for three reasons,
 * and a prune that is held. Whoever comes knows nothing but "homeostat status", or has a JMX client. Everything else they have to read there.
 */
class ScenarioIT extends E2eTest {
    private static final Duration TO_FIND_IT_ALL = Duration.ofMinutes(1);
    private static final String HOST = "dev.homeostat:type=Host";

    private Fleet fleet;
    private HostProcess host;

    @BeforeEach
    void begin() {
        fleet = new Fleet(home, directory.resolve("work")).layOut();
        host = start();
        fleet.settle();
    }

    @Test
    void inTheTerminal_allIsFound_andPutRightByWhatItSays() throws Exception {
        long began = System.nanoTime();
        String night = home.command("status").hasCode(1).out();
        String first = night.lines().findFirst().orElseThrow();
        assertThat(first)
                .startsWith("degraded for ")
                .contains(
                        "1 plugin does not run as it should",
                        "300 rows fail with 3 different errors",
                        "1 prune is held");

        // What fails, since when, why, and what comes next.
        assertThat(night)
                .containsPattern("machines/deploy +100 +m-00007 .*no route to \\{key} through the switch of rack-7")
                .containsPattern("machines/deploy +100 +m-00009 .*no retry +image v9 is not signed")
                .containsPattern("machines/deploy +100 +m-00042 .*after racks/rack-42 +rack rack-42 is not known");
        assertThat(printed(night, "explain").out())
                .contains("no route to m-00007 through the switch of rack-7")
                .containsPattern("Next: attempt \\d+ at ");
        assertThat(home.command("explain", "machines", "m-00009").hasCode(0).out())
                .contains("image v9 is not signed", "retry machines/deploy m-00009");
        assertThat(home.command("explain", "machines", "m-00042").hasCode(0).out())
                .contains("Next: a change of racks/rack-42, which does not exist", "db insert racks -f FILE");
        // The plugin, with the place and the word.
        assertThat(night).contains("conf/plugins/backup.yaml:1: unknown key \"intervall\"; did you mean \"interval\"?");
        // The prune, and exactly what it would remove.
        assertThat(night).contains("it would remove 200 of 1199 objects, more than prune-guard-floor 10");
        assertThat(printed(night, "held").out().lines().filter(line -> line.contains("unknown-")))
                .hasSize(Fleet.UNKNOWN_CABLES);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TO_FIND_IT_ALL);

        // And now the way out of each.
        home.pluginConfig("backup", "interval: 30m\n");
        await("the plugin")
                .untilAsserted(() -> assertThat(home.command("status").out()).doesNotContain("intervall"));
        printed(night, "confirm").hasCode(0);
        await("the cables").until(() -> fleet.unknownCables() == 0);
        fleet.sign();
        fleet.mendSwitch();
        home.write("rack.yaml", "name: rack-42\n");
        home.command("db", "insert", "racks", "-f", home.path("rack.yaml").toString())
                .hasCode(0);
        printed(night, "retry").hasCode(0);
        await("the end of the night")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(0).out()).startsWith("all is well"));
        assertThat(home.path("logs/audit.log"))
                .content()
                .contains("reconcilers.confirm", "reconcilers.retry", "db.insert");
    }

    @Test
    void inAJmxClient_allIsFound_andPutRight() throws Exception {
        Jmx jmx = attach(host);
        long began = System.nanoTime();
        assertThat((String) jmx.get(HOST, "Verdict"))
                .contains(
                        "1 plugin does not run as it should",
                        "300 rows fail with 3 different errors",
                        "1 prune is held");
        CompositeData plugin = only(jmx.get(HOST, "Plugins"), one -> (Boolean) one.get("degraded"));
        assertThat(plugin.get("id")).isEqualTo("backup");
        assertThat((String) plugin.get("reason")).contains("conf/plugins/backup.yaml:1", "did you mean \"interval\"?");

        CompositeData failing = only(jmx.get(HOST, "Reconcilers"), one -> (Long) one.get("failing") > 0);
        assertThat(failing.get("failing")).isEqualTo(3L * Fleet.FAILING_OF_A_KIND);
        String deploy = bean("Reconciler", "name=" + failing.get("name"));
        List<CompositeData> kinds = Arrays.stream((CompositeData[]) jmx.get(deploy, "FailuresByError"))
                .toList();
        assertThat(kinds).allSatisfy(kind -> assertThat(kind.get("count")).isEqualTo((long) Fleet.FAILING_OF_A_KIND));
        assertThat(kinds.stream().map(kind -> kind.get("error") + ": " + kind.get("kind")))
                .containsExactlyInAnyOrder(
                        "IOException: no route to {key} through the switch of rack-7: retrying",
                        "image v9 is not signed: permanent",
                        "rack rack-42 is not known: blocked");

        CompositeData holding = only(jmx.get(HOST, "Reconcilers"), one -> (Long) one.get("heldPrune") > 0);
        String cables = bean("Reconciler", "name=" + holding.get("name"));
        CompositeData held = (CompositeData) jmx.get(cables, "HeldPrune");
        assertThat(held.get("removals")).isEqualTo(Fleet.UNKNOWN_CABLES);
        assertThat((String) held.get("reason")).contains("it would remove 200 of 1199 objects");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TO_FIND_IT_ALL);

        home.pluginConfig("backup", "interval: 30m\n");
        jmx.call(cables, "confirmPrune", (Long) held.get("number"));
        await("the cables").until(() -> fleet.unknownCables() == 0);
        fleet.sign();
        fleet.mendSwitch();
        jmx.call(bean("Table", "name=racks"), "insert", "name: rack-42");
        jmx.call(deploy, "retryFailing");
        await("the end of the night")
                .untilAsserted(() -> assertThat((Boolean) jmx.get(HOST, "Degraded"))
                        .as("%s", jmx.get(HOST, "Verdict"))
                        .isFalse());
    }

    /** Runs the command of that word which a text shows, as a person who copies it does. */
    private Answer printed(String text, String word) {
        Matcher matcher = Pattern.compile("homeostat( --home \\S+)? ((\\w+ )?" + word + " [^\\n]+)")
                .matcher(text);
        assertThat(matcher.find()).as("a command \"%s\" in:\n%s", word, text).isTrue();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", matcher.group());
        return Answer.of(shell, Map.of("PATH", Installed.SCRIPT.getParent() + ":" + System.getenv("PATH")));
    }

    private static CompositeData only(Object list, java.util.function.Predicate<CompositeData> which) {
        List<CompositeData> all =
                Arrays.stream((CompositeData[]) list).filter(which).toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static String bean(String type, String property) {
        return "dev.homeostat:type=" + type + "," + property;
    }
}
