package dev.homeostat.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void of_everyCharacterOfThePlane_leavesNothingThatATerminalObeys() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String shown = Printable.of("a" + (char) c + "b");
            assertThat(shown.chars().noneMatch(PrintableTest::isObeyed))
                    .as("U+%04X", c)
                    .isTrue();
            String json = Json.compact(String.valueOf((char) c));
            assertThat(json.chars().noneMatch(PrintableTest::isObeyed))
                    .as("U+%04X in JSON", c)
                    .isTrue();
            assertThat(Json.parse(json)).as("U+%04X in JSON, read again", c).isEqualTo(String.valueOf((char) c));
        }
    }

    private static boolean isObeyed(int c) {
        return c < 0x20
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200e
                || c == 0x200f
                || c == 0x2028
                || c == 0x2029
                || c == 0xfeff;
    }

    @Test
    void of_ordinaryText_isTheSame() {
        assertThat(Printable.of("grüße 日本 🙂 \\n")).isEqualTo("grüße 日本 🙂 \\n");
    }

    @Test
    void width_countsColumns() {
        assertThat(Printable.width("abc")).isEqualTo(3);
        assertThat(Printable.width("日本")).isEqualTo(4);
        assertThat(Printable.width("🙂")).isEqualTo(2);
        assertThat(Printable.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void cut_neverSplitsACharacter() {
        assertThat(Printable.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(Printable.cut("日本語", 4)).isEqualTo("日…");
        assertThat(Printable.cut("🙂🙂🙂", 4)).isEqualTo("🙂…");
        assertThat(Printable.cut("abcd", 4)).isEqualTo("abcd");
    }

    @Test
    void json_writtenAndRead_isTheSame() {
        Object value = Map.of("a", List.of(1L, 2.5, true, "x\"\\\n\t\u0000"), "b", Map.of(), "c", List.of());
        assertThat(Json.compact(Json.parse(Json.compact(value)))).isEqualTo(Json.compact(value));
        assertThat(Json.compact(Json.parse(Json.pretty(value)))).isEqualTo(Json.compact(value));
    }
}
