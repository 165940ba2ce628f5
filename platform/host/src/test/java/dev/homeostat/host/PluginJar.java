package dev.homeostat.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles a plugin from source and packs it, as a plugin author's build would. */
public final class PluginJar {
    private static final String IMPORTS = """
        import dev.homeostat.api.db.*;
        import dev.homeostat.api.flow.*;
        import dev.homeostat.api.plugin.*;
        import dev.homeostat.api.reconcile.*;
        import dev.homeostat.api.schedule.*;
        import dev.homeostat.api.source.*;
        import dev.homeostat.api.tree.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import jakarta.inject.Inject;
        """;

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final List<Path> classpath = new ArrayList<>();

    private PluginJar() {}

    /** A jar with nothing but sources to come. */
    public static PluginJar empty() {
        return new PluginJar();
    }

    /** A modular plugin; its class is {@code test.<id>.ThePlugin} with that body of {@code contribute}. */
    public static PluginJar modular(String id, String contribute) {
        return plugin(id).pluginClass(id, "", contribute).source("module-info", """
            module test.%1$s {
                requires dev.homeostat.api;
                provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
            }
            """.formatted(id));
    }

    /** The same without a module descriptor. */
    public static PluginJar plain(String id, String contribute) {
        return plugin(id)
                .pluginClass(id, "", contribute)
                .entry("META-INF/services/dev.homeostat.api.plugin.Plugin", "test." + id + ".ThePlugin\n");
    }

    /** A manifest with id and version, and nothing else. */
    public static PluginJar plugin(String id) {
        return new PluginJar().attribute("Plugin-Id", id).attribute("Plugin-Version", "1.0.0");
    }

    public PluginJar pluginClass(String id, String members, String contribute) {
        return source("test." + id + ".ThePlugin", IMPORTS + """
            public class ThePlugin implements Plugin {
                %s
                @Override
                public void contribute(PluginContext ctx) throws Exception {
                    %s
                }
            }
            """.formatted(members, contribute));
    }

    /** A class in the package that its name says; the usual imports are there. */
    public PluginJar type(String name, String text) {
        return source(name, IMPORTS + text);
    }

    /** A compilation unit without its package declaration, by its class's full name. */
    public PluginJar source(String name, String text) {
        int dot = name.lastIndexOf('.');
        sources.put(name, dot < 0 ? text : "package " + name.substring(0, dot) + ";\n" + text);
        return this;
    }

    public PluginJar entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public PluginJar entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    public PluginJar attribute(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    /** Another jar to compile against. */
    public PluginJar against(Path jar) {
        classpath.add(jar);
        return this;
    }

    /** Nests a jar. */
    public PluginJar bundling(Path library) {
        try {
            return entry("META-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the jar into a directory, under a name that says nothing. */
    public Path writeTo(Path directory, String fileName) {
        try {
            Files.createDirectories(directory);
            Path work = Files.createTempDirectory("plugin-jar");
            try {
                Path jar = directory.resolve(fileName);
                pack(compile(work), jar);
                return jar;
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private Path compile(Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        if (sources.isEmpty()) {
            return classes;
        }
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-Xlint:none"));
        String path = Stream.concat(apiJars(), classpath.stream().map(Path::toString))
                .collect(Collectors.joining(java.io.File.pathSeparator));
        arguments.addAll(List.of(sources.containsKey("module-info") ? "-p" : "-cp", path));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve("src/" + source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        StringWriter out = new StringWriter();
        int code = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError("javac says " + code + ":\n" + out);
        }
        return classes;
    }

    private void pack(Path classes, Path jar) throws IOException {
        Manifest head = new Manifest();
        head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> head.getMainAttributes().putValue(name, value));
        Path unfinished = jar.resolveSibling(jar.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(unfinished);
                JarOutputStream zip = new JarOutputStream(out, head);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new JarEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Files.move(unfinished, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static Stream<String> apiJars() {
        return Stream.of("dev.homeostat.api", "org.slf4j", "jakarta.inject", "org.jspecify")
                .flatMap(name -> ModuleLayer.boot().configuration().findModule(name).stream())
                .map(module ->
                        Path.of(module.reference().location().orElseThrow()).toString());
    }
}
