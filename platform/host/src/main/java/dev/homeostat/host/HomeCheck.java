package dev.homeostat.host;

import dev.homeostat.host.config.ConfigLoader;
import dev.homeostat.host.config.HostConfig;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.pf4j.Pf4jDryRun;
import dev.homeostat.host.verify.AllowList;
import dev.homeostat.host.verify.JarGate;
import dev.homeostat.host.verify.JarReport;
import dev.homeostat.host.verify.PluginCheck;
import dev.homeostat.host.view.PluginsChecker;
import dev.homeostat.launcher.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks plugin jars by the configuration of a home, in a temporary directory of its own. Nothing in the home is changed. */
final class HomeCheck implements PluginsChecker {
    private final Launch launch;
    private final BootPlatform platform;
    private final Supplier<ConfigLoader.Loaded> configuration;

    HomeCheck(Launch launch, BootPlatform platform, Supplier<ConfigLoader.Loaded> configuration) {
        this.launch = launch;
        this.platform = platform;
        this.configuration = configuration;
    }

    @Override
    public List<JarReport> check(List<Path> jars) {
        HostConfig.Plugins settings = configuration.get().config().plugins();
        try {
            List<Path> home = jarsOf(settings);
            // The sums are asked apart from the limits, so that both are told.
            JarGate gate = new JarGate(AllowList.everything());
            Path copies = Files.createTempDirectory("homeostat-check");
            try (Pf4jDryRun code = new Pf4jDryRun(platform, HostVersion.read(), gate, copies)) {
                return new PluginCheck(
                                code,
                                AllowList.of(launch.home(), settings.allow()),
                                Set.copyOf(settings.disabled()),
                                this::show)
                        .check(jars.isEmpty() ? home : jars, home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the jars cannot be checked: " + DiskReason.of(e), e);
        }
    }

    private List<Path> jarsOf(HostConfig.Plugins settings) throws IOException {
        List<Path> directories = new ArrayList<>(List.of(launch.install().resolve("plugins")));
        settings.directories().forEach(name -> directories.add(launch.home().resolve(name)));
        List<Path> jars = new ArrayList<>();
        for (Path directory :
                directories.stream().map(Path::normalize).distinct().toList()) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    files.filter(HomeCheck::isJar).sorted().forEach(jars::add);
                }
            }
        }
        return jars;
    }

    private static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private String show(Path jar) {
        return Stream.of(launch.home(), launch.install())
                .filter(jar::startsWith)
                .findFirst()
                .map(root -> root.relativize(jar).toString())
                .orElse(jar.toString());
    }
}
