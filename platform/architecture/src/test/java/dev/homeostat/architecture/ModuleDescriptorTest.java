package dev.homeostat.architecture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same arrows in the module descriptors, which is where the Java platform keeps them. */
final class ModuleDescriptorTest {

    private static final String API = "dev.homeostat.api";
    private static final Set<String> ANNOTATIONS_AND_LOGGING = Set.of("org.jspecify", "org.slf4j", "jakarta.inject");

    private static final Map<String, ModuleDescriptor> MODULES = onTheClassPath();

    @Test
    void modules_areNamedAndComplete() {
        assertThat(MODULES.keySet())
                .containsExactlyInAnyOrder(
                        "dev.homeostat.api",
                        "dev.homeostat.cli",
                        "dev.homeostat.host",
                        "dev.homeostat.launcher",
                        "dev.homeostat.plugin.files",
                        "dev.homeostat.plugin.manifests",
                        "dev.homeostat.plugintest",
                        "dev.homeostat.reconciler",
                        "dev.homeostat.statedb",
                        "dev.homeostat.testkit",
                        "dev.homeostat.testkit.fakes");
        assertThat(MODULES.values()).noneMatch(ModuleDescriptor::isAutomatic).noneMatch(ModuleDescriptor::isOpen);
    }

    @Test
    void api_requiresAnnotationsInjectionAndLoggingOnly() {
        assertThat(requires(API)).isSubsetOf(ANNOTATIONS_AND_LOGGING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.homeostat.statedb", "dev.homeostat.reconciler", "dev.homeostat.plugin.files"})
    void module_requiresTheApiOnly(String module) {
        assertThat(requires(module)).isSubsetOf(with(ANNOTATIONS_AND_LOGGING, API));
    }

    @Test
    void manifests_requiresTheApiAndWhatItBundles() {
        assertThat(requires("dev.homeostat.plugin.manifests"))
                .isSubsetOf(with(ANNOTATIONS_AND_LOGGING, API, "org.snakeyaml.engine"));
    }

    @Test
    void launcher_requiresTheBootLayerOnly() {
        assertThat(requires("dev.homeostat.launcher"))
                .isSubsetOf(with(
                        ANNOTATIONS_AND_LOGGING, API, "ch.qos.logback.classic", "ch.qos.logback.core", "jul.to.slf4j"));
    }

    @Test
    void plugintest_requiresTheApiAndJUnit() {
        assertThat(requires("dev.homeostat.plugintest"))
                .isSubsetOf(with(ANNOTATIONS_AND_LOGGING, API, "org.junit.jupiter.api"));
    }

    @Test
    void cli_requiresNothingOfOurs() {
        assertThat(requires("dev.homeostat.cli")).noneMatch(name -> name.startsWith("dev.homeostat."));
    }

    @Test
    void host_requiresNoPluginNoCommandNoTestkit() {
        assertThat(requires("dev.homeostat.host"))
                .noneMatch(name -> name.startsWith("dev.homeostat.plugin."))
                .doesNotContain("dev.homeostat.cli", "dev.homeostat.testkit");
    }

    /** What a module requires beyond the JDK. */
    private static Set<String> requires(String module) {
        return requireNonNull(MODULES.get(module), module).requires().stream()
                .map(Requires::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> with(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    private static Map<String, ModuleDescriptor> onTheClassPath() {
        Map<String, ModuleDescriptor> found = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            descriptors(Path.of(entry))
                    .filter(descriptor -> descriptor.name().startsWith("dev.homeostat."))
                    .forEach(descriptor -> found.put(descriptor.name(), descriptor));
        }
        return found;
    }

    private static Stream<ModuleDescriptor> descriptors(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll().stream().map(ModuleReference::descriptor);
        } catch (FindException e) {
            return Stream
                    .empty(); // a library that cannot be a module, such as a jar with a class in the unnamed package
        }
    }
}
