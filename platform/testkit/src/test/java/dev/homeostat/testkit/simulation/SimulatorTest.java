package dev.homeostat.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.homeostat.testkit.simulation.Simulation.Verdict;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reconciler in simulations, one a seed. {@code -Dsimulate.seed=17} replays one and prints what happened; {@code -Dsimulate.steps=1000000} goes on with
 * other seeds until that many steps were simulated, from {@code -Dsimulate.from=201} on. See docs/reliability.md.
 */
final class SimulatorTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 150;

    static LongStream seeds() {
        Long one = Long.getLong("simulate.seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void promise_B22_whateverHappens_nothingIsLost(long seed) {
        Verdict verdict = Simulation.run(seed, STEPS, Long.getLong("simulate.seed") != null);
        verdict.trace().forEach(System.out::println);
        requireSound(verdict);
    }

    @Test
    void promise_B22_replay_givesTheSameTrace() {
        for (long seed = 1; seed <= 10; seed++) {
            List<String> trace = Simulation.run(seed, STEPS, true).trace();
            assertThat(trace).hasSizeGreaterThan(STEPS / 2);
            assertThat(Simulation.run(seed, STEPS, true).trace()).isEqualTo(trace);
        }
    }

    @Test
    void aLongRun_whenAskedFor_findsNothing() {
        long steps = Long.getLong("simulate.steps", 0);
        long calls = 0;
        long first = Long.getLong("simulate.from", SEEDS + 1L);
        long seed = first - 1;
        for (long done = 0; done < steps; done += STEPS) {
            Verdict verdict = Simulation.run(++seed, STEPS, false);
            requireSound(verdict);
            calls += verdict.calls();
        }
        if (steps > 0) {
            System.out.println(
                    "simulated " + steps + " steps with seeds " + first + " to " + seed + ": " + calls + " operations");
        }
    }

    private static void requireSound(Verdict verdict) {
        if (!verdict.isSound()) {
            List<String> trace =
                    Simulation.run(verdict.seed(), verdict.steps(), true).trace();
            fail("seed " + verdict.seed() + ": " + verdict.complaint()
                    + "\nReplay it alone: mvn -pl platform/testkit -am"
                    + " -Dtest=SimulatorTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulate.seed=" + verdict.seed()
                    + " test\nThe end of its trace:\n"
                    + String.join("\n", trace.subList(Math.max(0, trace.size() - 60), trace.size())));
        }
    }
}
