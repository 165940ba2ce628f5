package dev.homeostat.statedb.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random operations on several tables, compared step by step with a model that is a {@link java.util.TreeMap}.
 *
 * <p>Every build runs a few hundred seeds that it draws anew. A failure names its seed and the command that runs that one alone, exactly as it was:
 * {@code mvn -q -pl platform/statedb -am -Dtest=ModelTest -Dsurefire.failIfNoSpecifiedTests=false -Dstatedb.seed=N test}. The long run takes 10 000:
 * {@code mvn -q -pl platform/statedb -am -Plong -Dtest=ModelTest -Dsurefire.failIfNoSpecifiedTests=false test}, or any number with {@code -Dstatedb.seeds=N}.
 */
final class ModelTest {
    @Test
    void randomOperations_agreeWithTheModel() {
        Long only = Long.getLong("statedb.seed");
        if (only != null) {
            Seeds.run(only, table -> table);
            return;
        }
        Neighbours neighbours = new Neighbours();
        long first = new Random().nextLong() & 0xffff_ffffL;
        for (long seed = first; seed < first + Integer.getInteger("statedb.seeds", 300); seed++) {
            neighbours.add(Seeds.run(seed, table -> table));
        }
        assertThat(neighbours.share()).as("%s", neighbours).isBetween(0.1, 0.95);
    }
}
