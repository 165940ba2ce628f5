package dev.homeostat.host.plugin;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;

/** Decides the options of reconcilers: what their plugins declare, with what the configuration and those who steer the host say over that. Safe for all threads. */
public interface OptionsOverrides {
    /**
     * Takes charge of a reconciler that is about to start.
     *
     * @param reconciler its full name
     * @throws dev.homeostat.api.tree.DocumentException if what is declared and what is said over it do not go together; names the place
     */
    Charge take(String reconciler, Options declared);

    /** One reconciler of which the options are decided. */
    interface Charge {
        /** The options to start with. */
        Options options();

        /** It runs: its options follow from now on what is decided. */
        void started(Reconciler<?> reconciler);

        /**
         * The plugin sets other options while it runs: what it changes replaces what it declared; what is said over that stays.
         *
         * @throws dev.homeostat.api.tree.DocumentException if the two do not go together; nothing is changed then
         */
        void declare(Options options);

        /** It stops, or did not start. */
        void release();
    }
}
