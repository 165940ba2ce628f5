package dev.homeostat.distribution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.spi.ToolProvider;

/** The Java that the distribution brings along, linked from the one that builds it. */
final class JavaRuntime {
    /** What the host, its libraries and JMX need, and then what plugins may reasonably ask for. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.logging",
            "java.management",
            "java.management.rmi",
            "java.naming",
            "java.xml",
            "jdk.attach",
            "jdk.jcmd",
            "jdk.jfr",
            "jdk.management",
            "jdk.management.agent",
            "jdk.management.jfr",
            "jdk.unsupported",
            "jdk.zipfs",
            "java.instrument",
            "java.net.http",
            "java.security.jgss",
            "java.sql",
            "jdk.crypto.cryptoki",
            "jdk.httpserver",
            "jdk.naming.dns",
            "jdk.net");

    private final Path directory;

    JavaRuntime(Path directory) {
        this.directory = directory;
    }

    /** All that decides what comes out. */
    String inputs() {
        return Runtime.version() + " " + System.getProperty("java.home") + " " + arguments();
    }

    /** Links the runtime, in place of one that may be there, and gives all its files that time. */
    void link(FileTime time) throws IOException, InterruptedException {
        Trees.delete(directory);
        Files.createDirectories(directory.toAbsolutePath().getParent());
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int code = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new BuildFailure(
                        "the JDK in " + System.getProperty("java.home") + " has no jlink; build with a full JDK 25"))
                .run(out, out, arguments().toArray(String[]::new));
        if (code != 0) {
            throw new BuildFailure("jlink of the JDK in " + System.getProperty("java.home") + " ended with " + code
                    + ". It needs the JDK's jmods directory, or a JDK that can link without one, as Temurin 25 can. It"
                    + " said:\n"
                    + said);
        }
        shareClasses();
        Trees.setTime(directory, time);
    }

    private List<String> arguments() {
        return List.of(
                "--add-modules",
                String.join(",", MODULES),
                "--output",
                directory.toString(),
                "--compress",
                "zip-6",
                "--no-header-files",
                "--no-man-pages");
    }

    /** Writes the JDK's own classes into an archive that starts faster, in the object layout that we use. */
    private void shareClasses() throws IOException, InterruptedException {
        Path java = directory.resolve("bin/java");
        ProcessOutput output = ProcessOutput.of(
                new ProcessBuilder(java.toString(), "-XX:+UseCompactObjectHeaders", "-Xshare:dump", "-Xlog:disable"));
        if (output.code() != 0) {
            throw new BuildFailure(java + " -Xshare:dump ended with " + output.code() + ":\n" + output.text());
        }
    }
}
