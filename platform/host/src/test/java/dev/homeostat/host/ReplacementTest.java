package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.control.LogLines;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A jar that is overwritten: the new version runs in the place of the old one, or the old one goes on and says why. */
final class ReplacementTest extends HostTest {
    private static final String LIFE = """
        Path life = ctx.home().resolve("life");
        String who = ctx.id() + " " + ctx.version();
        ctx.counter("turns");
        ctx.job("life", () -> {
            Files.writeString(life, who + " runs\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            try {
                new CountDownLatch(1).await();
            } finally {
                Files.writeString(life, who + " ends\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        });
        """;

    private static PluginJar version(String id, String version, String more) {
        return PluginJar.modular(id, more + LIFE).attribute("Plugin-Version", version);
    }

    private Optional<PluginView> find(String id) {
        return host.host().plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst();
    }

    private void awaitVersion(String id, String version) {
        await().untilAsserted(() -> assertThat(find(id).map(plugin -> plugin.version() + " " + plugin.state()))
                .hasValue(version + " ACTIVE"));
    }

    private void awaitRefused(String id, String... words) {
        await().untilAsserted(() ->
                assertThat(find(id).map(PluginView::reason).orElse("gone")).contains(words));
        assertThat(host.plugin(id).state()).isEqualTo(State.ACTIVE);
        assertThat(host.host().degraded()).isTrue();
    }

    private void awaitLife(String... lines) {
        await().untilAsserted(() -> assertThat(life()).containsExactly(lines));
    }

