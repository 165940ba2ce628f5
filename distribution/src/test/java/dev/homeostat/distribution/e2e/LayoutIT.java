package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayoutIT {
    private static Set<String> modules(String directory) {
        return ModuleFinder.of(Installed.DIRECTORY.resolve(directory)).findAll().stream()
                .map(module -> module.descriptor().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void boot_isWhatPluginsMaySee_andNothingElse() {
        assertThat(modules("lib/boot"))
                .containsExactlyInAnyOrder(
                        "dev.homeostat.launcher",
                        "dev.homeostat.api",
                        "org.jspecify",
                        "org.slf4j",
                        "jul.to.slf4j",
                        "ch.qos.logback.classic",
                        "ch.qos.logback.core",
                        "jakarta.inject");
    }

    @Test
    void boot_hasNoAutomaticModule_norIsPf4jOne() {
        assertThat(ModuleFinder.of(Installed.DIRECTORY.resolve("lib/boot")).findAll())
                .noneMatch(module -> module.descriptor().isAutomatic());
        assertThat(ModuleFinder.of(Installed.DIRECTORY.resolve("lib/host")).find("org.pf4j"))
                .hasValueSatisfying(
                        module -> assertThat(module.descriptor().isAutomatic()).isFalse());
    }

    @Test
    void host_sharesNoModuleWithTheBootLayer() {
        assertThat(modules("lib/host"))
                .contains("dev.homeostat.host", "dev.homeostat.statedb", "dev.homeostat.reconciler", "org.pf4j")
                .doesNotContainAnyElementsOf(modules("lib/boot"))
                .doesNotContain("dev.homeostat.cli", "info.picocli", "org.jline.reader");
    }

    @Test
    void cli_knowsNothingOfTheHost() {
        assertThat(modules("lib/cli"))
                .contains("dev.homeostat.cli")
                .noneMatch(name -> name.startsWith("dev.homeostat.") && !name.equals("dev.homeostat.cli"))
                .noneMatch(name -> name.startsWith("org.jline."));
        assertThat(modules("lib/shell"))
                .contains("org.jline.reader", "org.jline.terminal.ffm")
                .allMatch(name -> name.startsWith("org.jline."));
    }

    @Test
    void directory_hasWhatTheDocumentsName() throws Exception {
        for (String path : new String[] {
            "bin/homeostat",
            "conf/homeostat.yaml",
            "conf/jvm.options",
            "conf/logback.xml",
            "conf/plugins",
            "data",
            "examples/hello.yaml",
            "logs",
            "manifests",
            "runtime/bin/java",
            "runtime/legal/java.base/LICENSE",
            "sdk/dev/homeostat/homeostat-api",
            "sdk/dev/homeostat/homeostat-testkit",
            "sdk/dev/homeostat/homeostat-plugintest",
            "LICENSE",
            "NOTICE",
            "README.md",
            "docs/operations.md",
            "docs/pictures/status.png"
        }) {
            assertThat(Installed.DIRECTORY.resolve(path)).exists();
        }
        assertThat(Files.isExecutable(Installed.SCRIPT)).isTrue();
        try (Stream<Path> plugins = Files.list(Installed.DIRECTORY.resolve("plugins"))) {
            assertThat(plugins.map(Path::getFileName).map(Path::toString).filter(name -> name.startsWith("homeostat-")))
                    .hasSize(2);
        }
    }

    @Test
    void directory_namesNoPlaceOfTheMachineThatBuiltIt() throws IOException {
        String here = Installed.DIRECTORY.toString();
        try (Stream<Path> tree = Files.walk(Installed.DIRECTORY)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = Installed.DIRECTORY.relativize(file).toString();
                boolean ours = name.startsWith("bin/") || name.startsWith("conf/") || name.equals("runtime/release");
                if (ours) {
                    assertThat(Files.readString(file)).as(name).doesNotContain(here);
                }
            }
        }
    }
}
