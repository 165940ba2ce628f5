package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.ConfigurationView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The configuration of a home: what a start would find, as far as no code of a plugin is needed to know it. */
public final class HomeConfiguration implements ConfigurationView {
    private final Supplier<ConfigLoader.Loaded> load;

    /** @param load reads the configuration as a start would */
    public HomeConfiguration(Supplier<ConfigLoader.Loaded> load) {
        this.load = load;
    }

    @Override
    public List<ConfigurationProblem> check() {
        List<ConfigurationProblem> all = new ArrayList<>();
        try {
            ConfigLoader.Loaded _ = load.get();
        } catch (DocumentException e) {
            e.problems().forEach(problem -> all.add(error(problem)));
        }
        return List.copyOf(all);
    }

    private static ConfigurationProblem error(Problem problem) {
        return new ConfigurationProblem(
                true, problem.place().origin(), problem.place().line(), problem.message());
    }
}
