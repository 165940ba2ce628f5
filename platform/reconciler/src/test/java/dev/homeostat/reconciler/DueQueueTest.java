package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DueQueueTest {
    private static final class Thing extends Due {
        Thing(long due) {
            dueNanos = due;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomOperations_asAListThatIsSorted(long seed) {
        Random random = new Random(seed);
        DueQueue<Thing> queue = new DueQueue<>();
        List<Thing> model = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    Thing thing = new Thing(random.nextInt(1000));
                    queue.add(thing);
                    model.add(thing);
                }
                case 1 -> {
                    if (!model.isEmpty()) {
                        queue.remove(model.remove(random.nextInt(model.size())));
                    }
                }
                default -> {
                    long now = random.nextInt(1000);
                    Thing due = queue.pollDue(now);
                    Long earliest = model.stream()
                            .map(t -> t.dueNanos)
                            .min(Comparator.naturalOrder())
                            .orElse(null);
                    if (earliest == null || earliest > now) {
                        assertThat(due).isNull();
                    } else {
                        assertThat(due).isNotNull();
                        assertThat(due == null ? -1 : due.dueNanos).isEqualTo(earliest);
                        model.remove(due);
                    }
                }
            }
            assertThat(queue.size()).as("seed %d, step %d", seed, i).isEqualTo(model.size());
        }
    }

    @Test
    void add_ofAThingThatIsInItAlready_isRefused() {
        DueQueue<Thing> queue = new DueQueue<>();
        Thing thing = new Thing(1);
        queue.add(thing);
        assertThatThrownBy(() -> queue.add(thing)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void remove_ofAThingThatIsNotInIt_doesNothing() {
        DueQueue<Thing> queue = new DueQueue<>();
        queue.add(new Thing(1));
        queue.remove(new Thing(1));
        assertThat(queue.size()).isEqualTo(1);
    }
}
