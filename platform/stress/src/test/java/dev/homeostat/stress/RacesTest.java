package dev.homeostat.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.infra.runners.TestList;

/** Each race on the code as it is: nothing forbidden, and everything that must be seen was seen. */
final class RacesTest {
    private static final Duration SHORTEST = Duration.ofMillis(300);
    private static final long SECONDS = Long.getLong("stress.seconds", 0);

    /** How the JVM compiles: as usual; by C1 alone; by C2 alone; by a C2 that is told to put instructions into an unusual order. */
    private static final List<String> COMPILATIONS = List.of(
            "-XX:+TieredCompilation",
            "-XX:TieredStopAtLevel=1",
            "-XX:-TieredCompilation",
            "-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM -XX:+StressIGVN -XX:+StressCCP");

    /** By name: jcstress finds them all, also one that nobody wrote down elsewhere. */
    private static final Collection<String> RACES = TestList.tests();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("races")
    void race_onTheCodeAsItIs_showsNothingForbiddenAndWasOne(String race, String compilation) {
        RaceReport report = RaceReport.ofSound(race, time(), compilation.split(" "));
        assertThat(report.status()).as(report.output()).isEqualTo("NORMAL");
        assertThat(report.forbidden()).as(report.output()).isEmpty();
        assertThat(report.missed()).as(report.output()).isEmpty();
    }

    @Test
    void races_haveEachABugThatTheyMustFind() {
        assertThat(Plants.BY_RACE.keySet().stream().map(Class::getName))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(RACES);
    }

    private static Stream<Arguments> races() {
        List<String> compilations = SECONDS > 0 ? COMPILATIONS : COMPILATIONS.subList(0, 1);
        return compilations.stream().flatMap(how -> RACES.stream().sorted().map(race -> Arguments.of(race, how)));
    }

    private static Duration time() {
        Duration share = Duration.ofSeconds(SECONDS).dividedBy((long) RACES.size() * COMPILATIONS.size());
        return share.compareTo(SHORTEST) > 0 ? share : SHORTEST;
    }
}
