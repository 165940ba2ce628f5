package dev.homeostat.api.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many named statuses on one row. */
final class StatusSetTest {
    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final Status DONE = Status.done(5, NOW.minusSeconds(3));
    private static final Status FAILED = Status.error(5, NOW, "no route", 2, NOW.plusSeconds(1));

    private static StatusSet example() {
        return StatusSet.of(5, Map.of("c", DONE, "a", FAILED, "b", Status.pending(5, NOW)));
    }

    @Test
    void promise_B5_aStringWhoseAgesTakeAClock() {
        assertThat(example().describe(NOW)).isEqualTo("Errored: a (no route), Pending: b, Done: c (3s ago)");
        assertThat(example().describe(NOW.plusSeconds(200)))
                .isEqualTo("Errored: a (no route), Pending: b, Done: c (3m ago)");
        assertThat(example().describe(NOW.plus(Duration.ofHours(3)))).endsWith("Done: c (3h ago)");
        assertThat(example().describe(NOW.plus(Duration.ofDays(3)))).endsWith("Done: c (3d ago)");
        assertThat(example().describe(NOW.minusSeconds(60)))
                .as("a clock that was set back")
                .endsWith("Done: c (0s ago)");
        assertThat(example()).hasToString("Errored: a (no route), Pending: b, Done: c");
        assertThat(StatusSet.pending()).hasToString("Pending");
        assertThat(example().with("d", Status.done(5, NOW)).refreshing("c", NOW).describe(NOW))
                .isEqualTo("Errored: a (no route), Pending: b, Refreshing: c, Done: d (0s ago)");
        assertThat(StatusSet.of(1, Map.of("x", Status.permanent(1, NOW, "two\n  lines", 1))))
                .hasToString("Errored: x (two lines)");
    }

    @Test
    void promise_B5_aNameThatIsNotInItIsPendingAtTheGenerationOfTheSet() {
        Status unknown = example().get("z");
        assertThat(unknown.kind()).isEqualTo(StatusKind.PENDING);
        assertThat(unknown.generation()).isEqualTo(5);
        assertThat(StatusSet.pending().get("z")).isEqualTo(Status.pending());
        assertThat(example().names()).containsExactly("a", "b", "c");
    }

    @Test
    void promise_B5_refreshMarksOnlyItsOwnName_andOnlyWhatIsDone() {
        StatusSet marked = example().refreshing("c", NOW);
        assertThat(marked.get("c")).isEqualTo(Status.refreshing(5, NOW));
        assertThat(marked.get("a")).isEqualTo(FAILED);
        assertThat(marked.get("b")).isEqualTo(Status.pending(5, NOW));
        assertThat(example().refreshing("a", NOW)).isEqualTo(example());
        assertThat(example().refreshing("z", NOW)).isEqualTo(example());
    }

    @Test
    void promise_B5_pendingRenewsAll() {
        StatusSet renewed = example().renewed();
        assertThat(renewed.generation()).isZero();
        for (String name : List.of("a", "b", "c", "z")) {
            assertThat(renewed.get(name)).isEqualTo(Status.pending());
            assertThat(StatusSet.pending().get(name)).isEqualTo(Status.pending());
        }
        assertThat(renewed.names()).containsExactly("a", "b", "c");
        assertThat(renewed).hasToString("Pending: a b c");
    }

    @Test
    void promise_B5_valueSemantics() {
        assertThat(example()).isEqualTo(example()).hasSameHashCodeAs(example());
        StatusSet before = example();
        StatusSet other = before.with("b", DONE);
        assertThat(before).isEqualTo(example()).isNotEqualTo(other);
        assertThat(other.with("b", Status.pending(5, NOW))).isEqualTo(example());
        assertThat(before.without("b").with("b", Status.pending(5, NOW))).isEqualTo(before);
        assertThat(before.without("z")).isSameAs(before);
        assertThat(before.with("c", DONE)).isSameAs(before);
        assertThat(StatusSet.of(6, Map.of())).isNotEqualTo(StatusSet.of(5, Map.of()));
    }

    @Test
    void promise_B16_stampsTheSetAndEachStatusThatHasNone() {
        StatusSet set = StatusSet.of(0, Map.of("a", DONE, "b", Status.pending()));
        StatusSet stamped = set.stampedAt(9);
        assertThat(stamped.generation()).isEqualTo(9);
        assertThat(stamped.get("a").generation()).isEqualTo(5);
        assertThat(stamped.get("b").generation()).isEqualTo(9);
        assertThat(stamped.stampedAt(12)).isSameAs(stamped);
        assertThat(set.generationAt(9)).isEqualTo(9);
        assertThat(stamped.with("b", DONE).generationAt(20)).isEqualTo(9);
        assertThat(StatusSet.of(50, Map.of()).stampedAt(9).generation())
                .as("a revision that the row has not reached")
                .isEqualTo(9);
    }

    @Test
    void with_andWithout_agreeWithAMap() {
        Random random = new Random(7);
        TreeMap<String, Status> model = new TreeMap<>();
        StatusSet set = StatusSet.of(1, Map.of());
        for (int step = 0; step < 3000; step++) {
            String name = "n" + random.nextInt(12);
            if (random.nextInt(3) == 0) {
                model.remove(name);
                set = set.without(name);
            } else {
                Status status = Status.done(1 + random.nextInt(3), NOW);
                model.put(name, status);
                set = set.with(name, status);
            }
            assertThat(set.names()).isEqualTo(new ArrayList<>(model.keySet()));
            assertThat(set).isEqualTo(StatusSet.of(1, model));
        }
    }

    @Test
    void nonsense_isRefused() {
        assertThatThrownBy(() -> StatusSet.of(-1, Map.of())).hasMessage("generation: must be at least 0, but was -1");
        assertThatThrownBy(() -> StatusSet.pending().with("", DONE)).hasMessageContaining("not empty");
    }
}
