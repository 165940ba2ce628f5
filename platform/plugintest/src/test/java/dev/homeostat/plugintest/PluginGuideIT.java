package dev.homeostat.plugintest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import jakarta.inject.Inject;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;

/**
 * The test of a plugin that docs/testing.md shows, with the plugin of docs/plugin-reference.md, a module: compiled and run as at its author's, in a process that has
 * nothing of ours but this jar and the API.
 */
final class PluginGuideIT {
    private static final Pattern PLUGIN =
            Pattern.compile("```java\n// src/main/java/(\\S+\\.java)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TEST =
            Pattern.compile("```java\n// src/test/java/(\\S+PluginTest\\.java)\n(.*?)```", Pattern.DOTALL);
    private static final String NAME = "dev.example.notes.NotesPluginTest";

    /** Modules in the boot layer, where an author's module path would have them. */
    private static final List<Class<?>> API = List.of(Database.class, Logger.class, Inject.class, NullMarked.class);

    private static final List<Class<?>> LIBRARIES = List.of(
            PluginTest.class,
            Run.class,
            Test.class,
            JupiterTestEngine.class,
            JUnitException.class,
            TestEngine.class,
            Launcher.class,
            TestAbortedException.class);

    @TempDir
    private Path directory;

    @BeforeEach
    void compile() throws Exception {
        javac(write(PLUGIN, "plugin-reference.md", "main"), "target/classes", "-p", path(API));
        String path = path(API) + File.pathSeparator + path(LIBRARIES) + File.pathSeparator + classes("target/classes");
        javac(write(TEST, "testing.md", "test"), "target/test-classes", "-cp", path);
    }

    private List<Path> write(Pattern blocks, String page, String kind) throws Exception {
        List<Path> sources = new ArrayList<>();
        for (MatchResult block :
                blocks.matcher(Files.readString(docs().resolve(page))).results().toList()) {
            Path source = directory.resolve("src/" + kind).resolve(block.group(1));
            Files.createDirectories(source.getParent());
            sources.add(Files.writeString(source, block.group(2)));
        }
        assertThat(sources).as(page).isNotEmpty();
        return sources;
    }

    private void javac(List<Path> sources, String into, String... path) {
        List<String> arguments = new ArrayList<>(List.of(path));
        arguments.addAll(List.of("-nowarn", "-proc:none", "-d", classes(into)));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new)))
                .as("%s", messages)
                .isZero();
    }

    @Test
    void test_ofThePage_passes() throws Exception {
        assertThat(run("-cp", path(API) + File.pathSeparator + testPath()))
                .containsExactlyInAnyOrder(
                        "SUCCESSFUL notesOfAManifest_areKept(PluginHost)",
                        "SUCCESSFUL notes_liveOnOverANewVersion(PluginHost)",
                        "SUCCESSFUL reloads_leaveNothing(PluginHost)",
                        "SUCCESSFUL badConfiguration_isTold(PluginHost)");
    }

    @Test
    void test_onTheModulePath_saysWhatToDo() throws Exception {
        assertThat(run("-p", path(API), "--add-modules", "dev.homeostat.api", "-cp", testPath()))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("FAILED ")
                        .contains("a plugin is tested in a host on the class path")
                        .contains("<useModulePath>false</useModulePath>"));
    }

    private String testPath() {
        return String.join(
                File.pathSeparator, classes("target/classes"), classes("target/test-classes"), path(LIBRARIES));
    }

    private List<String> run(String... options) throws Exception {
        Path out = directory.resolve("out");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(AuthorsTests.class.getName(), NAME));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out).stream()
                .filter(line -> line.matches("(SUCCESSFUL|FAILED) .*"))
                .toList();
    }

    private String classes(String name) {
        return directory.resolve(name).toString();
    }

    private static String path(List<Class<?>> types) {
        return types.stream()
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path docs() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/testing.md"))) {
            here = Objects.requireNonNull(here.getParent(), "docs/testing.md is in no parent directory");
        }
        return here.resolve("docs");
    }
}
