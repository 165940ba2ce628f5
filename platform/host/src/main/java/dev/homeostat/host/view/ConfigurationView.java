package dev.homeostat.host.view;

import java.util.List;

/** What the configuration says, where it says so, and what is wrong with it. Every answer reads the files anew. Safe for all threads. */
public interface ConfigurationView {
    /** All that is wrong, and all that nothing uses, ordered by place. */
    List<ConfigurationProblem> check();
}
