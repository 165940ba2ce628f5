package dev.homeostat.api.plugin;

/** A handle was used after the plugin that it was given to had stopped. */
public final class PluginStoppedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Names the plugin, and the thing that was used. */
    public PluginStoppedException(String plugin, String thing) {
        super("plugin \"" + plugin + "\" has stopped: " + thing
                + " cannot be used any more; end what still uses it in onStop(…)");
    }
}
