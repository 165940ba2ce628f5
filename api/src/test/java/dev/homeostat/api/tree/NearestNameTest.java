package dev.homeostat.api.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "files,files,0",
        "fils,files,1",
        "fiels,files,1",
        "filse,files,1",
        "abcd,badc,2",
        "ca,abc,3",
        "'',files,5",
        "kitten,sitting,3"
    })
    void distance_ofTwoWords_countsEdits(String a, String b, int expected) {
        assertThat(NearestName.distance(a, b)).isEqualTo(expected);
        assertThat(NearestName.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void find_takesTheNearest_andOfEqualsTheFirstInTheAlphabet() {
        assertThat(NearestName.find("memo", List.of("demos", "memos"))).contains("memos");
        assertThat(NearestName.find("memx", List.of("memz", "memy"))).contains("memy");
        assertThat(NearestName.find("quite-another", List.of("files", "memos"))).isEmpty();
    }

    @Test
    void find_ignoresCaseAndHyphens() {
        assertThat(NearestName.find("RetryMin", List.of("retry-max", "retry-min")))
                .contains("retry-min");
    }

    @Test
    void find_ofWhatNobodyTypes_isEmpty_andTakesNoTime() {
        String long1 = "x".repeat(2_000_000);
        assertThat(NearestName.find(long1, List.of(long1.substring(1), "x"))).isEmpty();
        assertThat(NearestName.find("x", List.of(long1))).isEmpty();
    }
}
