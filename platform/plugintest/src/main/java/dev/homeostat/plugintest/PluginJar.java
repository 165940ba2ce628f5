package dev.homeostat.plugintest;

import dev.homeostat.api.plugin.Plugin;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A plugin jar, made of what the build has compiled. Immutable: each method gives another jar, so that a newer version is
 * {@code host.jar().version("1.1.0")}.
 */
public final class PluginJar {
    static final String ID = "Plugin-Id";
    static final String VERSION = "Plugin-Version";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

    private final String origin;
    private final Map<String, String> attributes;
    private final Map<String, byte[]> entries;

    private PluginJar(String origin, Map<String, String> attributes, Map<String, byte[]> entries) {
        this.origin = origin;
        this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        this.entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /**
     * The plugin of this project: of the one directory on the class path that provides a plugin, in its module descriptor or in {@code META-INF/services}.
     *
     * @throws IllegalStateException if there is none, or more than one; says what to do
     */
    public static PluginJar ofProject() {
        List<Path> found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isDirectory)
                .filter(ProvidedPlugin::isIn)
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException((found.isEmpty()
                            ? "no directory on the class path provides a plugin"
                            : "several directories on the class path provide a plugin: " + found)
                    + "; name the one to test: @PluginTest(classes = \"target/classes\")");
        }
        return of(found.getFirst());
    }

    /**
     * All that is in these.
     *
     * @param classes directories with classes and resources, or jars; where several have an entry, the first one's is taken
     */
    public static PluginJar of(Path... classes) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, byte[]> entries = new TreeMap<>();
        try {
            for (Path each : classes) {
                if (Files.isDirectory(each)) {
                    readDirectory(each, each, entries);
                } else if (Files.isRegularFile(each)) {
                    readJar(each, entries);
                } else {
                    throw new IllegalArgumentException(
                            each.toAbsolutePath() + " is neither a directory with classes nor a jar; is it compiled?");
                }
            }
            byte[] manifest = entries.remove(MANIFEST);
            if (manifest != null) {
                new Manifest(new java.io.ByteArrayInputStream(manifest))
                        .getMainAttributes()
                        .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin of " + List.of(classes) + " cannot be read: " + e, e);
        }
        return new PluginJar(List.of(classes).toString(), attributes, entries);
    }

    /**
     * A plugin that is compiled with the tests: all classes of its package, and of those beneath, and nothing else. It has no module descriptor. Its version is 1.0.0,
     * its id the last part of the package's name; {@link #id} and {@link #version} say another.
     *
     * @param plugin in a directory of classes, in a package that has nothing but the plugin
     */
    public static PluginJar of(Class<? extends Plugin> plugin) {
        String packageName = plugin.getPackageName();
        Map<String, byte[]> entries = new TreeMap<>();
        try {
            Path root = Path.of(
                    plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path classes = root.resolve(packageName.replace('.', '/'));
            if (!Files.isDirectory(classes)) {
                throw new IllegalArgumentException(
                        plugin.getName() + " is in " + root + ", which is no directory: give the jar as a path");
            }
            readDirectory(root, classes, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("the classes of " + packageName + " cannot be read: " + e, e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
        entries.put(SERVICE, (plugin.getName() + "\n").getBytes(StandardCharsets.UTF_8));
        String id = packageName.substring(packageName.lastIndexOf('.') + 1);
        return new PluginJar(plugin.getName(), Map.of(ID, id, VERSION, "1.0.0"), entries);
    }

    private static void readDirectory(Path root, Path from, Map<String, byte[]> entries) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putIfAbsent(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private static void readJar(Path jar, Map<String, byte[]> entries) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        entries.putIfAbsent(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
    }

    /** With another {@code Plugin-Id}. */
    public PluginJar id(String id) {
        return attribute(ID, id);
    }

    /** With another {@code Plugin-Version}: a semantic version. */
    public PluginJar version(String version) {
        return attribute(VERSION, version);
    }

    /** With that in its manifest. */
    public PluginJar attribute(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(name, value);
        return new PluginJar(origin, more, entries);
    }

    /** With that text as an entry, in UTF-8; replaces one of that name. */
    public PluginJar entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** With that content as an entry; replaces one of that name. */
    public PluginJar entry(String name, byte[] content) {
        Map<String, byte[]> more = new TreeMap<>(entries);
        more.put(name, content.clone());
        return new PluginJar(origin, attributes, more);
    }

    /** Without the entry of that name, and those in the directory of that name. */
    public PluginJar without(String name) {
        Map<String, byte[]> less = new TreeMap<>(entries);
        less.keySet().removeIf(entry -> entry.equals(name) || entry.startsWith(name.replaceFirst("/?$", "/")));
        return new PluginJar(origin, attributes, less);
    }

    /** With a library in {@code META-INF/lib}, as a build nests what the plugin brings. */
    public PluginJar bundling(Path library) {
        try {
            return entry("META-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
        } catch (IOException e) {
            throw new UncheckedIOException("library " + library + " cannot be read: " + e, e);
        }
    }

    /**
     * Its id.
     *
     * @throws IllegalStateException if it has none; says what to do
     */
    public String id() {
        String id = attributes.get(ID);
        if (id == null || id.isEmpty()) {
            throw new IllegalStateException("the plugin of " + origin + " has no Plugin-Id, for there is no " + MANIFEST
                    + " with one: say @PluginTest(id = \"…\", version = \"…\"), or keep the manifest in"
                    + " src/main/resources and name it as <manifestFile> for maven-jar-plugin");
        }
        return id;
    }

    /** Its version; empty if the manifest has none. */
    public String version() {
        return Objects.requireNonNullElse(attributes.get(VERSION), "");
    }

    /** The jar. */
    byte[] bytes() {
        Manifest head = new Manifest();
        head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> head.getMainAttributes().putValue(name, value));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, head)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                JarEntry header = new JarEntry(entry.getKey());
                header.setTime(0); // equal jars are equal to the byte
                jar.putNextEntry(header);
                jar.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of " + origin + " cannot be made: " + e, e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return attributes.getOrDefault(ID, "?") + " " + version() + " of " + origin;
    }
}
