package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real host refuses jars before any of their code runs. */
final class RefusedJarsTest {
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

    /** A plugin that leaves a trace as soon as its class is initialized. */
    private PluginJar tracing(String id) {
        String initializer = "static { try { Files.writeString(Path.of(\"" + directory.resolve(id + ".ran")
                + "\"), \"\"); } catch (Exception e) { throw new Error(e); } }";
        return PluginJar.modular(id, "").pluginClass(id, initializer, "");
    }

    private boolean ran(String id) {
        return Files.exists(directory.resolve(id + ".ran"));
    }

    private static String sum(Path jar) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }

    @Test
    void allowList_letsRunWhatIsOnIt_andRefusesTheRestBeforeAnyOfItsCode() throws Exception {
        Path known = tracing("known").writeTo(host.plugins(), "known.jar");
        Path stranger = tracing("stranger").writeTo(host.plugins(), "stranger.jar");
        host.file("conf/allow", sum(known) + "  known.jar\n")
                .file("conf/homeostat.yaml", "plugins: {allow: conf/allow}\n")
                .start();
        assertThat(host.plugin("known").state()).isEqualTo(State.ACTIVE);
        assertThat(ran("known")).isTrue();
        assertThat(host.plugin("stranger").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("stranger").reason())
                .contains(sum(stranger), "conf/allow (plugins.allow)", "add a line");
        assertThat(ran("stranger")).isFalse();
        Files.writeString(host.home.resolve("conf/allow"), sum(known) + "\n" + sum(stranger) + "\n");
        host.lifecycle(() -> host.lifecycleOf().start("stranger"));
        assertThat(host.plugin("stranger").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void allowListThatIsMissing_refusesAll() throws Exception {
        host.with(tracing("one"), "one.jar")
                .file("conf/homeostat.yaml", "plugins: {allow: conf/allow}\n")
                .start();
        assertThat(host.plugin("one").reason()).contains("conf/allow", "cannot be read");
        assertThat(ran("one")).isFalse();
    }

    @Test
    void bombInsideANestedJar_isRefused_andLeavesNothingOnDisk() throws Exception {
        Path bomb = PluginJar.empty().entry("zeros", new byte[20 << 20]).writeTo(directory.resolve("libs"), "bomb.jar");
        host.with(tracing("bomber").bundling(bomb), "bomber.jar").start();
        assertThat(host.plugin("bomber").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("bomber").reason()).contains("META-INF/lib/bomb.jar", "zeros", "200 times");
        assertThat(ran("bomber")).isFalse();
        assertThat(host.home.resolve("data/code")).isEmptyDirectory();
    }

    @Test
    void traversalInANestedJar_isRefused() throws Exception {
        Path evil =
                PluginJar.empty().entry("../../../../evil.txt", "evil").writeTo(directory.resolve("libs"), "evil.jar");
        host.with(tracing("one").bundling(evil), "one.jar")
                .with(tracing("two").entry("META-INF/lib/../../two.jar", "evil"), "two.jar")
                .start();
        assertThat(host.plugin("one").reason()).contains("META-INF/lib/evil.jar", "../../../../evil.txt", "leads out");
        assertThat(host.plugin("two.jar").reason()).contains("META-INF/lib/../../two.jar", "leads out");
        assertThat(ran("one") || ran("two")).isFalse();
    }

    @Test
    void absurdManifests_areRefused() throws Exception {
        host.with(PluginJar.modular("x", "").attribute("Plugin-Id", "../x"), "id.jar")
                .with(PluginJar.modular("x", "").attribute("Plugin-Id", "i".repeat(101)), "long.jar")
                .with(PluginJar.modular("x", "").attribute("Plugin-Description", "d".repeat(2000)), "text.jar")
                .with(PluginJar.modular("x", "").attribute("Plugin-Id", "x\u001b[2J"), "escape.jar")
                .with(PluginJar.modular("range", "").attribute("Plugin-Dependencies", "other@soon"), "range.jar");
        PluginJar many = PluginJar.modular("x", "");
        for (int i = 0; i < 600; i++) {
            many.attribute("X-" + i, "x");
        }
        host.with(many, "many.jar").start();
        assertThat(host.plugin("id.jar").reason()).contains("Plugin-Id \"../x\" is no id");
        assertThat(host.plugin("long.jar").reason()).contains("at most 100");
        assertThat(host.plugin("text.jar").reason()).contains("Plugin-Description", "2000 characters", "1024");
        assertThat(host.plugin("escape.jar").reason())
                .contains("control character", "\\u001b")
                .doesNotContain("\u001b");
        assertThat(host.plugin("many.jar").reason()).contains("main attributes", "500");
        assertThat(host.plugin("range").reason()).contains("\"soon\"", "no range of versions");
    }
}
