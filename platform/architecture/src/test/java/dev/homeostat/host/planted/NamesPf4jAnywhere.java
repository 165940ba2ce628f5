package dev.homeostat.host.planted;

import org.pf4j.PluginWrapper;

/** Planted: the host names PF4J outside of its seam. */
public final class NamesPf4jAnywhere {
    PluginWrapper wrapper(PluginWrapper wrapper) {
        return wrapper;
    }
}
