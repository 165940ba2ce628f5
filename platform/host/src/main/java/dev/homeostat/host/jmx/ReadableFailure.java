package dev.homeostat.host.jmx;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.management.MBeanException;
import javax.management.RuntimeErrorException;
import javax.management.RuntimeMBeanException;
import org.jspecify.annotations.Nullable;

/** Failures as clients can read them, who have no classes but those of the JDK: of any other they would see that it was not found, and nothing of what went wrong. */
public final class ReadableFailure {
    private ReadableFailure() {}

    /** The same where all classes in it are the JDK's; else one that says in words what it was. */
    public static Throwable of(Throwable failure) {
        if (isReadable(failure, Collections.newSetFromMap(new IdentityHashMap<>()))) {
            return failure;
        }
        return switch (failure) {
            case MBeanException wrapped -> new MBeanException(inWords(cause(wrapped)), wrapped.getMessage());
            case RuntimeErrorException wrapped -> new RuntimeMBeanException(inWords(cause(wrapped)));
            case RuntimeMBeanException wrapped -> new RuntimeMBeanException(inWords(cause(wrapped)));
            default -> inWords(failure);
        };
    }

    /** The same of what an operation or attribute throws that is declared. */
    static MBeanException of(MBeanException failure) {
        return (MBeanException) of((Throwable) failure);
    }

    /** The same of what it throws else. */
    static RuntimeException of(RuntimeException failure) {
        return (RuntimeException) of((Throwable) failure);
    }

    private static boolean isReadable(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isReadable(suppressed, seen)) {
                return false;
            }
        }
        ClassLoader loader = failure.getClass().getClassLoader();
        return (loader == null || loader.equals(ClassLoader.getPlatformClassLoader()))
                && isReadable(failure.getCause(), seen);
    }

    private static Throwable cause(Throwable wrapped) {
        return wrapped.getCause() == null ? wrapped : wrapped.getCause();
    }

    /** All causes in one line, and where the first of them came from. */
    private static RuntimeException inWords(Throwable failure) {
        StringBuilder words = new StringBuilder(text(failure));
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure.getCause(); cause != null && seen.add(cause); cause = cause.getCause()) {
            words.append("; caused by ").append(text(cause));
        }
        RuntimeException told = new IllegalStateException(words.toString());
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    private static String text(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | Error e) { // a class of a plugin may do anything
            return failure.getClass().getName();
        }
    }
}
