package dev.homeostat.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/operations.md"))) {
            here = Objects.requireNonNull(here.getParent(), "docs/operations.md is in no parent directory");
        }
        return here.resolve(MetricsPage.FILE);
    }

    /** With {@code -Dhomeostat.write=true} it writes the page. */
    @Test
    void page_saysWhatTheCodeSays() throws Exception {
        if (Boolean.getBoolean("homeostat.write")) {
            Files.writeString(page(), MetricsPage.text());
        }
        assertThat(Files.exists(page()) ? Files.readString(page()) : "")
                .as("%s is stale: write it anew with\n  %s\n", MetricsPage.FILE, MetricsPage.COMMAND)
                .isEqualTo(MetricsPage.text());
    }

    @Test
    void namesOfFigures_areOfTheScheme() {
        assertThat(Figure.values()).allSatisfy(figure -> {
            assertThat(figure.pattern()).matches("[a-z]+(\\.[a-z-]+)*(\\.[A-Z]+(/NAME)?)?(\\.[a-z-]+)*");
            assertThat(figure.exposed())
                    .matches("(homeostat|jvm|process)_[a-z_]+")
                    .doesNotContainPattern("_(gauge|counter|summary|histogram)"); // what promtool does not like
            assertThat(figure.help()).matches("[A-Z].*\\.");
        });
        assertThat(Arrays.stream(Figure.values()).map(Figure::exposed)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Figure.values())
                        .filter(figure -> figure.subject() != Subject.OF_PLUGIN)
                        .map(Figure::pattern))
                .doesNotHaveDuplicates();
    }
}
