package dev.homeostat.api.plugin;

import dev.homeostat.api.stability.ConsumerType;

/** Work that runs on a virtual thread of its own as long as its plugin does. */
@ConsumerType
@FunctionalInterface
public interface Job {
    /**
     * Runs until it returns or is interrupted, which is how a stopping plugin ends it. What it throws is shown in the plugin's health; it is started again
     * after a growing delay.
     */
    void run() throws Exception;
}
