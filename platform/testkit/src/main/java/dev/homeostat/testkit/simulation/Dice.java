package dev.homeostat.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Everything that a seed decides, one throw after the other. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Whether something happens that has this chance, 0 to 1. */
    boolean chance(double chance) {
        return random.nextDouble() < chance;
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }

    <E> E of(List<E> choices) {
        return choices.get(below(choices.size()));
    }

    long seed() {
        return random.nextLong();
    }
}
