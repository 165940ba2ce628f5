package dev.homeostat.host.plugin;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What is around plugin code on whatever thread it runs: the context class loader and the names in the log. Both are put back, for a thread that keeps a
 * plugin's class loader keeps the plugin.
 */
final class PluginThread {
    static final String PLUGIN = "plugin";
    static final String RECONCILER = "reconciler";

    private final String plugin;
    private final HealthBoard health;
    private volatile @Nullable ClassLoader loader;

    PluginThread(String plugin, ClassLoader loader, HealthBoard health) {
        this.plugin = plugin;
        this.loader = loader;
        this.health = health;
    }

    /** A thread did not end in time, and nobody waits for it any more: the status names it until it ends, if it does. */
    void abandoned(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        String at = stack.length == 0 ? "" : ", at " + stack[0];
        health.set(plugin, line(thread), false, "did not end at its deadline, was abandoned and still runs" + at);
    }

    /** A thread that was abandoned has ended. */
    void ended(Thread thread) {
        health.remove(plugin, line(thread));
    }

    private static String line(Thread thread) {
        return "thread \"" + thread.getName() + "\"";
    }

    /** Lets go of the class loader. */
    void release() {
        loader = null;
    }

    void run(Runnable body) {
        run(null, body);
    }

    void run(@Nullable String reconciler, Runnable body) {
        call(reconciler, () -> {
            body.run();
            return true;
        });
    }

    /** Runs the body with the names of the plugin and, where there is one, of the reconciler. */
    <R extends @Nullable Object, X extends Exception> R call(@Nullable String reconciler, Body<R, X> body) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        String pluginBefore = MDC.get(PLUGIN);
        String reconcilerBefore = MDC.get(RECONCILER);
        thread.setContextClassLoader(loader);
        MDC.put(PLUGIN, plugin);
        if (reconciler != null) {
            MDC.put(RECONCILER, reconciler);
        }
        try {
            return body.run();
        } finally {
            putBack(RECONCILER, reconcilerBefore);
            putBack(PLUGIN, pluginBefore);
            thread.setContextClassLoader(before);
        }
    }

    private static void putBack(String name, @Nullable String before) {
        if (before == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, before);
        }
    }

    /** Something to call, with the type of what it throws. */
    @FunctionalInterface
    interface Body<R extends @Nullable Object, X extends Exception> {
        R run() throws X;
    }
}
