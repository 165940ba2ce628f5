package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.config.ConfigLoader;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.verify.Finding;
import dev.homeostat.host.verify.JarReport;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the check says is what the host does, each fault with its way out; and no code of a plugin runs. */
final class HomeCheckTest {
    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void make() {
        host = new HostFixture(directory);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private List<JarReport> check(Path... jars) {
        ConfigLoader loader = new ConfigLoader(new YamlReader());
        return new HomeCheck(
                        host.launch(Map.of()),
                        BootPlatform.boot(),
                        () -> loader.load(host.home, Map.of(), Map.of(), Map.of()))
                .check(List.of(jars));
    }

    private JarReport only(Path... jars) {
        List<JarReport> reports = check(jars);
        assertThat(reports).hasSize(1);
        return reports.getFirst();
    }

    private Path outside(PluginJar jar, String name) {
        return jar.writeTo(directory.resolve("outside"), name);
    }

    private static void assertRefused(JarReport report, String... words) {
        assertThat(report.refused()).as(report.toString()).isTrue();
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.ERROR)
                .extracting(finding -> finding.problem() + ": " + finding.fix())
                .anySatisfy(text -> assertThat(text).contains(words));
    }

    private static PluginJar tracing(String id, Path trace) {
        String initializer = "static { try { Files.writeString(Path.of(\"" + trace
                + "\"), \"\"); } catch (Exception e) { throw new Error(e); } }";
        return PluginJar.modular(id, "").pluginClass(id, initializer, "");
    }

    @Test
    void goodJar_isTold_withIdVersionSumAndIsolation_andNothingOfItRuns() throws Exception {
        Path trace = directory.resolve("trace");
        Path jar = outside(tracing("good", trace), "good.jar");

        JarReport report = only(jar);

        assertThat(report.findings()).isEmpty();
        assertThat(report.refused()).isFalse();
        assertThat(report.id() + " " + report.version()).isEqualTo("good 1.0.0");
        assertThat(report.sha256()).hasSize(64);
        assertThat(report.isolation()).isEqualTo("module layer");
        assertThat(report.jar()).isEqualTo(jar.toString());
        assertThat(trace).doesNotExist();
        assertThat(host.home.resolve("data")).doesNotExist();
    }

    @Test
    void withoutJars_allOfTheHomeAreChecked() {
        host.with(PluginJar.modular("one", ""), "one.jar").with(PluginJar.plain("two", ""), "two.jar");
        assertThat(check()).extracting(JarReport::jar).containsExactly("plugins/one.jar", "plugins/two.jar");
        assertThat(check()).noneMatch(JarReport::refused);
        assertThat(check().get(1).isolation()).contains("automatic module");
    }

