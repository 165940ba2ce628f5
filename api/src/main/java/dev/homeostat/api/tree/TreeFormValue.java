package dev.homeostat.api.tree;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Values that write and read themselves: see {@link TreeForm}. */
final class TreeFormValue implements ValueCodec {
    private final Class<?> type;
    private final MethodHandle fromTree;
    private final @Nullable MethodHandle whenLeftOut;

    private TreeFormValue(Class<?> type, MethodHandle fromTree, @Nullable MethodHandle whenLeftOut) {
        this.type = type;
        this.fromTree = fromTree;
        this.whenLeftOut = whenLeftOut;
    }

    /**
     * The codec of that class.
     *
     * @throws IllegalArgumentException if it lacks a method, or the lookup cannot see it
     */
    static TreeFormValue of(MethodHandles.Lookup lookup, Class<?> type) {
        MethodHandle fromTree = find(lookup, type, "fromTree", MethodType.methodType(type, Tree.class));
        if (fromTree == null) {
            throw new IllegalArgumentException(type.getName() + ": a TreeForm has a public static method fromTree(Tree)"
                    + " that returns a " + type.getSimpleName());
        }
        return new TreeFormValue(type, fromTree, find(lookup, type, "whenLeftOut", MethodType.methodType(type)));
    }

    @Override
    public String kind() {
        String words = KebabCase.ofComponent(type.getSimpleName()).replace('-', ' ');
        return ("aeiou".indexOf(words.charAt(0)) < 0 ? "a " : "an ") + words;
    }

    @Override
    public Tree encode(Object value) {
        return ((TreeForm) value).toTree();
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        try {
            return call(fromTree, tree);
        } catch (DocumentException e) {
            e.problems().forEach(problem -> at.problem(problem.place(), problem.message()));
        } catch (IllegalArgumentException e) {
            at.problem(tree.place(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return null;
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }

    @Override
    public @Nullable Object whenLeftOut() {
        return whenLeftOut == null ? null : call(whenLeftOut);
    }

    private Object call(MethodHandle method, Object... arguments) {
        try {
            return method.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(type.getName() + ": a method of its TreeForm threw " + e, e);
        }
    }

    private static @Nullable MethodHandle find(
            MethodHandles.Lookup lookup, Class<?> type, String name, MethodType method) {
        try {
            return lookup.findStatic(type, name, method);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException e) {
            return findInside(lookup, type, name, method);
        }
    }

    /** Not seen from outside: the lookup may see into it, as it sees into records. */
    private static @Nullable MethodHandle findInside(
            MethodHandles.Lookup lookup, Class<?> type, String name, MethodType method) {
        try {
            return MethodHandles.privateLookupIn(type, lookup).findStatic(type, name, method);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    type.getName() + ": the lookup cannot see into it; give MethodHandles.lookup() of its own module",
                    e);
        }
    }
}
