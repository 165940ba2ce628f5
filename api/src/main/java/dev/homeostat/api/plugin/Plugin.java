package dev.homeostat.api.plugin;

import dev.homeostat.api.stability.ConsumerType;

/**
 * The one class that the host looks for in a plugin jar: public, with a public constructor without arguments, named in the module's {@code provides}
 * clause (or in {@code META-INF/services} of a plain jar).
 *
 * <p>It grows by default methods only. What it throws quarantines this plugin and no other.
 */
@ConsumerType
public interface Plugin {
    /**
     * Declares what this plugin contributes. Nothing is made before it has returned; then the tables are, then reconcilers, jobs and sources start, once
     * every plugin of that start has contributed. Called once, on a thread of its own, with a deadline.
     *
     * @throws Exception refuses to start: the plugin is listed as failed, with the message as its reason
     */
    void contribute(PluginContext context) throws Exception;
}
