package dev.homeostat.host.view;

import java.util.List;

/** What the configuration says, where it says so, and what is wrong with it. Every answer reads the files anew. Safe for all threads. */
public interface ConfigurationView {
    /** All that is wrong, and all that nothing uses, ordered by place. */
    List<ConfigurationProblem> check();

    /**
     * All settings: those of the host, of plugins, of reconcilers.
     *
     * @throws dev.homeostat.api.tree.DocumentException if no host runs, and the configuration is not as it should be
     */
    List<SettingView> show();
}
