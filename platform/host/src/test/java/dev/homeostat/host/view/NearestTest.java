package dev.homeostat.host.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
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
        assertThat(Nearest.distance(a, b)).isEqualTo(expected);
        assertThat(Nearest.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void hint_withNothingNear_saysNothing() {
        assertThat(Nearest.hint("quite-another", List.of("files", "memos"))).isEmpty();
    }

    @Test
    void hint_withSeveralNear_takesTheNearest() {
        assertThat(Nearest.hint("memo", List.of("demos", "memos"))).isEqualTo("did you mean \"memos\"? ");
    }
}
