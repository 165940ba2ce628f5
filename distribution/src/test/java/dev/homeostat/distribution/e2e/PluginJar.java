package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;

/** A plugin that a test writes: compiled while the test runs, against the very jars of the distribution. */
final class PluginJar {
    private final Path work;
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();

    PluginJar(Path work, String id) {
        this.work = work;
        attributes.put("Plugin-Id", id);
        attributes.put("Plugin-Version", "1.0.0");
        attributes.put("Plugin-Requires", ">=0.1.0");
    }

    /** Adds a compilation unit; the name is that of its class. */
    PluginJar source(String name, String text) {
        sources.put(name, text);
        return this;
    }

    /** Sets an attribute of the jar's manifest. */
    PluginJar attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Compiles it and puts the jar there. */
    Path writeTo(Path jar) {
        try {
            Path classes = work.resolve(jar.getFileName() + ".classes");
            Files.createDirectories(classes);
            List<String> javac = new ArrayList<>(List.of("-proc:none", "--release", "25", "-d", classes.toString()));
            javac.addAll(List.of(
                    "--module-path", Installed.DIRECTORY.resolve("lib/boot").toString()));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = work.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                javac.add(Files.writeString(file, source.getValue()).toString());
            }
            if (!sources.isEmpty()) {
                run("javac", javac);
            }
            StringBuilder manifest = new StringBuilder();
            attributes.forEach((name, value) ->
                    manifest.append(name).append(": ").append(value).append('\n'));
            Path manifestFile = Files.writeString(work.resolve("MANIFEST.MF"), manifest);
            Files.createDirectories(jar.getParent());
            run("jar", List.of("-cfm", jar.toString(), manifestFile.toString(), "-C", classes.toString(), "."));
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String tool, List<String> arguments) {
        int code = ToolProvider.findFirst(tool)
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(code).as(tool).isZero();
    }
}