    @Test
    void allThatIsWrongWithAJar_isToldAtOnce() throws Exception {
        Path jar = outside(
                PluginJar.plugin("bad")
                        .attribute("Plugin-Version", "latest")
                        .attribute("Plugin-Requires", ">=99.0.0")
                        .attribute("Plugin-Dependencies", "nowhere")
                        .entry("META-INF/services/dev.homeostat.api.plugin.Plugin", "bad.Missing\n"),
                "bad.jar");
        host.file("conf/homeostat.yaml", "plugins: {allow: conf/allow, disabled: [bad]}\n")
                .file("conf/allow", "# none\n");

        JarReport report = only(jar);

        assertRefused(report, "Plugin-Version \"latest\"", "such as 1.0.0");
        assertRefused(report, ">=99.0.0", "0.1.0", "use another version");
        assertRefused(report, "plugin \"nowhere\"", "not there", "add it");
        assertRefused(report, report.sha256(), "conf/allow", "add a line");
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding.problem()).contains("plugins.disabled"));
    }

    @Test
    void serviceEntries_areCheckedAgainstTheClassFiles() throws Exception {
        String service = "META-INF/services/dev.homeostat.api.plugin.Plugin";
        assertRefused(
                only(outside(PluginJar.plugin("none"), "1.jar")), "no plugin in it", "name its class in " + service);
        assertRefused(
                only(outside(
                        PluginJar.plugin("gone").source("a.B", "class B {}").entry(service, "a.Gone\n"), "2.jar")),
                "a.Gone",
                "is not in it");
        assertRefused(
                only(outside(
                        PluginJar.plain("shy", "")
                                .source("test.shy.Other", "class Other {}")
                                .entry(service, "test.shy.Other\n"),
                        "3.jar")),
                "test.shy.Other",
                "must be public");
        assertRefused(
                only(outside(
                        PluginJar.plugin("arg")
                                .source("a.B", "public class B { public B(int i) {} }")
                                .entry(service, "a.B\n"),
                        "4.jar")),
                "a.B",
                "constructor without arguments");
        assertRefused(
                only(outside(
                        PluginJar.plugin("other")
                                .source("a.B", "public class B {}")
                                .entry(service, "a.B\n"),
                        "5.jar")),
                "a.B",
                "does not implement dev.homeostat.api.plugin.Plugin");
        assertRefused(
                only(outside(
                        PluginJar.plugin("two")
                                .source("a.B", "public class B {}")
                                .entry(service, "a.B\na.C\n"),
                        "6.jar")),
                "several plugins (a.B, a.C)");
    }

    @Test
    void serviceThatIsInherited_isFound_andOneWhoseSuperclassIsMissingIsNot() throws Exception {
        Path base = PluginJar.empty()
                .source(
                        "lib.Base",
                        "public abstract class Base implements dev.homeostat.api.plugin.Plugin {"
                                + " public void contribute(dev.homeostat.api.plugin.PluginContext ctx) {} }")
                .writeTo(directory.resolve("libs"), "base.jar");
        PluginJar heir = PluginJar.plugin("heir")
                .against(base)
                .source("a.Heir", "public class Heir extends lib.Base {}")
                .entry("META-INF/services/dev.homeostat.api.plugin.Plugin", "a.Heir\n");
        assertRefused(only(outside(heir, "poor.jar")), "a.Heir", "lib.Base", "META-INF/lib");
        assertThat(only(outside(heir.bundling(base), "rich.jar")).refused()).isFalse();
    }

    @Test
    void modulesThatNobodyHas_areAllNamed() throws Exception {
        Path library = PluginJar.empty()
                .source("module-info", "module some.library { exports some.library; }")
                .source("some.library.Thing", "public class Thing {}")
                .writeTo(directory.resolve("libs"), "library.jar");
        Path other = PluginJar.empty()
                .source("module-info", "module other.library { exports other.library; }")
                .source("other.library.Thing", "public class Thing {}")
                .writeTo(directory.resolve("libs"), "other.jar");
        PluginJar jar =
                PluginJar.modular("needy", "").against(library).against(other).source("module-info", """
                    module test.needy {
                        requires dev.homeostat.api;
                        requires some.library;
                        requires other.library;
                        requires static java.sql;
                        provides dev.homeostat.api.plugin.Plugin with test.needy.ThePlugin;
                    }
                    """);
        assertRefused(
                only(outside(jar, "needy.jar")),
                "other.library (required by test.needy), some.library (required by test.needy)",
                "META-INF/lib");
        assertThat(only(outside(jar.bundling(library).bundling(other), "rich.jar"))
                        .refused())
                .isFalse();
    }

    @Test
    void packageInTwoModules_isRefused() throws Exception {
        Path library = PluginJar.empty()
                .source("module-info", "module some.library { exports test.split; }")
                .source("test.split.Thing", "public class Thing {}")
                .writeTo(directory.resolve("libs"), "library.jar");
        JarReport report = only(outside(PluginJar.modular("split", "").bundling(library), "split.jar"));
        assertRefused(report, "its module cannot be resolved", "test.split");
        JarReport plain = only(outside(PluginJar.plain("split", "").bundling(library), "plain.jar"));
        assertThat(plain.refused()).isFalse();
        assertThat(plain.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).contains("without a module", "test.split"));
    }

    @Test
    void bundledApiEvilEntriesAndNewerClasses_areRefused() throws Exception {
        assertRefused(
                only(outside(
                        PluginJar.modular("fat", "").entry("dev/homeostat/api/plugin/Plugin.class", new byte[9]),
                        "fat.jar")),
                "its own copy of the API",
                "provided");
        assertRefused(only(outside(PluginJar.modular("evil", "").entry("../evil", "x"), "evil.jar")), "../evil");
        byte[] tomorrow = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 99, 0, 0};
        assertRefused(
                only(outside(PluginJar.modular("tomorrow", "").entry("a/B.class", tomorrow), "new.jar")),
                "a/B.class",
                "Java 55");
        assertRefused(
                only(Files.writeString(directory.resolve("none.jar"), "this is no jar")), "cannot be read as a jar");
        assertRefused(only(directory.resolve("nowhere.jar")), "no such file");
        assertRefused(only(Files.createDirectory(directory.resolve("dir.jar"))), "a directory or something else");
    }

    @Test
    @Timeout(20)
    void pipe_isRefused_andNotWaitedFor() throws Exception {
        Path pipe = directory.resolve("pipe.jar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertRefused(only(pipe), "a directory or something else");
    }

    @Test
    void dependencies_areLookedForAmongTheJarsAndThoseOfTheHome() throws Exception {
        host.with(PluginJar.modular("base", ""), "base.jar");
        Path top = outside(PluginJar.modular("top", "").attribute("Plugin-Dependencies", "base@>=1.0.0"), "top.jar");
        assertThat(only(top).refused()).isFalse();
        Path newer =
                outside(PluginJar.modular("newer", "").attribute("Plugin-Dependencies", "base@>=2.0.0"), "newer.jar");
        assertRefused(only(newer), "plugin \"base\" >=2.0.0, and 1.0.0 is there");
        Path replacement = outside(PluginJar.modular("base", "").attribute("Plugin-Version", "2.1.0"), "base2.jar");
        List<JarReport> together = check(newer, replacement);
        assertThat(together).noneMatch(JarReport::refused);
        assertThat(together.get(1).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).contains("plugins/base.jar"));
        Path optional = outside(PluginJar.modular("opt", "").attribute("Plugin-Dependencies", "ghost?"), "opt.jar");
        assertThat(only(optional).refused()).isFalse();
        Path hen = outside(PluginJar.modular("hen", "").attribute("Plugin-Dependencies", "egg"), "hen.jar");
        Path egg = outside(PluginJar.modular("egg", "").attribute("Plugin-Dependencies", "hen"), "egg.jar");
        assertRefused(check(hen, egg).getFirst(), "hen → egg → hen");
    }

    @Test
    void twoJarsOfAnIdOrAModule_areTold() throws Exception {
        Path one = outside(PluginJar.modular("twin", ""), "one.jar");
        Path two = outside(PluginJar.modular("twin", "").attribute("Plugin-Version", "2.0.0"), "two.jar");
        assertRefused(check(one, two).get(1), "plugin id \"twin\" is taken by " + one, "remove one of the two");
        Path other = outside(PluginJar.modular("twin", "").attribute("Plugin-Id", "other"), "other.jar");
        assertThat(check(one, other))
                .noneMatch(JarReport::refused)
                .allSatisfy(report -> assertThat(report.findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.problem()).contains("module test.twin")));
        Path host = outside(
                PluginJar.plugin("clash")
                        .source("module-info", "module org.slf4j { }")
                        .entry("a", ""),
                "clash.jar");
        assertRefused(only(host), "module org.slf4j", "one of the host's");
    }

    @Test
    void whatTheCheckRefuses_theHostRefuses_andTheOtherWayRound() throws Exception {
        host.with(PluginJar.modular("good", ""), "good.jar")
                .with(PluginJar.plain("plain", ""), "plain.jar")
                .with(PluginJar.modular("newer", "").attribute("Plugin-Requires", ">=99.0.0"), "newer.jar")
                .with(PluginJar.modular("lonely", "").attribute("Plugin-Dependencies", "nobody"), "lonely.jar")
                .with(PluginJar.modular("needs", "").attribute("Plugin-Dependencies", "newer"), "needs.jar")
                .with(PluginJar.plugin("empty"), "empty.jar")
                .with(PluginJar.modular("twin", ""), "twin1.jar")
                .with(PluginJar.modular("twin", ""), "twin2.jar");
        List<JarReport> reports = check();
        host.start();
        for (JarReport report : reports) {
            boolean runs = host.host().plugins().stream()
                    .anyMatch(plugin -> plugin.jar().equals(report.jar()) && plugin.state() == State.ACTIVE);
            assertThat(report.refused()).as(report.toString()).isEqualTo(!runs);
        }
        assertThat(reports).filteredOn(JarReport::refused).hasSize(5);
    }
}
