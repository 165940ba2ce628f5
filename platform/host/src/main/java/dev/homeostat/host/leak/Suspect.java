package dev.homeostat.host.leak;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class loader that should be gone, while somebody looks for what keeps it. Holds it strongly: to be forgotten after the search.
 *
 * @param plugin the id of the plugin whose classes it loaded
 * @param loader the loader
 * @param frameNames what frames of its classes begin with in a stack trace, and those of loaders that are built upon it and should be gone as well; each is
 *     the name of one loader and of no other
 */
record Suspect(String plugin, ClassLoader loader, Set<String> frameNames) {
    Suspect {
        frameNames = Set.copyOf(frameNames);
    }

    /** @param gone all loaders that should be gone */
    static Suspect of(String plugin, ClassLoader loader, Iterable<ClassLoader> gone) {
        Set<String> names = new HashSet<>();
        addName(loader, names);
        for (ClassLoader other : gone) {
            if (keeps(other, loader)) {
                addName(other, names);
            }
        }
        return new Suspect(plugin, loader, names);
    }

    private static void addName(ClassLoader loader, Set<String> names) {
        if (loader.getName() != null) {
            names.add(loader.getName());
        }
    }

    /** Whether the class of that thing, or the thing where it is a class or a loader, is of this loader or of one that keeps it. */
    boolean isKeptBy(@Nullable Object thing) {
        return switch (thing) {
            case null -> false;
            case ClassLoader other -> keeps(other, loader);
            case Class<?> type -> keeps(type.getClassLoader(), loader);
            default -> keeps(thing.getClass().getClassLoader(), loader);
        };
    }

    /** Whether a frame is one of a class of these loaders. */
    boolean isOnFrame(StackTraceElement frame) {
        return frame.getClassLoaderName() != null && frameNames.contains(frame.getClassLoaderName());
    }

    private static boolean keeps(@Nullable ClassLoader from, ClassLoader wanted) {
        for (ClassLoader each = from; each != null; each = each.getParent()) {
            if (wanted.equals(each) || (each instanceof BuiltUpon upon && upon.isBuiltUpon(wanted))) {
                return true;
            }
        }
        return false;
    }
}
