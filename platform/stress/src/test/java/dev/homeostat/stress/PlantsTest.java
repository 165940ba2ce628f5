package dev.homeostat.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.plants.Plant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A race that finds nothing may be blind: each must see the bugs that are planted for it. */
final class PlantsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("plants")
    void race_onAPlantedBug_showsWhatIsForbidden(String name, Plant plant, Class<?> race) throws IOException {
        plant.compile(directory);
        RaceReport report = RaceReport.ofPlanted(race.getName(), directory);
        assertThat(!report.forbidden().isEmpty() || report.brokeInside())
                .as(name + " must see that " + plant + "\n" + report.output())
                .isTrue();
    }

    @Test
    void plant_whoseTextIsNotThere_needsCare() {
        Plant plant = Plant.inStatedb("engine/Root.java", "nothing", "no such text", "");
        assertThatThrownBy(plant::planted)
                .hasMessageContaining("\"nothing\" needs care")
                .hasMessageContaining("0 times");
    }

    @Test
    void plant_whoseTextIsThereTwice_needsCare() {
        Plant plant = Plant.inStatedb("engine/Root.java", "nothing", "this.", "");
        assertThatThrownBy(plant::planted).hasMessageContaining("2 times");
    }

    @Test
    void plant_thatDoesNotCompile_needsCare() {
        Plant plant = Plant.inStatedb("engine/Root.java", "nothing", "final class Root", "final clazz Root");
        assertThatThrownBy(() -> plant.compile(directory)).hasMessageContaining("does not compile");
    }

    @Test
    void plant_inAFile_changesItsOneTextWhateverTheWhiteSpace() throws IOException {
        Path file = directory.resolve("Some.java");
        Files.writeString(file, "a b\n   c d");
        assertThat(new Plant("some", file, "b c", "x").planted()).isEqualTo("a x d");
    }

    private static Stream<Arguments> plants() {
        return Plants.BY_RACE.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(plant -> Arguments.of(entry.getKey().getSimpleName(), plant, entry.getKey())));
    }
}
