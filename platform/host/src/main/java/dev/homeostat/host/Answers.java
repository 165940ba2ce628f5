package dev.homeostat.host;

import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.config.ConfigFiles;
import dev.homeostat.host.config.HomeConfiguration;
import dev.homeostat.host.config.InstalledPlugins;
import dev.homeostat.host.config.JvmOptions;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.control.StreamChannel;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.launcher.Launch;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers what can be answered without a host that runs: the same methods, over the same protocol, as the control socket of a host would. Takes no lock, writes
 * no file, and runs no code of a plugin.
 */
final class Answers {
    private Answers() {}

    /** Answers requests until the input ends. */
    static void answerAll(Launch launch, Environment environment, InputStream in, OutputStream out) {
        JvmOptions options = new JvmOptions(launch.home(), launch.install());
        Map<String, String> properties = new TreeMap<>(options.properties());
        properties.putAll(environment.properties());
        ConfigFiles files =
                new ConfigFiles(launch.home(), launch.flags(), properties, environment.variables(), new YamlReader());
        HomeConfiguration configuration = new HomeConfiguration(
                files, options, config -> InstalledPlugins.ids(HostParts.directories(launch, config)));
        HomeCheck checker = new HomeCheck(launch, BootPlatform.boot(), files::load);
        try (ClosableScheduler scheduler = Schedulers.named("answers")) {
            StreamChannel.answerAll(ControlMethods.offline(configuration, checker), scheduler, in, out);
        }
    }
}
