package dev.homeostat.host.view;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steers reconcilers while the host runs, for the command and for JMX. What is set here goes before the configuration, and that before the plugin. Reconcilers
 * are called by their full names. Safe for all threads.
 */
public interface Steering {
    /** The options in force of a running reconciler and where each comes from; none for one that does not run. */
    List<OptionView> options(String reconciler);

    /**
     * Sets options until the host restarts.
     *
     * @param values as the configuration would have them, by the keys of the options
     * @throws dev.homeostat.api.tree.DocumentException with all that is wrong; nothing is changed then
     */
    void set(String reconciler, Map<String, String> values);

    /**
     * Takes back what {@link #set} set: the configuration or the plugin decides again.
     *
     * @param options the keys of the options; all that were set when empty
     * @throws IllegalArgumentException if there is no such option, or one of them was not set; nothing is changed then
     */
    void reset(String reconciler, Set<String> options);
}
