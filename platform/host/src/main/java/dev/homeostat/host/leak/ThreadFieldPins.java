package dev.homeostat.host.leak;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shutdown hooks, and the thread locals of platform threads. The JDK shows neither, so this looks only where the package {@code java.lang} was opened to the
 * host's module, which the launcher passes on when it was opened to its own: a switch for whoever hunts a leak, since a start with it is slower.
 */
final class ThreadFieldPins implements PinFinder {
    @Override
    public void find(Suspect suspect, Consumer<Pin> found) throws ReflectiveOperationException {
        if (!Object.class.getModule().isOpen("java.lang", ThreadFieldPins.class.getModule())) {
            return;
        }
        hooks(suspect, found);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            locals(suspect, thread, "threadLocals", found);
            locals(suspect, thread, "inheritableThreadLocals", found);
        }
    }

    private static void hooks(Suspect suspect, Consumer<Pin> found) throws ReflectiveOperationException {
        Object hooks = get(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks", null);
        if (hooks instanceof Map<?, ?> map) {
            for (Object each : map.keySet().toArray()) {
                if (each instanceof Thread hook && isKeptByHook(suspect, hook)) {
                    found.accept(new Pin(
                            "shutdown hook \"" + hook.getName() + "\"" + what(hook),
                            "do in ctx.onStop what it does, or Runtime.removeShutdownHook there"));
                }
            }
        }
    }

    private static String what(Thread hook) throws ReflectiveOperationException {
        Object task = task(hook);
        return " of class " + (task == null ? hook : task).getClass().getName();
    }

    private static boolean isKeptByHook(Suspect suspect, Thread hook) throws ReflectiveOperationException {
        return suspect.isKeptBy(hook) || suspect.isKeptBy(hook.getContextClassLoader()) || suspect.isKeptBy(task(hook));
    }

    private static @Nullable Object task(Thread thread) throws ReflectiveOperationException {
        Object holder = get(Thread.class, "holder", thread);
        return holder == null ? null : get(holder.getClass(), "task", holder);
    }

    private static void locals(Suspect suspect, Thread thread, String field, Consumer<Pin> found)
            throws ReflectiveOperationException {
        Object map = get(Thread.class, field, thread);
        Object table = map == null ? null : get(map.getClass(), "table", map);
        for (int i = 0; table != null && i < Array.getLength(table); i++) {
            Object entry = Array.get(table, i);
            Object value = entry == null ? null : get(entry.getClass(), "value", entry);
            Object local = entry instanceof Reference<?> reference ? reference.get() : null;
            if (suspect.isKeptBy(value) || suspect.isKeptBy(local)) {
                found.accept(new Pin(
                        "thread \"" + thread.getName() + "\" has a thread local with "
                                + (value == null ? "null" : "a " + ProcessPins.className(value)),
                        "call ThreadLocal.remove() in the task that set it: the thread is not the plugin's"));
            }
        }
    }

    private static @Nullable Object get(Class<?> type, String name, @Nullable Object of)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
