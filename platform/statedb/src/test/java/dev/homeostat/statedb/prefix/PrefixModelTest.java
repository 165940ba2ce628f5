package dev.homeostat.statedb.prefix;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Promise A27: random operations on tables with prefix indexes, compared step by step with a list of rows.
 *
 * <p>A failure names its seed; {@code -Dstatedb.seed=N} runs that one alone, {@code -Dstatedb.seeds=N} runs so many.
 */
final class PrefixModelTest {
    @Test
    void promise_A27_randomOperations_agreeWithTheModel() {
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
            new NetScenario(new Random(seed)).run(120);
        } catch (Throwable t) {
            throw new AssertionError("failed with -Dstatedb.seed=" + seed, t);
        }
    }
}
