package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, and beginnings of keys, as people type them. */
final class WrittenKeysTest {
    private enum Colour {
        DARK_BLUE,
        RED,
        Red
    }

    private static final Map<String, KeyType<?>> TYPES = Map.ofEntries(
            Map.entry("UINT8", Keys.UINT8),
            Map.entry("INT32", Keys.INT32),
            Map.entry("INT64", Keys.INT64),
            Map.entry("UINT64", Keys.UINT64),
            Map.entry("BOOLEAN", Keys.BOOLEAN),
            Map.entry("UUID", Keys.UUID),
            Map.entry("BYTES", Keys.BYTES),
            Map.entry("INSTANT", Keys.INSTANT),
            Map.entry("IP_ADDRESS", Keys.IP_ADDRESS),
            Map.entry("IP_PREFIX", Keys.IP_PREFIX),
            Map.entry("ENUM", Keys.enumOf(Colour.class)),
            Map.entry("PAIR", Keys.pair(Keys.INT64, Keys.INSTANT)));

    private static KeyType<?> type(String name) {
        return requireNonNull(TYPES.get(name), name);
    }

    private static <K> String canonical(KeyType<K> type, String text) {
        return type.format(type.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "UINT8,      0xff,                  255",
        "INT32,      -5,                    -5",
        "INT32,      +5,                    5",
        "INT32,      -0x10,                 -16",
        "INT64,      1_000_000,             1000000",
        "UINT64,     0xffffffffffffffff,    18446744073709551615",
        "BOOLEAN,    TRUE,                  true",
        "UUID,       123E4567E89B12D3A456426614174000, 123e4567-e89b-12d3-a456-426614174000",
        "BYTES,      0x00FF1c,              00ff1c",
        "BYTES,      00:ff:1c,              00ff1c",
        "BYTES,      00-ff-1c,              00ff1c",
        "INSTANT,    2026-01-31,            2026-01-31T00:00:00Z",
        "INSTANT,    2026-01-31T08:30,      2026-01-31T08:30:00Z",
        "INSTANT,    2026-01-31 08:30:05.5, 2026-01-31T08:30:05.500Z",
        "INSTANT,    2026-01-31T08:30Z,     2026-01-31T08:30:00Z",
        "INSTANT,    2026-01-31t08:30:00+02:00, 2026-01-31T06:30:00Z",
        "INSTANT,    2026-01-31T08:30+02:00, 2026-01-31T06:30:00Z",
        "IP_ADDRESS, 10.1.2.3,              10.1.2.3",
        "IP_ADDRESS, 2001:db8::1,           2001:db8:0:0:0:0:0:1",
        "IP_PREFIX,  10/8,                  10.0.0.0/8",
        "IP_PREFIX,  10.1/16,               10.1.0.0/16",
        "IP_PREFIX,  10.1.2.3,              10.1.2.3/32",
        "IP_PREFIX,  2001:db8::/32,         2001:db8:0:0:0:0:0:0/32",
        "ENUM,       dark-blue,             DARK_BLUE",
        "ENUM,       Red,                   Red",
        "PAIR,       0x10/2026-01-31,       16/2026-01-31T00:00:00Z",
    })
    void parse_takesWhatPeopleWrite(String type, String text, String canonical) {
        assertThat(canonical(type(type), text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "UINT8, 0x100",
        "INT32, 1__0",
        "INT32, _1",
        "INT32, 0x",
        "INT32, ff",
        "INT32, ''",
        "INT32, --1",
        "INT32, 1_",
        "UINT64, -1",
        "BOOLEAN, yes",
        "UUID, 123e4567",
        "BYTES, 00:f",
        "BYTES, 0:0f",
        "BYTES, 0xf",
        "INSTANT, 2026-02-30",
        "INSTANT, 2026-01-31T25:00",
        "INSTANT, yesterday",
        "IP_ADDRESS, 10.1",
        "IP_ADDRESS, 10",
        "IP_ADDRESS, 10.1.2.256",
        "IP_ADDRESS, example.org",
        "IP_ADDRESS, ''",
        "IP_ADDRESS, 10.1.2.3/32",
        "IP_PREFIX, 10",
        "IP_PREFIX, 10.1.2.3/8",
        "IP_PREFIX, 10./8",
        "IP_PREFIX, /8",
        "ENUM, rEd",
        "ENUM, blue",
    })
    void parse_refusesWhatCouldBeAnything(String type, String text) {
        assertThatThrownBy(() -> type(type).parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.replaceAll("/.*", ""));
    }

    /** Of text, the keys begin with a beginning exactly where the written values do, whatever is in them. */
    @Test
    void parsePrefix_ofComposites_findsWhatIsWrittenWithThatBeginning() {
        Random random = new Random(11);
        var type = Keys.triple(Keys.STRING, Keys.STRING, Keys.STRING);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            String one = type.format(new Triple<>(text(random), text(random), text(random)));
            String other =
                    random.nextInt(4) == 0 ? one : type.format(new Triple<>(text(random), text(random), text(random)));
            String beginning = other.substring(0, random.nextInt(other.length() + 1));
            if (!isCutInAnEscape(beginning)) {
                boolean expected = one.startsWith(beginning);
                found += expected ? 1 : 0;
                assertThat(startsWith(type.encode(type.parse(one)), type.parsePrefix(beginning)))
                        .as("\"%s\" begins with \"%s\"", one, beginning)
                        .isEqualTo(expected);
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    private static boolean isCutInAnEscape(String text) {
        return text.replace("\\\\", "").endsWith("\\");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append("ab/\\\0\u00e9".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    private static boolean startsWith(Key key, Key prefix) {
        return key.length() >= prefix.length()
                && Arrays.equals(key.bytes(), 0, prefix.length(), prefix.bytes(), 0, prefix.length());
    }

    @Test
    void parsePrefix_ofPartsOfFixedLength_takesThemWhole() {
        var type = Keys.triple(Keys.INT64, Keys.STRING, Keys.enumOf(DayOfWeek.class));
        Key key = type.encode(new Triple<>(5L, "eth0", DayOfWeek.MONDAY));
        for (String beginning : new String[] {"", "5", "5/", "5/e", "5/eth0/", "5/eth0/monday"}) {
            assertThat(startsWith(key, type.parsePrefix(beginning)))
                    .as(beginning)
                    .isTrue();
        }
        for (String beginning : new String[] {"4", "5/f", "5/eth/", "5/eth0/friday"}) {
            assertThat(startsWith(key, type.parsePrefix(beginning)))
                    .as(beginning)
                    .isFalse();
        }
        assertThatThrownBy(() -> type.parsePrefix("5/eth0/mon")).hasMessageContaining("mon");
        assertThatThrownBy(() -> type.parsePrefix("5/eth0/monday/x")).hasMessageContaining("4 parts");
    }

    @Test
    void parsePrefix_ofAddresses_isARange() {
        Key prefix = Keys.IP_ADDRESS.parsePrefix("10.1/16");
        assertThat(startsWith(Keys.IP_ADDRESS.encode(Keys.IP_ADDRESS.parse("10.1.2.3")), prefix))
                .isTrue();
        assertThat(startsWith(Keys.IP_ADDRESS.encode(Keys.IP_ADDRESS.parse("10.2.1.3")), prefix))
                .isFalse();
        assertThatThrownBy(() -> Keys.IP_ADDRESS.parsePrefix("10.0.0.0/9")).hasMessageContaining("multiple of 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT32", "UINT64", "BOOLEAN", "UUID", "INSTANT", "ENUM"})
    void parsePrefix_ofWhatHasNone_saysSo(String type) {
        assertThatThrownBy(() -> type(type).parsePrefix("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have no prefix");
    }

    @Test
    void parsePrefix_ofAnOwnType_isTheWholeKey() {
        KeyType<Instant> seconds = new KeyType<>() {
            @Override
            protected void write(Instant value, KeyOutput out) {
                out.writeLong(value.getEpochSecond());
            }

            @Override
            protected Instant read(KeyInput in) {
                return Instant.ofEpochSecond(in.readLong());
            }

            @Override
            public String format(Instant value) {
                return Long.toString(value.getEpochSecond());
            }

            @Override
            public Instant parse(String text) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
        };
        assertThat(seconds.parsePrefix("7")).isEqualTo(seconds.encode(Instant.ofEpochSecond(7)));
    }
}
