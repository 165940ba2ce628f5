package dev.homeostat.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldClassesTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2020, 1, 2, 3, 4);

    @TempDir
    private Path directory;

    /** A class of Java 5 with a branch, which from Java 7 on wants a stack map: {@code static int sign(int n) { return n < 0 ? -1 : 1; }}. */
    private static byte[] compiledForJava(int version) {
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("old.Sign"),
                        type -> type.withVersion(version, 0)
                                .withMethodBody(
                                        "sign",
                                        MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.iload(0)
                                                .ifThenElse(
                                                        Opcode.IFLT,
                                                        negative -> negative.iconst_m1()
                                                                .ireturn(),
                                                        positive -> positive.iconst_1()
                                                                .ireturn())));
    }

    private Path jar(byte[] type) throws Exception {
        Path jar = directory.resolve("old.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : new String[] {"old/Sign.class", "old/note.txt"}) {
                JarEntry entry = new JarEntry(name);
                entry.setTimeLocal(TIME);
                entries.putNextEntry(entry);
                entries.write(name.endsWith("txt") ? new byte[] {'n', 'o', 't', 'e'} : type);
                entries.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void renewedClass_hasANewVersion_isVerified_andDoesTheSame() throws Exception {
        Path jar = jar(compiledForJava(ClassFile.JAVA_5_VERSION));
        assertThat(OldClasses.areIn(jar)).isTrue();

        Path copy = directory.resolve("copies/new.jar");
        OldClasses.renew(jar, copy);

        assertThat(OldClasses.areIn(copy)).isFalse();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {copy.toUri().toURL()}, null)) {
            var sign = loader.loadClass("old.Sign").getMethod("sign", int.class);
            assertThat(sign.invoke(null, -7)).isEqualTo(-1);
            assertThat(sign.invoke(null, 7)).isEqualTo(1);
        }
    }

    @Test
    void renewedJar_keepsAllElse_andSaysThatItWasChanged() throws Exception {
        Path copy = directory.resolve("new.jar");
        OldClasses.renew(jar(compiledForJava(ClassFile.JAVA_5_VERSION)), copy);
        try (JarFile file = new JarFile(copy.toFile())) {
            assertThat(file.stream().map(JarEntry::getName))
                    .containsExactly("old/Sign.class", "old/note.txt", OldClasses.CHANGED);
            assertThat(file.stream().map(JarEntry::getTimeLocal)).containsOnly(TIME);
            assertThat(file.getInputStream(file.getJarEntry("old/note.txt"))).hasContent("note");
        }
    }

    @Test
    void renewedTwice_isTheSame() throws Exception {
        Path jar = jar(compiledForJava(ClassFile.JAVA_5_VERSION));
        OldClasses.renew(jar, directory.resolve("a.jar"));
        OldClasses.renew(jar, directory.resolve("b.jar"));
        assertThat(directory.resolve("a.jar")).hasSameBinaryContentAs(directory.resolve("b.jar"));
    }

    @Test
    void newClasses_areNotOld() throws Exception {
        assertThat(OldClasses.areIn(jar(compiledForJava(ClassFile.JAVA_6_VERSION))))
                .isFalse();
    }
}
