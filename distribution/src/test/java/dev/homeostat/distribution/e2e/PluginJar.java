package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plugin that a test writes: compiled while the test runs, against the very jars of the distribution. */
final class PluginJar {
    private final Path work;
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();

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

    /** Nests a jar in it. */
    PluginJar bundling(Path library) {
        libraries.add(library);
        return this;
    }

    /** Compiles it against another jar, which is not put into it. */
    PluginJar against(Path jar) {
        others.add(jar);
        return this;
    }

    /** Adds a file. */
    PluginJar file(String name, String text) {
        files.put(name, text);
        return this;
    }

    /** Compiles it and puts the jar there. */
    Path writeTo(Path jar) {
        try {
            Path classes = work.resolve(jar.getFileName() + ".classes");
            Files.createDirectories(classes);
            List<String> javac = new ArrayList<>(List.of("-proc:none", "--release", "25", "-d", classes.toString()));
            String path = Stream.concat(
                            Stream.of(Installed.DIRECTORY.resolve("lib/boot")),
                            Stream.concat(libraries.stream(), others.stream()))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            javac.addAll(List.of("--module-path", path));
            if (!sources.containsKey("module-info")) {
                javac.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
            }
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = work.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                javac.add(Files.writeString(file, source.getValue()).toString());
            }
            if (!sources.isEmpty()) {
                run("javac", javac);
            }
            for (Map.Entry<String, String> each : files.entrySet()) {
                Path file = classes.resolve(each.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, each.getValue());
            }
            for (Path library : libraries) {
                Path nested = Files.createDirectories(classes.resolve("META-INF/lib"));
                Files.copy(library, nested.resolve(library.getFileName()));
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
