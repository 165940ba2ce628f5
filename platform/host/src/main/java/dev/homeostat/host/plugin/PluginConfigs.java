package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.ConfigListener;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Binds the configuration of plugins. Safe for all threads. */
public interface PluginConfigs {
    /** For one run of a plugin. */
    Bound open(String plugin);

    /** The configuration of one run of a plugin. */
    interface Bound {
        /**
         * The configuration in force, bound to that record. The packages of the plugin are open to this module.
         *
         * @throws dev.homeostat.api.tree.DocumentException with all that is wrong
         */
        <C extends Record> C bind(Class<C> type);

        /** Lets the listener hear of changes; the type was bound before. */
        <C extends Record> void listen(Class<C> type, ConfigListener<C> listener);

        /** From now on, changes are taken up. */
        void start(Caller caller);

        /** From now on, nothing is taken up, and nothing of the plugin is kept. */
        void stop();
    }

    /** Calls code of the plugin, on a thread of the plugin. */
    @FunctionalInterface
    interface Caller {
        /**
         * Calls it and waits for it.
         *
         * @throws TimeoutException if it did not end in time; it has been interrupted
         * @throws ExecutionException with what it threw
         * @throws IllegalStateException if an earlier call goes on regardless of its interrupt
         */
        boolean call(Callable<Boolean> body, Duration deadline)
                throws TimeoutException, ExecutionException, InterruptedException;
    }
}
