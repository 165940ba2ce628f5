package dev.homeostat.statedb.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model test itself: it finds faults that are planted, names the seed, and the seed alone gives the same run again. */
final class PlantedFaultsTest {
    private static final Pattern COMMAND = Pattern.compile("mvn .* -Dtest=ModelTest .*-Dstatedb\\.seed=(\\d+) test");

    @ParameterizedTest
    @EnumSource(Planted.class)
    void aPlantedFault_isFound_andItsSeedReplaysIt(Planted planted) {
        Throwable found = null;
        for (long seed = 1; found == null && seed <= 60; seed++) {
            found = fail(seed, planted);
        }
        assertThat(found).as("%s was found", planted).isNotNull();
        Matcher command = COMMAND.matcher(String.valueOf(found.getMessage()));
        assertThat(command.find()).isTrue();
        Throwable again = fail(Long.parseLong(command.group(1)), planted);
        assertThat(again).isNotNull().hasMessage(found.getMessage());
        assertThat(again)
                .cause()
                .hasMessage(String.valueOf(requireNonNull(found.getCause()).getMessage()));
    }

    @Test
    void twoRunsOfASeed_doTheSame_andAnotherSeedDoesNot() {
        assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
    }

    @Test
    void aFault_namesTheSeedAndTheStepsBeforeIt() {
        assertThatThrownBy(() -> Seeds.run(3, Planted.COUNT_IS_WRONG::in))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 3 failed")
                .hasMessageContaining("-Dstatedb.seed=3 test")
                .hasMessageContaining("the last ones");
    }

    private static @Nullable Throwable fail(long seed, Planted planted) {
        return catchThrowable(() -> Seeds.run(seed, planted::in));
    }

    private static String digest(long seed) {
        Scenario scenario = new Scenario(new Random(seed), table -> table);
        scenario.run(400);
        return scenario.trace().toString();
    }
}
