package dev.homeostat.host.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steers reconcilers while the host runs, for the command and for JMX. What is set here goes before the configuration, and that before the plugin. Reconcilers
 * are called by their full names. Modes and pauses are kept over a restart of the host; other options are not. Safe for all threads.
 *
 * <p>What changes something throws {@link java.io.UncheckedIOException} when a mode or pause cannot be kept, and has changed nothing then.
 */
public interface Steering {
    /** The options in force of a running reconciler and where each comes from; none for one that does not run. */
    List<OptionView> options(String reconciler);

    /**
     * Sets options.
     *
     * @param values as the configuration would have them, by the keys of the options
     * @throws dev.homeostat.api.tree.DocumentException with all that is wrong; nothing is changed then
     */
    void set(String reconciler, Map<String, String> values);

    /**
     * Takes back what {@link #set} set: the configuration or the plugin decides again.
     *
     * @param options the keys of the options; all that were set when empty. The mode stands for a pause, too
     * @throws IllegalArgumentException if there is no such option, or one of them was not set; nothing is changed then
     */
    void reset(String reconciler, Set<String> options);

    /**
     * Takes back as {@link #reset} does, and then sets as {@link #set} does, both or neither.
     *
     * @throws IllegalArgumentException as {@link #reset} does; nothing is changed then
     * @throws dev.homeostat.api.tree.DocumentException as {@link #set} does; nothing is changed then
     */
    void resetAndSet(String reconciler, Set<String> options, Map<String, String> values);

    /** Pauses all of it; says whether it was not paused by command before. */
    boolean pause(String reconciler);

    /** Ends the pause; the mode that it had before is in force again. Says whether it was paused by command. */
    boolean resume(String reconciler);

    /** Pauses one row, which need not be there; says whether it was not paused by command before. The key is as its table formats it. */
    boolean pause(String reconciler, String key);

    /** Ends the pause of one row, whoever paused it; says whether it was paused. */
    boolean resume(String reconciler, String key);

    /** Since when rows are paused by command, by their keys. */
    Map<String, Instant> pausedRows(String reconciler);

    /** What was commanded of reconcilers that do not run, each in one line for a person, by the reconcilers' names. */
    Map<String, String> waiting();
}
