package dev.homeostat.host.leak;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.Objects;

/**
 * What the JDK remembers of the last record whose {@code equals} or {@code hashCode} was linked, anywhere in the process: {@link ObjectMethods} converts a few
 * shared method handles to the types of that record, and each handle keeps its last conversion in a soft reference ({@code MethodHandle.asTypeSoftCache}, seen
 * in JDK 25). A plugin that linked last is held so until memory gets scarce, which may be never.
 *
 * <p>Only another record displaces it, and only one whose loader can go: for the loaders that stay the handles have a place of their own. So this one is a copy
 * of {@link Last} in a loader that has nothing else.
 */
final class RecordLinks {
    /** Stands for all records that there are: of its own type is its receiver, and its component. */
    public record Last(Last component) {}

    private static final Class<?> LAST = new Loader().copy();
    private static final MethodHandle COMPONENT = component();

    private RecordLinks() {}

    /** Has the JDK remember {@link Last}. */
    static void forget() {
        try {
            for (String method : new String[] {"equals", "hashCode"}) {
                ObjectMethods.bootstrap(
                        MethodHandles.lookup(), method, MethodHandle.class, LAST, "component", COMPONENT);
            }
        } catch (Throwable e) { // what bootstrap(…) declares
            throw new IllegalStateException("cannot link " + LAST, e);
        }
    }

    private static MethodHandle component() {
        try {
            return MethodHandles.publicLookup().findVirtual(LAST, "component", MethodType.methodType(LAST));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has one class. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(null);
        }

        Class<?> copy() {
            String name = Last.class.getName();
            try (InputStream in = Objects.requireNonNull(
                    Last.class.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class"))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + name, e);
            }
        }
    }
}
