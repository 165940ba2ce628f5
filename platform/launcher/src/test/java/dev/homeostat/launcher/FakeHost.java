package dev.homeostat.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** A host of a few lines, compiled while the test runs: a runner, and an engine that reaches into keys as ours does. */
final class FakeHost {
    private static final Map<String, String> LIBRARY = Map.of(
            "module-info",
            "module dev.homeostat.statedb { requires dev.homeostat.api; exports fake.library; }",
            "fake.library.Answer",
            """
            package fake.library;
            public class Answer {
                public static int code() {
                    return dev.homeostat.api.db.internal.KeyAccess.get() == null ? 1 : 42;
                }
            }
            """);

    private static final Map<String, String> HOST = Map.of("module-info", """
        module dev.homeostat.host {
            requires dev.homeostat.launcher;
            requires dev.homeostat.statedb;
            requires org.slf4j;
            provides dev.homeostat.launcher.HostRunner with fake.host.Runner;
        }
        """, "fake.host.Runner", """
        package fake.host;
        public class Runner implements dev.homeostat.launcher.HostRunner {
            public int run(dev.homeostat.launcher.Launch launch) {
                org.slf4j.LoggerFactory.getLogger("fake").info("running");
                if (Thread.currentThread().getContextClassLoader() != getClass().getClassLoader()) return 1;
                return launch.flags().containsKey("safe-mode") ? 7 : fake.library.Answer.code();
            }
            public int answer(dev.homeostat.launcher.Launch launch) {
                return 9;
            }
        }
        """);

    private FakeHost() {}

    /** Puts the jars of the fake host into a directory. */
    static void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path work = Files.createTempDirectory(directory.getParent(), "work");
        make(work.resolve("library"), LIBRARY, directory.resolve("library.jar"), directory);
        make(work.resolve("host"), HOST, directory.resolve("host.jar"), directory);
    }

    private static void make(Path work, Map<String, String> sources, Path jar, Path libraries) throws IOException {
        Path classes = work.resolve("classes");
        List<String> javac = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        javac.addAll(List.of("--module-path", modulePath(libraries)));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            javac.add(Files.writeString(file, source.getValue()).toString());
        }
        run("javac", javac);
        run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
    }

    private static String modulePath(Path libraries) {
        String launcher =
                Main.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return String.join(File.pathSeparator, System.getProperty("jdk.module.path"), launcher, libraries.toString());
    }

    private static void run(String tool, List<String> arguments) {
        int code = ToolProvider.findFirst(tool)
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(code).as(tool).isZero();
    }
}
