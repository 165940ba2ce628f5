package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.OptionView;
import dev.homeostat.host.view.SettingView;
import dev.homeostat.host.view.Steering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The configuration of a running host: what is in force, and what the files say by now. Safe for all threads. */
public final class RunningConfiguration implements ConfigurationView {
    private final ConfigFiles files;
    private final ConfigLoader.Loaded atStart;
    private final JvmOptions options;
    private final Steering steering;
    private final PluginBindings bindings;
    private final ConfigurationHealth health;

    /**
     * Of a host that was started with this.
     *
     * @param health knows which plugins and reconcilers there are
     */
    public RunningConfiguration(
            ConfigFiles files,
            ConfigLoader.Loaded atStart,
            JvmOptions options,
            Steering steering,
            PluginBindings bindings,
            ConfigurationHealth health) {
        this.files = files;
        this.atStart = atStart;
        this.options = options;
        this.steering = steering;
        this.bindings = bindings;
        this.health = health;
    }

    @Override
    public List<ConfigurationProblem> check() {
        Findings findings = Findings.of(files, options);
        try {
            ConfigLoader.Loaded loaded = files.load();
            findings.errors(loaded.overrides().unknown(health.reconcilers()));
            findings.warnings(files.unused(loaded, bindings).where(health.plugins()));
        } catch (DocumentException e) {
            findings.errors(e.problems());
            findings.warnings(files.unused(bindings).where(health.plugins()));
        }
        bindings.running()
                .values()
                .forEach(binding -> findings.reading(() -> {
                    Object _ = binding.readAnew();
                }));
        bindings.refused().forEach((plugin, why) -> refused(plugin, why).forEach(findings::error));
        return findings.ordered();
    }

    /** What kept a plugin from starting, unless its file is another one by now: then nobody knows before it is started. */
    private List<Problem> refused(String plugin, PluginBindings.Refused why) {
        try {
            Tree now = files.plugins().readFile(plugin);
            return Objects.equals(now, why.file()) ? why.problems() : List.of();
        } catch (DocumentException e) {
            return List.of(); // was found above
        }
    }

    @Override
    public List<SettingView> show() {
        ConfigLoader.@Nullable Loaded now;
        try {
            now = files.load();
        } catch (DocumentException e) {
            now = null; // a restart would not get far
        }
        List<SettingView> lines = new ArrayList<>(atStart.settings(now));
        bindings.running().values().stream()
                .sorted(Comparator.comparing(PluginBinding::plugin))
                .forEach(binding -> lines.addAll(binding.settings()));
        for (String reconciler : health.reconcilers()) {
            for (OptionView option : steering.options(reconciler)) {
                lines.add(ReconcilerOverrides.setting(reconciler, option.name(), option.value(), option.from()));
            }
        }
        return lines;
    }
}