    private List<String> life() throws Exception {
        Path file = host.home.resolve("life");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private List<String> copies() throws Exception {
        try (var files = Files.list(host.home.resolve("data/code"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void overwrittenJar_replacesItsPlugin_andTheLogSaysWhereTheTimeWent() throws Exception {
        host.with(version("one", "1.0.0", ""), "one.jar").start();
        awaitLife("one 1.0.0 runs");
        try (LogLines log = LogLines.of("dev.homeostat.host.plugin")) {
            host.with(version("one", "1.1.0", ""), "one.jar");
            awaitVersion("one", "1.1.0");
            awaitLife("one 1.0.0 runs", "one 1.0.0 ends", "one 1.1.0 runs");
            await().untilAsserted(() -> assertThat(log.written())
                    .anyMatch(line -> line.matches(
                            "\\[one 1.0.0] replaced by \\[one 1.1.0] in \\d+ ms: load \\d+, contribute \\d+, stop \\d+,"
                                    + " start \\d+, unload \\d+")));
        }
        assertThat(host.host().degraded()).isFalse();
        assertThat(copies()).singleElement().asString().startsWith("one-1.1.0-");
    }

    @Test
    void newFileName_replacesItsPlugin_whenTheOldFileGoesWithIt() throws Exception {
        host.with(version("one", "1.0.0", ""), "one-1.0.jar").start();
        awaitLife("one 1.0.0 runs");
        Path next = version("one", "1.1.0", "").writeTo(directory.resolve("made"), "one-1.1.jar");
        Files.delete(host.plugins().resolve("one-1.0.jar"));
        Files.copy(next, host.plugins().resolve("one-1.1.jar"));
        awaitVersion("one", "1.1.0");
        awaitLife("one 1.0.0 runs", "one 1.0.0 ends", "one 1.1.0 runs");
    }

    @Test
    void dependents_goAlong_andSeeTheNewClasses() throws Exception {
        PluginJar base = base("1.0.0", "old");
        Path compiled = base.writeTo(directory.resolve("libs"), "base.jar");
        host.with(base, "base.jar").with(user(compiled), "user.jar").start();
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/plugins/user/seen")).hasContent("old"));
        host.with(base("1.1.0", "new"), "base.jar");
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/plugins/user/seen")).hasContent("new"));
        awaitVersion("base", "1.1.0");
        assertThat(host.plugin("user").state()).isEqualTo(State.ACTIVE);
        assertThat(copies()).hasSize(2);
    }

    private static PluginJar base(String version, String says) {
        return version("base", version, "")
                .type(
                        "test.base.Says",
                        "public class Says { public static final List<String> IT = List.of(\"" + says + "\"); }")
                .source("module-info", """
                    module test.base {
                        requires dev.homeostat.api;
                        exports test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.base.ThePlugin;
                    }
                    """);
    }

    private static PluginJar user(Path base) {
        return PluginJar.modular("user", """
            Path seen = ctx.data().resolve("seen");
            ctx.job("look", () -> Files.writeString(seen, test.base.Says.IT.get(0)));
            """)
                .against(base)
                .attribute("Plugin-Dependencies", "base@<2.0.0")
                .source("module-info", """
                    module test.user {
                        requires dev.homeostat.api;
                        requires test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.user.ThePlugin;
                    }
                    """);
    }

    @Test
    void newVersionThatADependentCannotUse_isRefused_andTakenWhenTheDependentIsGone() throws Exception {
        PluginJar base = base("1.0.0", "old");
        Path compiled = base.writeTo(directory.resolve("libs"), "base.jar");
        host.with(base, "base.jar").with(user(compiled), "user.jar").start();
        host.with(base("2.0.0", "new"), "base.jar");
        awaitRefused("base", "2.0.0 in plugins/base.jar was refused", "\"user\"", "<2.0.0");
        assertThat(host.plugin("base").version()).isEqualTo("1.0.0");
        assertThat(host.plugin("user").state()).isEqualTo(State.ACTIVE);
        Files.delete(host.plugins().resolve("user.jar"));
        awaitVersion("base", "2.0.0");
        assertThat(host.host().degraded()).isFalse();
    }

    @Test
    void newVersionThatCannotContribute_isRefused_andTheOldOneIsNotTouched() throws Exception {
        host.with(version("one", "1.0.0", ""), "one.jar").start();
        awaitLife("one 1.0.0 runs");
        host.with(version("one", "1.1.0", "if (true) throw new IllegalStateException(\"planted\");"), "one.jar");
        awaitRefused("one", "1.1.0 in plugins/one.jar was refused", "IllegalStateException: planted");
        assertThat(host.plugin("one").version()).isEqualTo("1.0.0");
        assertThat(life()).containsExactly("one 1.0.0 runs");
        assertThat(copies()).singleElement().asString().startsWith("one-1.0.0-");

        host.with(version("one", "1.2.0", ""), "one.jar");
        awaitVersion("one", "1.2.0");
        assertThat(host.plugin("one").reason()).isEmpty();
    }

    private static final String CONFIG = """
        public record Config(@Default("1") int most) {}
        """;

    private static PluginJar configured(String version, String check) {
        return version("one", version, "").pluginClass("one", CONFIG, """
            int most = ctx.config(Config.class).most();
            if (%s) throw new IllegalStateException("not with " + most);
            """.formatted(check) + LIFE);
    }

    @Test
    void newVersionThatWasRefused_isTriedAgainWithAnotherConfiguration_andShownWhenItStillDoesNotFit()
            throws Exception {
        host.with(configured("1.0.0", "most > 3"), "one.jar").start();
        host.with(configured("1.1.0", "most < 3"), "one.jar");
        awaitRefused("one", "1.1.0 in plugins/one.jar was refused", "not with 1");
        host.file("conf/plugins/one.yaml", "most: 2\n");
        host.lifecycle(() -> host.lifecycleOf().reconfigure("one"));
        assertThat(host.plugin("one").version()).isEqualTo("1.0.0");
        awaitRefused("one", "1.1.0 in plugins/one.jar was refused", "not with 2");
        host.file("conf/plugins/one.yaml", "most: 3\n");
        host.lifecycle(() -> host.lifecycleOf().reconfigure("one"));
        assertThat(host.plugin("one").version()).isEqualTo("1.1.0");
        assertThat(host.plugin("one").reason()).isEmpty();
    }

    @Test
    void configurationThatCouldNotBeRunWith_isShownUntilItIsThatWhichRuns() throws Exception {
        host.with(configured("1.0.0", "most > 3"), "one.jar").start();
        host.file("conf/plugins/one.yaml", "most: 4\n");
        awaitRefused("one", "1.0.0 in plugins/one.jar was refused", "not with 4");
        host.file("conf/plugins/one.yaml", "most: 1\n");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(host.plugin("one").reason()).isEmpty());
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
        assertThat(host.host().degraded()).isFalse();
    }

    @Test
    void garbage_isRefused_andTheOldOneBackInItsPlaceIsNoChange() throws Exception {
        Path good = version("one", "1.0.0", "").writeTo(directory.resolve("made"), "one.jar");
        Files.copy(good, Files.createDirectories(host.plugins()).resolve("one.jar"));
        host.start();
        awaitLife("one 1.0.0 runs");
        PluginJar.empty().entry("readme.txt", "hello").writeTo(host.plugins(), "one.jar");
        awaitRefused("one", "plugins/one.jar was refused", "there is no plugin in it");
        Files.copy(good, host.plugins().resolve("one.jar"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        await().untilAsserted(() -> assertThat(host.plugin("one").reason()).isEmpty());
        assertThat(life()).containsExactly("one 1.0.0 runs");
    }

    @Test
    void newVersionThatCannotStart_isRolledBack_withItsDependents() throws Exception {
        PluginJar base = base("1.0.0", "old");
        Path compiled = base.writeTo(directory.resolve("libs"), "base.jar");
        host.with(base, "base.jar").with(user(compiled), "user.jar").start();
        awaitLife("base 1.0.0 runs");
        PluginJar bad = version("base", "1.1.0", """
            var odd = ctx.table(TableSpec.of("odd", String.class, Index.unique("id", Keys.STRING, s -> s)));
            ctx.reconciler("NOT A NAME", odd, new Operations<String>() {
                public Outcome update(OperationContext c, String row) { return Outcome.done(); }
                public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
            }, Options.defaults());
            """)
                .type("test.base.Says", "public class Says { public static final List<String> IT = List.of(\"bad\"); }")
                .source("module-info", """
                    module test.base {
                        requires dev.homeostat.api;
                        exports test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.base.ThePlugin;
                    }
                    """);
        host.with(bad, "base.jar");
        awaitRefused("base", "1.1.0 in plugins/base.jar was refused", "NOT A NAME");
        awaitLife("base 1.0.0 runs", "base 1.0.0 ends", "base 1.0.0 runs");
        assertThat(host.plugin("base").version()).isEqualTo("1.0.0");
        assertThat(host.plugin("user").state()).isEqualTo(State.ACTIVE);
        assertThat(host.host().database().table("odd")).isNull();
        await().untilAsserted(() -> assertThat(copies()).hasSize(2).allMatch(name -> name.contains("-1.0.0-")));
    }

    @Test
    void rolledBackTwice_showsTheTablesThatThereAre() throws Exception {
        host.with(MemoPlugin.jar(), "memos.jar").start();
        MemoPlugin.with(MemoPlugin.CONTRIBUTE.replace("\"disk\"", "\"NOT A NAME\""))
                .attribute("Plugin-Version", "1.1.0")
                .writeTo(host.plugins(), "memos.jar");
        awaitRefused("memos", "NOT A NAME");
        host.host().act(PluginAction.RELOAD, "memos", "by command");
        assertThat(host.plugin("memos").reason()).contains("1.1.0 in plugins/memos.jar was refused", "NOT A NAME");
        assertThat(host.host().tables())
                .singleElement()
                .satisfies(view ->
                        assertThat(view.table()).isSameAs(host.host().database().table("memos")));
        assertThat(host.host().reconcilers()).hasSize(1);
        assertThat(host.plugin("memos").tables()).containsExactly("memos");
    }

    @Test
    void unrelatedChangesOfOneLook_areMadeEachForItself() throws Exception {
        host.with(version("one", "1.0.0", ""), "one.jar")
                .with(version("two", "1.0.0", ""), "two.jar")
                .start();
        Path made = directory.resolve("made");
        Path one = version("one", "1.1.0", "if (true) throw new IllegalStateException(\"planted\");")
                .writeTo(made, "one.jar");
        Path two = version("two", "1.1.0", "").writeTo(made, "two.jar");
        Files.move(one, host.plugins().resolve("one.jar"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.move(two, host.plugins().resolve("two.jar"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        awaitVersion("two", "1.1.0");
        awaitRefused("one", "planted");
    }

    @Test
    void newVersionThatNeedsAPluginThatArrivesWithIt_isTaken() throws Exception {
        host.with(version("one", "1.0.0", ""), "one.jar").start();
        host.with(version("one", "1.1.0", "").attribute("Plugin-Dependencies", "extra"), "one.jar");
        awaitRefused("one", "it needs plugin \"extra\", which is not there");
        host.with(PluginJar.modular("extra", ""), "extra.jar");
        awaitVersion("one", "1.1.0");
        assertThat(host.host().degraded()).isFalse();
    }

    @Test
    void otherPluginUnderTheSameName_takesThePlaceOfTheFirst() throws Exception {
        host.with(version("one", "1.0.0", ""), "some.jar").start();
        host.with(version("two", "1.0.0", ""), "some.jar");
        awaitVersion("two", "1.0.0");
        assertThat(find("one")).isEmpty();
        awaitLife("one 1.0.0 runs", "one 1.0.0 ends", "two 1.0.0 runs");
    }

    @Test
    void reload_replacesAlsoWhatHasNotChanged_withThoseThatNeedIt() throws Exception {
        host.with(version("base", "1.0.0", ""), "base.jar")
                .with(PluginJar.modular("top", "").attribute("Plugin-Dependencies", "base"), "top.jar")
                .start();
        awaitLife("base 1.0.0 runs");
        List<String> before = copies();
        host.host().act(PluginAction.RELOAD, "base", "by command");
        awaitLife("base 1.0.0 runs", "base 1.0.0 ends", "base 1.0.0 runs");
        assertThat(host.plugin("top").state()).isEqualTo(State.ACTIVE);
        assertThat(copies()).hasSize(2).doesNotContainAnyElementsOf(before);
    }

    @Test
    void commands_tellWhatIsUnknown_andStartAlsoWhatTheConfigurationHoldsBack() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []\nplugins: {disabled: [one]}\n")
                .with(version("one", "1.0.0", ""), "one.jar")
                .start();
        assertThat(host.plugin("one").state()).isEqualTo(State.STOPPED);
        host.host().act(PluginAction.START, "one", "by command");
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
        host.host().act(PluginAction.STOP, "one", "by command");
        assertThat(host.plugin("one").reason()).isEqualTo("stopped by command");
        host.host().act(PluginAction.UNLOAD, "one", "by command");
        assertThat(host.plugin("one").state()).isEqualTo(State.STOPPED);
        assertThat(host.plugin("one").reason()).startsWith("unloaded by command; ");
        assertThatThrownBy(() -> host.host().act(PluginAction.STOP, "none", "by command"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no plugin \"none\"");
    }

    @Test
    void failedPlugin_isMendedByANewVersion_andSoAreThoseThatNeedIt() throws Exception {
        host.with(version("base", "1.0.0", "if (true) throw new IllegalStateException(\"planted\");"), "base.jar")
                .with(PluginJar.modular("top", "").attribute("Plugin-Dependencies", "base"), "top.jar")
                .start();
        assertThat(host.plugin("top").reason()).contains("planted");
        host.with(version("base", "1.0.1", ""), "base.jar");
        awaitVersion("base", "1.0.1");
        awaitVersion("top", "1.0.0");
    }

    @Test
    void refusedJarWhoseDependencyGoes_isWhatStartsWhenThatComesBack() throws Exception {
        Path base = version("base", "1.0.0", "").writeTo(directory.resolve("made"), "base.jar");
        Files.copy(base, Files.createDirectories(host.plugins()).resolve("base.jar"));
        host.with(version("top", "1.0.0", "").attribute("Plugin-Dependencies", "base"), "top.jar")
                .start();
        host.with(version("top", "1.1.0", "").attribute("Plugin-Dependencies", "base, extra"), "top.jar");
        awaitRefused("top", "it needs plugin \"extra\", which is not there");
        Files.delete(host.plugins().resolve("base.jar"));
        await().untilAsserted(() -> assertThat(host.plugin("top").state()).isEqualTo(State.FAILED));
        assertThat(host.plugin("top").version()).isEqualTo("1.1.0");
        Files.copy(base, host.plugins().resolve("base.jar"));
        awaitVersion("base", "1.0.0");
        await().untilAsserted(() ->
                assertThat(host.plugin("top").reason()).startsWith("it needs plugin \"extra\", which is not there"));
        assertThat(life()).doesNotContain("top 1.1.0 runs");
        host.with(PluginJar.modular("extra", ""), "extra.jar");
        awaitVersion("top", "1.1.0");
        awaitVersion("base", "1.0.0");
    }

    @Test
    void refusedGarbageWhoseDependencyGoes_isShown_andStartsNothing() throws Exception {
        Path base = version("base", "1.0.0", "").writeTo(directory.resolve("made"), "base.jar");
        Files.copy(base, Files.createDirectories(host.plugins()).resolve("base.jar"));
        host.with(version("top", "1.0.0", "").attribute("Plugin-Dependencies", "base"), "top.jar")
                .start();
        PluginJar.empty().entry("readme.txt", "hello").writeTo(host.plugins(), "top.jar");
        awaitRefused("top", "there is no plugin in it");
        Files.delete(host.plugins().resolve("base.jar"));
        await().untilAsserted(() -> assertThat(host.plugin("top").state()).isEqualTo(State.FAILED));
        Files.copy(base, host.plugins().resolve("base.jar"));
        awaitVersion("base", "1.0.0");
        assertThat(host.plugin("top").reason()).contains("\"base\"", "there is no plugin in it");
        host.with(version("top", "1.2.0", "").attribute("Plugin-Dependencies", "base"), "top.jar");
        awaitVersion("top", "1.2.0");
    }

    @Test
    void overridesOfAReconciler_areNotCalledUnknownWhileItIsReplaced() throws Exception {
        host.file("conf/homeostat.yaml", """
            sources: []
            reconcilers:
              memos/disk:
                concurrency: 2
            """)
                .with(MemoPlugin.jar(), "memos.jar")
                .start();
        assertThat(host.host().degraded()).isFalse();
        try (LogLines log = LogLines.of("dev.homeostat.host.plugin")) {
            host.host().act(PluginAction.RELOAD, "memos", "by command");
            assertThat(log.written())
                    .anyMatch(line -> line.contains("replaced by"))
                    .noneMatch(line -> line.contains("configuration"));
            host.host().act(PluginAction.STOP, "memos", "by command");
            assertThat(log.written()).anyMatch(line -> line.contains("configuration"));
        }
        assertThat(host.host().degraded()).isTrue();
    }
}
