package dev.homeostat.host.leak;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an object of the host leads to a plugin's class through a few fields of the host's own classes, such as what a lambda holds. */
final class Reach {
    private static final int DEPTH = 6;

    private Reach() {}

    static boolean reaches(@Nullable Object from, Suspect suspect) {
        return reaches(from, suspect, DEPTH, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean reaches(@Nullable Object from, Suspect suspect, int depth, Set<Object> seen) {
        if (from == null || depth == 0 || !seen.add(from)) {
            return false;
        }
        if (suspect.isKeptBy(from)) {
            return true;
        }
        for (Class<?> type = from.getClass(); type != null && isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && field.trySetAccessible()
                        && reaches(value(field, from), suspect, depth - 1, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getModule().equals(Reach.class.getModule());
    }

    private static @Nullable Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            return null; // cannot be: it was made accessible
        }
    }
}
