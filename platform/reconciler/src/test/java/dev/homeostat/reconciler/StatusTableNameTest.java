package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StatusTableNameTest {
    @Test
    void of_anyNames_isATableName() {
        String longest = "a" + "_".repeat(30);
        assertThat(StatusTableName.of(longest, longest)).matches("[a-z][a-z0-9_\\-]{0,30}");
        assertThat(StatusTableName.of("a", "b"))
                .matches("[a-z][a-z0-9_\\-]{0,30}")
                .startsWith("a-b-");
    }

    @Test
    void of_namesThatReadAlike_differs() {
        String longest = "a".repeat(31);
        assertThat(StatusTableName.of("a-b", "c")).isNotEqualTo(StatusTableName.of("a", "b-c"));
        assertThat(StatusTableName.of(longest, "x")).isNotEqualTo(StatusTableName.of(longest, "y"));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(names.add(StatusTableName.of("files", "r" + i))).isTrue();
        }
    }
}
