package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What runs follows what lies in the plugin directories. In real time, since it is about files that other processes write. */
final class HotDeploymentTest extends HostTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private static PluginJar needing(String id, String dependencies) {
        return PluginJar.modular(id, "").attribute("Plugin-Dependencies", dependencies);
    }

    private Optional<PluginView> find(String id) {
        return host.host().plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst();
    }

    private void awaitState(String id, State state) {
        await().untilAsserted(() -> assertThat(find(id)).map(PluginView::state).hasValue(state));
    }

    private void awaitReason(String id, String... words) {
        await().untilAsserted(() ->
                assertThat(find(id).map(PluginView::reason).orElse("gone")).contains(words));
    }

    private void hear() {
        host.lifecycleOf().listen(new ContributionListener() {
            @Override
            public void pluginChanged(PluginView plugin) {
                heard.add(plugin.id() + " " + plugin.state());
            }

            @Override
            public void pluginRemoved(String id) {
                heard.add(id + " gone");
            }
        });
    }

    @Test
    void jarThatAppears_runsWithinTwoSeconds_andGoesWithItsJar() throws Exception {
        host.start();
        Path jar = PluginJar.modular("late", "").writeTo(directory.resolve("made"), "late.jar");
        Files.copy(jar, host.plugins().resolve("late.jar"));
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(find("late")).map(PluginView::state).hasValue(State.ACTIVE));
        Files.delete(host.plugins().resolve("late.jar"));
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(find("late")).isEmpty());
        assertThat(host.home.resolve("data/code")).isEmptyDirectory();
    }

    @Test
    void pluginAndItsDependency_thatAppearTogether_start_whateverTheirNames() throws Exception {
        host.start();
        host.with(needing("first", "second"), "a.jar").with(PluginJar.modular("second", ""), "z.jar");
        awaitState("first", State.ACTIVE);
        awaitState("second", State.ACTIVE);
    }

    @Test
    void pluginWithoutItsDependency_startsWhenThatArrives_andGoesAndComesBackWithIt() throws Exception {
        host.with(needing("top", "base@>=2.0.0"), "top.jar").start();
        assertThat(host.plugin("top").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("top").reason()).contains("base", "not there");

        Path old = PluginJar.modular("base", "").writeTo(host.plugins(), "base.jar");
        awaitState("base", State.ACTIVE);
        awaitReason("top", ">=2.0.0", "1.0.0 is there");

        Files.delete(old);
        await().untilAsserted(() -> assertThat(find("base")).isEmpty());
        PluginJar.modular("base", "").attribute("Plugin-Version", "2.1.0").writeTo(host.plugins(), "base-2.jar");
        awaitState("top", State.ACTIVE);

        Files.delete(host.plugins().resolve("base-2.jar"));
        awaitReason("top", "not there");
        assertThat(host.plugin("top").state()).isEqualTo(State.FAILED);
        PluginJar.modular("base", "").attribute("Plugin-Version", "2.2.0").writeTo(host.plugins(), "base-3.jar");
        awaitState("top", State.ACTIVE);
    }

    @Test
    void dependentOfAPluginStoppedByCommand_comesBackWithIt_andNotBefore() throws Exception {
        host.with(PluginJar.modular("base", ""), "base.jar")
                .with(needing("top", "base"), "top.jar")
                .start();
        host.lifecycle(() -> host.lifecycleOf().stop("base", "by command"));
        host.with(PluginJar.modular("other", ""), "other.jar");
        awaitState("other", State.ACTIVE);
        assertThat(host.plugin("base").state()).isEqualTo(State.STOPPED);
        assertThat(host.plugin("top").state()).isEqualTo(State.STOPPED);
        assertThat(host.host().degraded()).isFalse();
        host.lifecycle(() -> host.lifecycleOf().start("base"));
        assertThat(host.plugin("top").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void garbage_isExplained_andMendedByOverwritingIt() throws Exception {
        Files.writeString(host.plugins().resolve("one.jar"), "this is no jar");
        host.start();
        assertThat(host.plugin("one.jar").reason()).contains("cannot be read as a jar");
        host.with(PluginJar.modular("one", ""), "one.jar");
        awaitState("one", State.ACTIVE);
        assertThat(find("one.jar")).isEmpty();
        assertThat(host.host().degraded()).isFalse();
    }

    @Test
    void secondJarOfAnId_takesOverWhenTheFirstGoes() throws Exception {
        Path first = PluginJar.modular("twin", "").writeTo(host.plugins(), "a.jar");
        host.start();
        PluginJar.modular("twin", "").attribute("Plugin-Version", "2.0.0").writeTo(host.plugins(), "b.jar");
        awaitReason("b.jar", "\"twin\"", "plugins/a.jar");
        Files.delete(first);
        await().untilAsserted(
                        () -> assertThat(find("twin")).map(PluginView::version).hasValue("2.0.0"));
        awaitState("twin", State.ACTIVE);
        assertThat(host.host().plugins()).hasSize(1);
    }

    @Test
    void listenerThatThrowsAnError_endsNothingButItself() throws Exception {
        host.with(PluginJar.modular("one", ""), "one.jar");
        host.open(Map.of());
        host.lifecycleOf().listen(new ContributionListener() {
            @Override
            public void pluginChanged(PluginView plugin) {
                throw new AssertionError("planted");
            }
        });
        host.host().start();
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void renamedJar_keepsItsIdAgainstATwin() throws Exception {
        Path jar = PluginJar.modular("twin", "").writeTo(host.plugins(), "a.jar");
        PluginJar.modular("twin", "").attribute("Plugin-Version", "2.0.0").writeTo(host.plugins(), "b.jar");
        host.start();
        hear();
        Files.move(jar, host.plugins().resolve("c.jar"));
        await().untilAsserted(() -> assertThat(host.plugin("twin").jar()).isEqualTo("plugins/c.jar"));
        await().untilAsserted(() -> assertThat(heard).containsExactly("twin ACTIVE"));
        assertThat(host.plugin("twin").version()).isEqualTo("1.0.0");
    }

    @Test
    void unloadedPlugin_leavesItsIdToATwin() throws Exception {
        Path jar = PluginJar.modular("twin", "").writeTo(host.plugins(), "a.jar");
        PluginJar.modular("twin", "").attribute("Plugin-Version", "2.0.0").writeTo(host.plugins(), "b.jar");
        host.start();
        host.host().act(PluginAction.UNLOAD, "twin", "by command");
        assertThat(host.plugin("twin").version()).isEqualTo("2.0.0");
        assertThat(host.plugin("twin").state()).isEqualTo(State.ACTIVE);
        assertThat(host.host().plugins()).hasSize(1);
        Files.delete(jar);
        host.with(PluginJar.modular("later", ""), "later.jar");
        awaitState("later", State.ACTIVE);
        assertThat(host.plugin("twin").version()).isEqualTo("2.0.0");
    }

    @Test
    void touchAndRename_changeNothingThatRuns() throws Exception {
        Path jar = PluginJar.modular("same", "").writeTo(host.plugins(), "a.jar");
        host.start();
        Instant since = host.plugin("same").since();
        hear();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        Files.move(jar, host.plugins().resolve("b.jar"));
        await().untilAsserted(() -> assertThat(host.plugin("same").jar()).isEqualTo("plugins/b.jar"));
        await().untilAsserted(() -> assertThat(heard).containsExactly("same ACTIVE"));
        assertThat(host.plugin("same").since()).isEqualTo(since);
    }

    @Test
    void safeMode_andDisabledPlugins_areRespected() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []\nplugins: {disabled: [off]}\n")
                .start();
        host.with(PluginJar.modular("off", ""), "off.jar").with(PluginJar.modular("on", ""), "on.jar");
        awaitState("on", State.ACTIVE);
        awaitReason("off", "plugins.disabled");
        host.close();
        host.start(Map.of("safe-mode", "true"));
        assertThat(host.plugin("on").state()).isEqualTo(State.STOPPED);
        host.with(PluginJar.modular("late", ""), "late.jar");
        awaitReason("late", "safe mode");
    }

    @Test
    void unloadedPlugin_comesBackWhenItsJarChanges() throws Exception {
        host.with(PluginJar.modular("one", ""), "one.jar")
                .with(PluginJar.modular("two", ""), "two.jar")
                .start();
        host.lifecycle(() -> host.lifecycleOf().unload("one", "by command"));
        Files.delete(host.plugins().resolve("two.jar"));
        await().untilAsserted(() -> assertThat(find("two")).isEmpty());
        assertThat(host.plugin("one").state()).isEqualTo(State.STOPPED);
        assertThat(host.plugin("one").reason())
                .isEqualTo(
                        "unloaded by command; \"homeostat plugins start one\" loads it again, and so does a change of"
                                + " its jar");
        host.with(PluginJar.modular("one", "").attribute("Plugin-Version", "1.0.1"), "one.jar");
        awaitState("one", State.ACTIVE);
    }

    @Test
    void unloadedPlugin_isStartedAgain_andIsForgottenWithItsJar() throws Exception {
        host.with(PluginJar.modular("one", ""), "one.jar").start();
        host.host().act(PluginAction.UNLOAD, "one", "by command");
        host.host().act(PluginAction.UNLOAD, "one", "by command");
        host.host().act(PluginAction.STOP, "one", "by command");
        assertThat(host.plugin("one").state()).isEqualTo(State.STOPPED);
        host.host().act(PluginAction.START, "one", "by command");
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
        host.host().act(PluginAction.UNLOAD, "one", "by command");
        host.host().act(PluginAction.RELOAD, "one", "by command");
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
        assertThat(host.plugin("one").reason()).isEmpty();
        host.host().act(PluginAction.UNLOAD, "one", "by command");
        Files.delete(host.plugins().resolve("one.jar"));
        await().untilAsserted(() -> assertThat(find("one")).isEmpty());
    }

    @Test
    void pluginThatUsesAnOptionalOne_isReloadedWhenThatArrives_andWhenItGoes() throws Exception {
        host.with(needing("top", "extra?"), "top.jar").start();
        assertThat(host.plugin("top").state()).isEqualTo(State.ACTIVE);
        Instant first = host.plugin("top").since();
        Path extra = PluginJar.modular("extra", "").writeTo(host.plugins(), "extra.jar");
        awaitState("extra", State.ACTIVE);
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/code")).isDirectoryContaining("glob:**top-1.0.0-[!1]"));
        Files.delete(extra);
        await().untilAsserted(() -> assertThat(find("extra")).isEmpty());
        awaitState("top", State.ACTIVE);
        assertThat(host.plugin("top").since()).isAfter(first);
    }
}
