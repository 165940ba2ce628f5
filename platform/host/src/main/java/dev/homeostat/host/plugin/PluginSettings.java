package dev.homeostat.host.plugin;

import java.time.Duration;
import java.util.Set;

/**
 * How plugins are treated.
 *
 * @param disabled ids of plugins that are listed and not started
 * @param safeMode whether none is started
 * @param contributeDeadline the longest time that a plugin's constructor and {@code contribute} may take
 * @param stopDeadline the longest time that a plugin may take to stop, when it is not the whole host that stops
 */
public record PluginSettings(
        Set<String> disabled, boolean safeMode, Duration contributeDeadline, Duration stopDeadline) {
    public PluginSettings {
        disabled = Set.copyOf(disabled);
    }
}
