package dev.homeostat.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a jar with stack maps for the classes that have none, because they were compiled for a Java before 6. Such classes are verified by inference at every start, and no cache of classes takes them. What they do
 * stays the same.
 */
final class OldClasses {
    /** The word of the manifest with which a copy says that it is one, as the licences of libraries want. */
    static final String CHANGED = "META-INF/CHANGED-BY-HOMEOSTAT";

    private static final String NOTICE =
            "The classes of this jar have the version of class files of Java 8, and stack maps; nothing else was"
                    + " changed.\n";

    private OldClasses() {}

    /** Whether there are any in the jar. */
    static boolean areIn(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && isOld(bytes(file, entry))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Writes the copy, entries in their order and with their times. */
    static void renew(Path jar, Path copy) throws IOException {
        Files.createDirectories(copy.getParent());
        try (JarFile file = new JarFile(jar.toFile());
                OutputStream out = Files.newOutputStream(copy);
                JarOutputStream target = new JarOutputStream(out)) {
            ClassFile classes = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(name -> open(file, name.descriptorString()))
                                    .orElse(ClassHierarchyResolver.defaultResolver())));
            JarEntry first = file.entries().nextElement();
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                byte[] bytes = bytes(file, entry);
                boolean old = entry.getName().endsWith(".class") && isOld(bytes);
                add(target, entry.getName(), entry, old ? renewed(classes, classes.parse(bytes)) : bytes);
            }
            add(target, CHANGED, first, NOTICE.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void add(JarOutputStream target, String name, JarEntry like, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(like.getTimeLocal());
        target.putNextEntry(entry);
        target.write(bytes);
        target.closeEntry();
    }

    private static byte[] renewed(ClassFile classes, ClassModel old) {
        return classes.build(old.thisClass().asSymbol(), renewed -> {
            for (ClassElement element : old) {
                switch (element) {
                    case ClassFileVersion version -> renewed.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    case MethodModel method ->
                        renewed.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                    default -> renewed.with(element);
                }
            }
        });
    }

    /** The two bytes after the magic number and the minor version. */
    private static boolean isOld(byte[] bytes) {
        return ((bytes[6] & 0xff) << 8 | (bytes[7] & 0xff)) < ClassFile.JAVA_6_VERSION;
    }

    private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static @Nullable InputStream open(JarFile file, String descriptor) {
        JarEntry entry = file.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : file.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
