package dev.homeostat.host.view;

/** Hears what comes and goes, in the order in which it does. Called on the host's lifecycle thread: must be short; what it throws is logged. */
public interface ContributionListener {
    /** A plugin came into a new state; the first time it is also new. */
    default void pluginChanged(PluginView plugin) {}

    /** A plugin's jar went away. */
    default void pluginRemoved(String id) {}

    /** A table was made. */
    default void tableAdded(TableView table) {}

    /** A table is about to be removed. */
    default void tableRemoved(TableView table) {}

    /** A reconciler started. */
    default void reconcilerAdded(ReconcilerView reconciler) {}

    /** A reconciler stopped. */
    default void reconcilerRemoved(ReconcilerView reconciler) {}
}
