package dev.homeostat.statedb.model;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random operations on several tables, compared step by step with a model that is a {@link java.util.TreeMap}.
 *
 * <p>A failure names its seed; {@code -Dstatedb.seed=N} runs that one alone, {@code -Dstatedb.seeds=N} runs so many.
 */
final class ModelTest {
    @Test
    void randomOperations_agreeWithTheModel() {
        Long only = Long.getLong("statedb.seed");
        if (only != null) {
            run(only);
            return;
        }
        long first = new Random().nextLong() & 0xffff_ffffL;
        for (long seed = first; seed < first + Integer.getInteger("statedb.seeds", 150); seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        try {
            new Scenario(new Random(seed)).run(120);
        } catch (Throwable t) {
            throw new AssertionError("failed with -Dstatedb.seed=" + seed, t);
        }
    }
}
