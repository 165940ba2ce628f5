package dev.homeostat.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.OperationsTest;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
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
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;

/** The tests of operations that docs/testing.md shows, with those of docs/plugin-reference.md: they compile, and pass as they would at their author's. */
final class TestingGuideTest {
    private static final Pattern TUTORIAL = Pattern.compile(
            "```java\n// src/main/java/(dev/example/notes/Note(?:sConfig|Operations)?\\.java)\n(.*?)```",
            Pattern.DOTALL);
    private static final Pattern TESTS =
            Pattern.compile("```java\n// src/test/java/(?!\\S+PluginTest)(\\S+\\.java)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMPLAINT = Pattern.compile("^\\| (`.*`) \\|", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @TempDir
    private static Path directory;

    private static final Path ROOT = root();
    private static final String PAGE = read(ROOT.resolve("docs/testing.md"));

    @BeforeAll
    static void compile() throws IOException {
        List<Path> sources = new ArrayList<>();
        write(TUTORIAL, read(ROOT.resolve("docs/plugin-reference.md")), sources);
        write(TESTS, PAGE, sources);
        assertThat(sources).as("pieces of code").hasSize(5);
        List<String> arguments = new ArrayList<>(
                List.of("-cp", classPath(), "-d", directory.resolve("classes").toString(), "-nowarn"));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new)))
                .as("%s", messages)
                .isZero();
    }

    private static void write(Pattern blocks, String page, List<Path> sources) throws IOException {
        for (MatchResult block : blocks.matcher(page).results().toList()) {
            Path source = directory.resolve(block.group(1));
            Files.createDirectories(source.getParent());
            sources.add(Files.writeString(source, block.group(2)));
        }
    }

    @Test
    void tests_ofThePage_pass() throws Exception {
        List<String> results = run("dev.example.notes.NoteOperationsTest");
        assertThat(results).allMatch(result -> !result.startsWith("FAILED"));
        assertThat(results)
                .contains(
                        "SUCCESSFUL update is idempotent",
                        "SUCCESSFUL update repairs what was spoilt behind its back",
                        "SUCCESSFUL update tells when the target refuses a row, and does the others",
                        "SUCCESSFUL prune registers what it finds, and removes nothing itself",
                        "SUCCESSFUL the target becomes as desired, whatever happens (seed 10)",
                        "ABORTED a batch says of each entry what came of it");
        assertThat(run("dev.example.notes.ShelvedNotesTest"))
                .hasSize(2)
                .allMatch(result -> result.startsWith("SUCCESSFUL"));
    }

    /** What the page says that a complaint begins with is what complaints are made of. */
    @Test
    void complaints_ofThePage_areThoseOfTheTestkit() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(ROOT.resolve("platform/testkit/src/main/java"))) {
            sources = files.filter(Files::isRegularFile)
                    .map(TestingGuideTest::read)
                    .collect(Collectors.joining("\n"))
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
        List<String> fragments = COMPLAINT
                .matcher(PAGE)
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results())
                .flatMap(code -> Stream.of(
                        code.group(1).split("…|r0 is|row\\(0, 1\\) and row\\(1, 1\\)|(AsDesired|WaitsEnd): ")))
                .map(fragment -> fragment.strip().replaceAll("^(update|delete|updateAll)( of)?(?= |$)", ""))
                .map(String::strip)
                .filter(fragment -> !fragment.isEmpty())
                .toList();
        assertThat(fragments).hasSizeGreaterThan(25);
        assertThat(fragments.stream().filter(fragment -> !sources.contains(fragment)))
                .as("no complaint has them")
                .isEmpty();
    }

    /** Runs the class as its author's build does; the process has nothing of ours but what the testkit brings. */
    private static List<String> run(String testClass) throws Exception {
        Path out = directory.resolve(testClass + ".out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath() + File.pathSeparator + directory.resolve("classes"),
                        AuthorsTests.class.getName(),
                        testClass)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out).stream()
                .filter(line -> line.matches("(SUCCESSFUL|ABORTED|FAILED) .*"))
                .toList();
    }

    private static String classPath() {
        return Stream.of(
                        AuthorsTests.class,
                        OperationsTest.class,
                        VirtualScheduler.class,
                        StateDatabase.class,
                        Reconcilers.class,
                        Database.class,
                        Logger.class,
                        Inject.class,
                        NullMarked.class,
                        Test.class,
                        JupiterTestEngine.class,
                        JUnitException.class,
                        TestEngine.class,
                        Launcher.class,
                        TestAbortedException.class)
                .map(TestingGuideTest::home)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/testing.md"))) {
            here = Objects.requireNonNull(here.getParent(), "docs/testing.md is in no parent directory");
        }
        return here;
    }
}
