package dev.homeostat.host.verify;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.host.plugin.PluginRefusedException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the class of a plugin must be, read of its class file. Nothing is loaded, so that it can be asked of a jar that is not to run. */
public final class PluginClassFile {
    private static final String SERVICE = Plugin.class.getName();
    private static final String SERVICE_ENTRY = SERVICE.replace('.', '/');
    private static final String CONSTRUCTOR = "<init>";
    private static final String WITHOUT_ARGUMENTS = "()V";

    private PluginClassFile() {}

    /** Where class files are found by the names of entries, such as {@code a/b/C.class}. */
    @FunctionalInterface
    public interface Source extends Function<String, Optional<byte[]>> {}

    /**
     * Picks the one class among those that a jar names as plugins.
     *
     * @param fix what to do when there is none
     * @throws PluginRefusedException if there is none, or are several
     */
    public static String only(List<String> named, String fix) {
        if (named.isEmpty()) {
            throw new PluginRefusedException("there is no plugin in it", fix);
        }
        if (named.size() > 1) {
            throw new PluginRefusedException(
                    "it provides several plugins (" + String.join(", ", named) + "); a jar has one " + SERVICE,
                    "name one of them, or make several jars");
        }
        return named.getFirst();
    }

    /**
     * Checks it.
     *
     * @param name the class, as its jar names it
     * @param own the plugin's own classes
     * @param others those that it can see besides: of its dependencies and of the platform
     * @throws PluginRefusedException says what is wrong with it
     */
    public static void check(String name, Source own, Source others) {
        ClassModel type = own.apply(entry(name.replace('.', '/')))
                .map(bytes -> parse(name, bytes))
                .orElseThrow(() -> new PluginRefusedException(
                        "its plugin class " + name + " is not in it", "mend the name, or put the class into the jar"));
        boolean usable = type.flags().has(AccessFlag.PUBLIC)
                && !type.flags().has(AccessFlag.ABSTRACT)
                && type.methods().stream()
                        .anyMatch(method -> method.methodName().equalsString(CONSTRUCTOR)
                                && method.methodType().equalsString(WITHOUT_ARGUMENTS)
                                && method.flags().has(AccessFlag.PUBLIC));
        if (!usable) {
            throw new PluginRefusedException(
                    "its plugin class " + name + " cannot be made",
                    "it must be public and not abstract, with a public constructor without arguments");
        }
        checkImplements(name, type, file -> own.apply(file).or(() -> others.apply(file)));
    }

    private static void checkImplements(String name, ClassModel type, Source files) {
        Set<String> nowhere = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        Deque<ClassModel> left = new ArrayDeque<>(List.of(type));
        while (!left.isEmpty()) {
            for (String above : above(left.pop())) {
                if (above.equals(SERVICE_ENTRY)) {
                    return;
                }
                if (seen.add(above)) {
                    files.apply(entry(above))
                            .ifPresentOrElse(bytes -> left.add(parse(above, bytes)), () -> nowhere.add(above));
                }
            }
        }
        if (nowhere.isEmpty()) {
            throw new PluginRefusedException(
                    "its plugin class " + name + " does not implement " + SERVICE,
                    "implement it, or name another class");
        }
        throw new PluginRefusedException(
                "its plugin class " + name + " extends "
                        + nowhere.stream().map(one -> one.replace('/', '.')).collect(Collectors.joining(", "))
                        + ", which is neither in it, nor in a plugin that it needs, nor in the API",
                "bundle the library in META-INF/lib");
    }

    private static List<String> above(ClassModel type) {
        List<ClassEntry> entries = new java.util.ArrayList<>(type.interfaces());
        type.superclass().ifPresent(entries::add);
        return entries.stream().map(ClassEntry::asInternalName).toList();
    }

    private static String entry(String internalName) {
        return internalName + ".class";
    }

    private static ClassModel parse(String name, byte[] bytes) {
        try {
            return ClassFile.of().parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new PluginRefusedException(
                    "its class " + name.replace('/', '.') + " is no class file (" + e.getMessage() + ")",
                    "build it anew",
                    e);
        }
    }
}
