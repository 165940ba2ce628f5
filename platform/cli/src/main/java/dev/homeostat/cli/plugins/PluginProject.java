package dev.homeostat.cli.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The files of a new plugin's Maven project, made of the templates in {@code project/}. */
public final class PluginProject {
    private final String id;
    private final String packageName;
    private final Path install;
    private final String version;

    /**
     * @param id the plugin's id: words of small letters and digits with {@code -} between
     * @param packageName the name of its package, and of its module
     * @param install where Homeostat is installed
     * @param version Homeostat's, such as {@code 0.1.0}
     */
    public PluginProject(String id, String packageName, Path install, String version) {
        this.id = id;
        this.packageName = packageName;
        this.install = install;
        this.version = version;
    }

    /** What its classes' names begin with. */
    public String className() {
        return Arrays.stream(id.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** The files' contents, by their paths in the project. */
    public Map<String, String> files() {
        String sources = "src/main/java/" + packageName.replace('.', '/') + "/" + className();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", text("README.md"));
        files.put("pom.xml", text("pom.xml"));
        files.put(".gitignore", text("gitignore"));
        files.put("example.yaml", text("example.yaml"));
        files.put("src/main/java/module-info.java", text("module-info.java"));
        for (String part : new String[] {"Row", "Operations", "Config", "Plugin"}) {
            files.put(sources + part + ".java", text(part + ".java"));
        }
        files.put("src/main/resources/META-INF/MANIFEST.MF", text("MANIFEST.MF"));
        for (String test : new String[] {"OperationsTest", "PluginTest"}) {
            files.put(sources.replace("src/main", "src/test") + test + ".java", text(test + ".java"));
        }
        return files;
    }

    /**
     * Writes all of them.
     *
     * @param directory is made if it is not there
     */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent(), "parent"));
            Files.writeString(path, file.getValue());
        }
    }

    private String text(String template) {
        return read(template)
                .replace("@ID@", id)
                .replace("@PACKAGE@", packageName)
                .replace("@NAME@", className())
                .replace("@INSTALL@", xml(install.toString()))
                .replace("@NEXT@", nextMajor())
                .replace("@VERSION@", version);
    }

    private String nextMajor() {
        return Integer.parseInt(version.substring(0, version.indexOf('.'))) + 1 + ".0.0";
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String read(String template) {
        String name = "project/" + template + ".template";
        try (InputStream in = PluginProject.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of the command's own jar
        }
    }
}
