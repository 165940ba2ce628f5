package dev.homeostat.host.config;

import java.util.Set;

/** Which properties and variables plugins read. Safe for all threads. */
public interface PluginNames {
    /** Nothing is known of any plugin. */
    PluginNames UNKNOWN = new PluginNames() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public boolean isKnown(String plugin) {
            return false;
        }
    };

    /** All of which it is known. */
    Set<String> names();

    /** Whether all that this plugin reads is among them. */
    boolean isKnown(String plugin);
}
