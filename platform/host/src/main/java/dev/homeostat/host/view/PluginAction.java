package dev.homeostat.host.view;

/** What can be done with a plugin by command. */
public enum PluginAction {
    /** Start it, and what waits for it, also where the configuration or safe mode holds it back. */
    START,
    /** Stop it, after all that need it, until it is started by command or the host is. */
    STOP,
    /** Replace it by what its jar holds now, with all that need it; start it if it does not run. */
    RELOAD,
    /** Stop it and forget it, until its jar changes or the host is started. */
    UNLOAD
}
