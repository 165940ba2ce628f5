package dev.homeostat.host.config;

/** Who can load a plugin anew when its configuration was changed. Called on threads of the scheduler; all that it does comes later. */
public interface PluginReloader {
    /** It is to be loaded with the configuration of now, or to go on as it was where that fails. Starts one that could not start for its configuration. */
    void reload(String plugin);

    /** It was reloaded, which failed, and its configuration is again what it runs with. */
    void settled(String plugin);

    /** It rejected its configuration, and goes on with the one before: another version of it, which was refused, may know better. */
    void rejected(String plugin);
}
