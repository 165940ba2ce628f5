package dev.homeostat.plugin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownProblemsTest {
    private static final Problem ONE = new Problem(new Place("a.yaml", 1), "unknown table");
    private static final Problem OTHER = new Problem(new Place("b.yaml", 1), "unknown table");

    private final KnownProblems problems = new KnownProblems();

    @Test
    void problem_isNewsUntilItHasBeenToldOf_andAgainAfterItWasGone() {
        assertThat(problems.news(List.of(ONE))).containsExactly(ONE);
        assertThat(problems.news(List.of(ONE, OTHER))).containsExactly(OTHER);
        assertThat(problems.news(List.of(OTHER))).isEmpty();
        assertThat(problems.news(List.of(ONE, OTHER))).containsExactly(ONE);
    }
}
