package dev.homeostat.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormatCommandTest {

    private static final String UGLY = "class  A{ int b ; }\n";
    private static final String TIDY = "class A {\n    int b;\n}\n";

    @TempDir
    Path home;

    private Path root;
    private Path report;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(home.resolve("root"));
        report = home.resolve("report.txt");
    }

    @Test
    void check_tidySource_leavesNoReport() throws IOException {
        source("src/A.java", TIDY);
        Files.writeString(report, "of an earlier run");

        assertThat(run("check")).isEqualTo(FormatCommand.OK);
        assertThat(report).doesNotExist();
        assertThat(stderr()).isEmpty();
    }

    @Test
    void check_uglySources_namesEachAndChangesNone() throws IOException {
        Path first = source("src/A.java", UGLY);
        source("src/B.java", UGLY);
        source("src/C.java", TIDY);

        assertThat(run("check")).isEqualTo(FormatCommand.UNTIDY);
        assertThat(report).hasContent("src/A.java: not formatted\nsrc/B.java: not formatted");
        assertThat(stderr()).contains("src/A.java: not formatted").doesNotContain("src/C.java");
        assertThat(first).hasContent(UGLY);
    }

    @Test
    void check_notJava_namesThePlace() throws IOException {
        source("A.java", "class A {\n");

        assertThat(run("check")).isEqualTo(FormatCommand.UNTIDY);
        assertThat(stderr()).startsWith("A.java: 1:");
    }

    @Test
    void check_generatedAndHiddenSources_areNotLookedAt() throws IOException {
        source("m/target/generated-sources/A.java", UGLY);
        source(".git/A.java", UGLY);
        source("readme.txt", UGLY);

        assertThat(run("check")).isEqualTo(FormatCommand.OK);
    }

    @Test
    void check_rootNamedTarget_isLookedAt() throws IOException {
        root = Files.createDirectory(home.resolve("target"));
        source("A.java", UGLY);

        assertThat(run("check")).isEqualTo(FormatCommand.UNTIDY);
    }

    @Test
    void apply_uglySource_isRewrittenOthersUntouched() throws IOException {
        Path ugly = source("A.java", UGLY);
        Path broken = source("B.java", "class {");

        assertThat(run("apply")).isEqualTo(FormatCommand.UNTIDY);
        assertThat(ugly).hasContent(TIDY);
        assertThat(broken).hasContent("class {");
        assertThat(stderr()).contains("B.java").doesNotContain("A.java");
    }

    @Test
    void run_unknownMode_isUsageError() throws IOException {
        assertThat(run("improve")).isEqualTo(FormatCommand.USAGE);
        assertThat(stderr()).contains("must be check or apply, but was improve");
    }

    private Path source(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private int run(String mode) throws IOException {
        try (PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return FormatCommand.run(List.of(mode, root.toString(), report.toString()), out);
        }
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
