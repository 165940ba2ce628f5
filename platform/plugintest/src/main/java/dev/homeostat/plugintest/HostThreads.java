package dev.homeostat.plugintest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The threads on which a host is called. They are in a group of their own, which the threads that they start inherit, and those start: so what is left of the
 * host and its plugins is told from the threads of the test and of JUnit. A thread that a virtual thread starts is in the group of virtual threads.
 */
final class HostThreads {
    private static final String OF_VIRTUAL_THREADS = "VirtualThreads";

    private final ThreadGroup group = new ThreadGroup("homeostat-plugintest");
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final ExecutorService callers;

    /** @param loader the context class loader of these threads */
    HostThreads(ClassLoader loader) {
        this.callers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(group, task, "homeostat-plugintest");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    ExecutorService callers() {
        return callers;
    }

    /** Ends those that call. */
    void close() {
        callers.shutdownNow();
    }

    /**
     * A thread that was started since, and lives.
     *
     * @param name of it, in quotes
     * @param told its name and where it is, for a person
     */
    record Left(String name, String told) {}

    /** What was started since, and lives. */
    List<Left> left() {
        List<Left> left = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = each.getKey();
            if (!before.contains(thread) && thread.isAlive() && isOfTheHost(thread) && !isOfTheProcess(thread)) {
                String name = "\"" + thread.getName() + "\"";
                left.add(new Left(
                        name,
                        "thread " + name + " was started by a plugin and is still there" + place(each.getValue())
                                + ": end it in ctx.onStop, or use ctx.job and ctx.scheduler"));
            }
        }
        return left;
    }

    private boolean isOfTheHost(Thread thread) {
        ThreadGroup of = thread.getThreadGroup();
        return of != null && (group.parentOf(of) || of.getName().equals(OF_VIRTUAL_THREADS));
    }

    /** The JDK starts them once, for all, on whatever thread comes first. */
    private static boolean isOfTheProcess(Thread thread) {
        return thread instanceof ForkJoinWorkerThread worker && worker.getPool().equals(ForkJoinPool.commonPool());
    }

    private static String place(StackTraceElement[] stack) {
        return stack.length == 0 ? "" : ", in " + stack[0];
    }
}
