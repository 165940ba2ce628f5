package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.PluginStoppedException;

/** How long the handles of one plugin work: not before it is active, not after it stopped. Safe for all threads. */
final class Leash {
    private enum State {
        CONTRIBUTING,
        CONTRIBUTED,
        ACTIVE,
        STOPPED
    }

    private final String plugin;
    private volatile State state = State.CONTRIBUTING;

    Leash(String plugin) {
        this.plugin = plugin;
    }

    String plugin() {
        return plugin;
    }

    /** The plugin has said all that it contributes. */
    void contributed() {
        if (state == State.CONTRIBUTING) {
            state = State.CONTRIBUTED;
        }
    }

    /** From now on, handles work. */
    void activate() {
        state = State.ACTIVE;
    }

    /** From now on, no handle works. */
    void stop() {
        state = State.STOPPED;
    }

    /** Passes while the plugin may contribute. */
    void checkContributing(String thing) {
        checkNotStopped(thing);
        if (state != State.CONTRIBUTING) {
            throw new IllegalStateException(
                    "plugin \"" + plugin + "\": " + thing + " can be contributed during contribute(…) only");
        }
    }

    /** Passes while the plugin is active. */
    void checkActive(String thing) {
        checkNotStopped(thing);
        if (state != State.ACTIVE) {
            throw new IllegalStateException("plugin \"" + plugin + "\": " + thing
                    + " cannot be used before the plugin is active; contribute(…) only declares");
        }
    }

    void checkNotStopped(String thing) {
        if (state == State.STOPPED) {
            throw new PluginStoppedException(plugin, thing);
        }
    }

    IllegalStateException gone(String thing) {
        return new PluginStoppedException(plugin, thing);
    }
}
