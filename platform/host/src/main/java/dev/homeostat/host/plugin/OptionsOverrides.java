package dev.homeostat.host.plugin;

import dev.homeostat.api.reconcile.Options;

/** What the configuration says of reconcilers. */
@FunctionalInterface
public interface OptionsOverrides {
    /**
     * The options to be used instead of those that a plugin declared.
     *
     * @param reconciler its full name
     * @throws dev.homeostat.api.tree.DocumentException if the two do not go together; names the place
     */
    Options apply(String reconciler, Options declared);
}
