package dev.homeostat.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.plugin.PluginDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;

/** What is peculiar to PF4J, and what we do about it. */
final class Pf4jTest {
    /** 3.14.1 and 3.15.0 are automatic modules, and the latter's {@code stopPlugins()} throws. */
    @Test
    void pf4j_isANamedModule() {
        assertThat(PluginManager.class.getModule().getDescriptor().isAutomatic())
                .isFalse();
        assertThat(PluginManager.class.getModule().getName()).isEqualTo("org.pf4j");
    }

    /** To PF4J, {@code 0.0.0} switches the check of Plugin-Requires off. */
    @Test
    void apiOfVersionZero_isComparedLikeAnyOther() {
        PluginDescriptor newer = new PluginDescriptor("newer", "1.0.0", ">=99.0.0", List.of());
        assertThat(new Versions("0.0.0").problems(newer))
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining(">=99.0.0"));
    }

    /** PF4J's constructor calls the factory methods of its subclass: what they need has to be there. */
    @Test
    void manager_asksTheLoaderThatItWasGiven(@TempDir Path directory) throws Exception {
        Path jar = dev.homeostat.host.PluginJar.modular("one", "").writeTo(directory, "one.jar");
        List<Path> asked = new ArrayList<>();
        LoadedPlugins manager = new LoadedPlugins("1.0.0", new PluginLoader() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path path, org.pf4j.PluginDescriptor descriptor) {
                asked.add(path);
                return Objects.requireNonNull(Pf4jTest.class.getClassLoader());
            }
        });
        assertThat(manager.loadPlugin(jar)).isEqualTo("one");
        assertThat(asked).containsExactly(jar);
        assertThat(manager.getStartedPlugins()).isEmpty();
        manager.forget("one");
        assertThat(manager.getPlugins()).isEmpty();
    }
}
