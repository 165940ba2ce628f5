package dev.homeostat.host.plugin;

/** What a plugin that does not run waits for. */
enum Hold {
    /** Nothing: it runs, or is about to. */
    NONE,
    /** A person, who stopped it, to start it. */
    COMMAND,
    /** Another configuration, or a start without safe mode. */
    CONFIGURATION,
    /** A plugin that it needs: it starts when that does. */
    DEPENDENCY,
    /** Another jar that has its id to go. */
    TWIN,
    /** A better jar, or a person who tries again: it failed. */
    MENDING
}
