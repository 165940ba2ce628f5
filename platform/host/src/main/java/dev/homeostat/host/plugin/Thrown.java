package dev.homeostat.host.plugin;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What plugin code threw, as a copy: with the same words, stack and causes, and none of the plugin's code behind them. An exception's message, stack and cause are
 * methods that a plugin may override to throw or to go round in circles, and its class keeps the plugin's class loader alive for as long as a log or a
 * status keeps the exception.
 */
final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 30;
    private static final StackTraceElement[] NO_STACK = {};

    private final String kind;

    private Thrown(String kind, @Nullable String message, StackTraceElement[] stack, @Nullable Throwable cause) {
        super(message, cause, false, true);
        this.kind = kind;
        setStackTrace(stack);
    }

    /** The same, safe to keep and to print; what was thrown by reflection is taken out of its envelope. */
    static Throwable safe(Throwable thrown) {
        Throwable inner = thrown;
        while (inner instanceof InvocationTargetException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return isOurs(inner, seen) ? inner : copy(inner, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** The simple name of the class that was thrown. */
    static String kind(Throwable thrown) {
        if (thrown instanceof Thrown copy) {
            return copy.kind.substring(Math.max(copy.kind.lastIndexOf('.'), copy.kind.lastIndexOf('$')) + 1);
        }
        return thrown.getClass().getSimpleName();
    }

    /** Whether it and all behind it are of the JDK, the API or the host, which do as they say. */
    private static boolean isOurs(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null) {
            return true;
        }
        ClassLoader loader = thrown.getClass().getClassLoader();
        boolean ours = loader == null
                || loader.equals(ClassLoader.getPlatformClassLoader())
                || loader.equals(ClassLoader.getSystemClassLoader())
                || loader.equals(Thrown.class.getClassLoader());
        if (!ours || seen.size() > DEEPEST) {
            return false;
        }
        if (!seen.add(thrown)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isOurs(suppressed, seen)) {
                return false;
            }
        }
        return isOurs(thrown.getCause(), seen);
    }

    private static Thrown copy(Throwable thrown, Set<Throwable> seen) {
        seen.add(thrown);
        Throwable cause = asked(thrown::getCause, null);
        Thrown further = cause != null && !seen.contains(cause) && seen.size() < DEEPEST ? copy(cause, seen) : null;
        return new Thrown(thrown.getClass().getName(), message(thrown), stack(thrown), further);
    }

    private static @Nullable String message(Throwable thrown) {
        return asked(thrown::getMessage, "its message cannot be read");
    }

    private static StackTraceElement[] stack(Throwable thrown) {
        StackTraceElement[] stack = asked(thrown::getStackTrace, NO_STACK);
        return stack == null ? NO_STACK : stack;
    }

    private static <R> @Nullable R asked(Supplier<@Nullable R> question, @Nullable R otherwise) {
        try {
            return question.get();
        } catch (Throwable e) { // plugin code again, and it may throw anything
            return otherwise;
        }
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // a copy of that class's kind is to look like one in a log
    public String toString() {
        String message = getMessage();
        return message == null ? kind : kind + ": " + message;
    }
}
