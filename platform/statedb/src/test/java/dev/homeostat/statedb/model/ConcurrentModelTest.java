package dev.homeostat.statedb.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The model test with threads: writers whose choices come from a seed, on tables that overlap; readers that hold snapshots; those who follow and those who
 * watch; a table that is removed and made again.
 *
 * <p>Every answer of a write is compared with the model of its table, which the table's lock guards; readers check what must hold of any snapshot; at the end
 * all is compared. The threads' interleaving is the machine's: {@code -Dstatedb.seed=N} draws the same writes, not the same run. {@code -Plong} or
 * {@code -Dstatedb.seeds=N} runs a hundredth of the seeds of {@link ModelTest}.
 */
final class ConcurrentModelTest {
    @Test
    void writersReadersAndFollowers_agreeWithTheModel() throws Exception {
        Long only = Long.getLong("statedb.seed");
        long first = only == null ? new Random().nextLong() & 0xffff_ffffL : only;
        int runs = only != null ? 1 : Math.max(3, Integer.getInteger("statedb.seeds", 300) / 100);
        for (long seed = first; seed < first + runs; seed++) {
            Crowd crowd = new Crowd(seed);
            try {
                crowd.run();
                assertThat(crowd.commits()).isPositive();
            } catch (Throwable t) { // a run may fail in any way
                throw new AssertionError(
                        "seed " + seed + " failed; to draw the same writes: mvn -q -pl platform/statedb -am"
                                + " -Dtest=ConcurrentModelTest -Dsurefire.failIfNoSpecifiedTests=false -Dstatedb.seed="
                                + seed + " test",
                        t);
            } finally {
                crowd.stop();
            }
        }
    }
}
