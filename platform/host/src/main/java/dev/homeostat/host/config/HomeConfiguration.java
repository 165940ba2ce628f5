package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.SettingView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The configuration of a home whose host does not run: what a start would find, as far as no code of a plugin is needed to know it. */
public final class HomeConfiguration implements ConfigurationView {
    private final ConfigFiles files;
    private final JvmOptions options;
    private final Function<HostConfig, Collection<String>> plugins;

    /** @param plugins the ids of the plugins that a host with that configuration would find */
    public HomeConfiguration(ConfigFiles files, JvmOptions options, Function<HostConfig, Collection<String>> plugins) {
        this.files = files;
        this.options = options;
        this.plugins = plugins;
    }

    @Override
    public List<ConfigurationProblem> check() {
        Findings findings = Findings.of(files, options);
        try {
            ConfigLoader.Loaded loaded = files.load();
            findings.warnings(files.unused(loaded, PluginNames.UNKNOWN).where(plugins.apply(loaded.config())));
        } catch (DocumentException e) {
            findings.errors(e.problems());
            findings.warnings(files.unused(PluginNames.UNKNOWN)
                    .where(files.configured())); // which plugins there are is not known
        }
        return findings.ordered();
    }

    @Override
    public List<SettingView> show() {
        ConfigLoader.Loaded loaded = files.load();
        List<SettingView> lines = new ArrayList<>(loaded.settings(null));
        lines.addAll(loaded.overrides().settings());
        return lines;
    }
}
