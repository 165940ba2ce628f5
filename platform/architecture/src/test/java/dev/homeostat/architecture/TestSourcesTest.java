package dev.homeostat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits of tests, which only their sources show: they are in no jar. */
final class TestSourcesTest {

    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern SLEEP = Pattern.compile(
            "\\b(Thread|TimeUnit|NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS|MINUTES)\\s*\\.\\s*sleep\\s*\\(");
    private static final Pattern PROMISE = Pattern.compile("void promise_([AB])(\\d+)_");
    private static final Pattern MOCKS = Pattern.compile("^import (static )?(org\\.mockito|org\\.easymock|mockit)\\b");

    private static final Pattern JQWIK = Pattern.compile("^import (static )?net\\.jqwik\\b");

    @Test
    void tests_doNotSleep() throws IOException {
        assertThat(linesMatching(SLEEP))
                .as("tests wait on a virtual clock, a watch, or Awaitility with a reason")
                .isEmpty();
    }

    @Test
    void tests_useNoMockingLibrary() throws IOException {
        assertThat(linesMatching(MOCKS)).as("fakes are written by hand").isEmpty();
    }

    /** Its licence changed with 1.10. */
    @Test
    void tests_useNoJqwik() throws IOException {
        assertThat(linesMatching(JQWIK))
                .as("properties are tested with a small seeded kit of our own")
                .isEmpty();
    }

    @Test
    void everyPromiseHasATestWithItsNumber() throws IOException {
        Set<String> tested = new TreeSet<>();
        for (Path source : testSources()) {
            Matcher promises = PROMISE.matcher(Files.readString(source));
            while (promises.find()) {
                tested.add(promises.group(1) + promises.group(2));
            }
        }
        assertThat(tested)
                .as("promises of the database (A1 to A33) and of the reconciler (B1 to B22) that some test bears"
                        + " in its name")
                .containsAll(promises("A", 33))
                .containsAll(promises("B", 22));
    }

    @Test
    void patterns_findWhatTheyAreFor() {
        assertThat(PROMISE.matcher("    void promise_A7_nonUniqueKeys() {").find())
                .isTrue();
        assertThat(PROMISE.matcher("    // promise_A7_nonUniqueKeys").find()).isFalse();
        assertThat(SLEEP.matcher("        Thread." + "sleep(100);").find()).isTrue();
        assertThat(SLEEP.matcher("TimeUnit.SECONDS." + "sleep(1);").find()).isTrue();
        assertThat(SLEEP.matcher("clock.sleep(1);").find()).isFalse();
        assertThat(MOCKS.matcher("import org.mockito" + ".Mockito;").find()).isTrue();
    }

    @Test
    void scan_seesThisFile() throws IOException {
        assertThat(testSources()).anyMatch(source -> source.endsWith("TestSourcesTest.java"));
    }

    private static List<String> promises(String part, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> part + number).toList();
    }

    private static List<String> linesMatching(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : testSources()) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(REPOSITORY.relativize(source) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static List<Path> testSources() throws IOException {
        assertThat(REPOSITORY.resolve("pom.xml")).exists();
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> {
                        String path = REPOSITORY.relativize(file).toString();
                        return path.contains("src/test/java/") && !path.contains("/target/");
                    })
                    .toList();
        }
    }
}
