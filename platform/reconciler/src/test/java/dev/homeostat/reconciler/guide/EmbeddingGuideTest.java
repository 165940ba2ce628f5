package dev.homeostat.reconciler.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.statedb.StateDatabase;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** Compiles what docs/embedding.md shows, as the module that it shows, runs it as a process of its own, and compares what it prints. */
final class EmbeddingGuideTest {
    private static final Pattern SOURCE =
            Pattern.compile("```java\n// (src/main/java/\\S+\\.java)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final String MODULE = "dev.example.inventory";

    @TempDir
    private static Path directory;

    private static final Path ROOT = root();
    private static final String PAGE = read(ROOT.resolve("docs/embedding.md"));

    @BeforeAll
    static void compile() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (MatchResult block : SOURCE.matcher(PAGE).results().toList()) {
            Path source = directory.resolve(block.group(1));
            Files.createDirectories(source.getParent());
            sources.add(Files.writeString(source, block.group(2)));
        }
        assertThat(sources).as("pieces of code on the page").hasSize(11);
        List<String> arguments = new ArrayList<>(
                List.of("--module-path", modulePath(), "-d", classes().toString(), "-Xlint:all,-exports", "-Werror"));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(javac.run(out, out, arguments.toArray(String[]::new)))
                .as("%s", messages)
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"Tour, 0", "Beyond, 1", "Converge, 2", "Carry, 3"})
    void program_ofThePage_printsWhatThePageSays(String program, int block) throws Exception {
        List<String> outputs =
                OUTPUT.matcher(PAGE).results().map(match -> match.group(1)).toList();
        assertThat(outputs).hasSize(4);

        assertThat(run(program)).isEqualTo(outputs.get(block));
    }

    /** Runs the program as the page's reader does; it must come to its end by itself, so that no thread keeps it alive. */
    private static String run(String program) throws Exception {
        Path out = directory.resolve(program + ".out");
        Path err = directory.resolve(program + ".err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modulePath() + File.pathSeparator + classes(),
                        "--module",
                        MODULE + "/" + MODULE + "." + program)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ended by itself", program)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("%s", read(err)).isZero();
        return read(out).replace(System.lineSeparator(), "\n");
    }

    /** The two libraries and what they need, and nothing else: no host, no backend for logs. */
    private static String modulePath() {
        return Stream.of(
                        StateDatabase.class,
                        Reconcilers.class,
                        Database.class,
                        Logger.class,
                        Inject.class,
                        NullMarked.class)
                .map(EmbeddingGuideTest::home)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path classes() {
        return directory.resolve("classes");
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

    @Test
    void dependencies_ofThePage_areThoseOfThePoms() throws Exception {
        Map<String, String> modules = new LinkedHashMap<>();
        for (String module : List.of("platform/statedb", "platform/reconciler")) {
            String pom = read(ROOT.resolve(module).resolve("pom.xml"));
            String ownPart = pom.substring(pom.indexOf("</parent>"), pom.indexOf("<dependencies>"));
            modules.put(element(ownPart, "artifactId"), element(pom, "groupId") + ":" + element(pom, "version"));
        }
        Map<String, String> shown = new LinkedHashMap<>();
        for (MatchResult dependency : DEPENDENCY.matcher(PAGE).results().toList()) {
            String text = dependency.group(1);
            shown.put(element(text, "artifactId"), element(text, "groupId") + ":" + element(text, "version"));
        }
        assertThat(shown).isEqualTo(modules);
    }

    @Test
    void links_ofThePage_leadSomewhere() {
        List<String> links = Pattern.compile("]\\(([^)#]+)\\)")
                .matcher(PAGE)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(ROOT.resolve("docs").resolve(link).normalize())
                                .exists());
    }

    private static String element(String xml, String name) {
        return xml.substring(xml.indexOf("<" + name + ">") + name.length() + 2, xml.indexOf("</" + name + ">"));
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
        while (!Files.exists(here.resolve("docs/embedding.md"))) {
            here = Objects.requireNonNull(here.getParent(), "docs/embedding.md is in no parent directory");
        }
        return here;
    }
}
