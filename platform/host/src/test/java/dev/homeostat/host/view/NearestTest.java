package dev.homeostat.host.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
    @Test
    void hint_withNothingNear_saysNothing() {
        assertThat(Nearest.hint("quite-another", List.of("files", "memos"))).isEmpty();
    }

    @Test
    void hint_withSeveralNear_takesTheNearest() {
        assertThat(Nearest.hint("memo", List.of("demos", "memos"))).isEqualTo("did you mean \"memos\"? ");
    }
}
