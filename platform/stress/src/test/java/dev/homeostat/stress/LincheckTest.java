package dev.homeostat.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.plants.Plant;
import dev.homeostat.stress.lincheck.OneTable;
import dev.homeostat.stress.lincheck.TwoTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations of tables are linearizable, and Lincheck would tell if they were not. */
final class LincheckTest {
    enum Strategy {
        /** Small programs, each run many times on real threads. */
        STRESS(10, 200),
        /** Small programs, each run through many interleavings, one after the other; of the memory model it knows nothing. */
        MODEL(4, 50);

        private final int scenarios;
        private final int runs;

        Strategy(int scenarios, int runs) {
            this.scenarios = scenarios;
            this.runs = runs;
        }
    }

    private static final long SECONDS = Long.getLong("stress.seconds", 0);
    /** A long run has one more such portion for each ten seconds. */
    private static final int PORTIONS = Math.toIntExact(1 + SECONDS / 10);

    /** C1 alone: what Lincheck makes of the classes is too much for C2 in so short a time. */
    private static final List<String> FLAGS = List.of(
            "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+EnableDynamicAgentLoading", "-Xshare:auto");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("operations")
    void operations_onTheCodeAsItIs_areLinearizable(Strategy strategy, Class<?> operations) {
        Fork.Ended fork = Fork.run(FLAGS, limit(), LincheckFork.class, arguments(strategy, operations, PORTIONS));
        assertThat(fork.exitCode()).as(fork.output()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("plants")
    void operations_onAPlantedBug_areNot(Strategy strategy, Class<?> operations, Plant plant) throws IOException {
        plant.compile(directory);
        Fork.Ended fork = Fork.run(directory, FLAGS, limit(), LincheckFork.class, arguments(strategy, operations, 10));
        assertThat(fork.exitCode()).as(fork.output()).isEqualTo(LincheckFork.FOUND);
    }

    private static Stream<Arguments> operations() {
        return Stream.of(Strategy.values())
                .flatMap(strategy -> Stream.of(OneTable.class, TwoTables.class)
                        .map(operations -> Arguments.of(strategy, operations)));
    }

    private static Stream<Arguments> plants() {
        return Stream.of(
                Arguments.of(Strategy.STRESS, OneTable.class, Plants.BASE_BEFORE_THE_LOCKS),
                Arguments.of(Strategy.MODEL, TwoTables.class, Plants.ROOT_BEFORE_ITS_STATES));
    }

    private static String[] arguments(Strategy strategy, Class<?> operations, int portions) {
        return new String[] {
            strategy.name(), operations.getName(), strategy.scenarios * portions + "", strategy.runs + ""
        };
    }

    private static Duration limit() {
        return Duration.ofSeconds(300 + SECONDS);
    }
}
