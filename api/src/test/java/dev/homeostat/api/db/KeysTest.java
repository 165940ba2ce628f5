package dev.homeostat.api.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Promise A6: keys order as their values do, and can be taken back, as bytes and as text. */
final class KeysTest {
    private static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned);
    private static final Comparator<InetAddress> BY_BYTES = Comparator.<InetAddress>comparingInt(
                    address -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);
    private static final Comparator<IpPrefix> BY_PREFIX =
            Comparator.comparing(IpPrefix::address, BY_BYTES).thenComparingInt(IpPrefix::length);

    @Test
    void promise_A6_unsignedNumbers() {
        property(Keys.UINT8, random -> random.nextInt(256), Comparator.naturalOrder());
        property(Keys.UINT16, random -> random.nextInt(65_536), Comparator.naturalOrder());
        property(Keys.UINT32, random -> random.nextLong(1L << 32), Comparator.naturalOrder());
        property(Keys.UINT64, random -> number(random), Long::compareUnsigned);
        assertThat(Keys.UINT64.format(-1L))
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE).toString());
    }

    @Test
    void promise_A6_signedNumbers() {
        property(Keys.INT8, random -> random.nextInt(-128, 128), Comparator.naturalOrder());
        property(Keys.INT16, random -> random.nextInt(-32_768, 32_768), Comparator.naturalOrder());
        property(Keys.INT32, random -> (int) number(random), Comparator.naturalOrder());
        property(Keys.INT64, KeysTest::number, Comparator.naturalOrder());
        assertThat(Keys.INT64.encode(Long.MIN_VALUE)).isLessThan(Keys.INT64.encode(Long.MAX_VALUE));
    }

    @Test
    void promise_A6_otherValues() {
        property(Keys.BOOLEAN, Random::nextBoolean, Comparator.naturalOrder());
        property(Keys.STRING, KeysTest::text, BY_CODE_POINT);
        property(Keys.UUID, random -> new UUID(number(random), number(random)), Comparator.comparing(UUID::toString));
        property(
                Keys.INSTANT,
                random -> Instant.ofEpochSecond(
                        random.nextLong(-99_999_999_999L, 99_999_999_999L), random.nextInt(1_000_000_000)),
                Comparator.naturalOrder());
        property(
                Keys.enumOf(DayOfWeek.class), random -> DayOfWeek.of(1 + random.nextInt(7)), Comparator.naturalOrder());
    }

    @Test
    void promise_A6_addressesAndPrefixes() {
        property(Keys.IP_ADDRESS, KeysTest::address, BY_BYTES);
        property(
                Keys.IP_PREFIX,
                random -> {
                    InetAddress address = address(random);
                    return IpPrefix.containing(address, random.nextInt(address.getAddress().length * 8 + 1));
                },
                BY_PREFIX);
    }

    @Test
    void promise_A6_bytes() {
        Random random = new Random(6);
        for (int i = 0; i < 1000; i++) {
            byte[] a = bytes(random);
            byte[] b = bytes(random);
            assertThat(Keys.BYTES.decode(Keys.BYTES.encode(a))).isEqualTo(a);
            assertThat(Keys.BYTES.parse(Keys.BYTES.format(a))).isEqualTo(a);
            assertThat(Integer.signum(Keys.BYTES.encode(a).compareTo(Keys.BYTES.encode(b))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
        }
    }

    @Test
    void promise_A6_composites() {
        var pairs = Keys.pair(Keys.STRING, Keys.STRING);
        property(
                pairs,
                random -> new Pair<>(text(random), text(random)),
                Comparator.<Pair<String, String>, String>comparing(Pair::first, BY_CODE_POINT)
                        .thenComparing(Pair::second, BY_CODE_POINT));
        property(
                Keys.pair(pairs, Keys.UINT8),
                random -> new Pair<>(new Pair<>(text(random), text(random)), random.nextInt(256)),
                Comparator.<Pair<Pair<String, String>, Integer>, String>comparing(
                                pair -> pair.first().first(), BY_CODE_POINT)
                        .thenComparing(pair -> pair.first().second(), BY_CODE_POINT)
                        .thenComparing(Pair::second));
        property(
                Keys.triple(Keys.STRING, Keys.INT64, Keys.STRING),
                random -> new Triple<>(text(random), number(random), text(random)),
                Comparator.<Triple<String, Long, String>, String>comparing(Triple::first, BY_CODE_POINT)
                        .thenComparing(Triple::second)
                        .thenComparing(Triple::third, BY_CODE_POINT));
    }

    @Test
    void promise_A7_leadingPartsOfACompositeMatchNoLongerPart() {
        Random random = new Random(7);
        var triples = Keys.triple(Keys.STRING, Keys.STRING, Keys.INT64);
        for (int i = 0; i < 2000; i++) {
            var a = new Triple<>(text(random), text(random), number(random));
            String first = random.nextBoolean() ? a.first() : text(random);
            String second = random.nextBoolean() ? a.second() : text(random);
            assertThat(startsWith(triples.encode(a), triples.leading(first)))
                    .isEqualTo(a.first().equals(first));
            assertThat(startsWith(triples.encode(a), triples.leading(first, second)))
                    .isEqualTo(a.first().equals(first) && a.second().equals(second));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Keys.UINT8.encode(256))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("256")
                .hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> Keys.STRING.encode("a\ud800")).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> Keys.INT32.parse("12x")).hasMessageContaining("12x");
        assertThatThrownBy(() -> Keys.INT32.parse("2147483648")).hasMessageContaining("2147483648");
        assertThatThrownBy(() -> Keys.INT32.decode(Key.of((byte) 1))).hasMessageContaining("too short");
        assertThatThrownBy(() -> Keys.INT8.decode(Key.of((byte) 1, (byte) 2))).hasMessageContaining("too many");
        assertThatThrownBy(() -> Keys.enumOf(DayOfWeek.class).parse("FUNDAY")).hasMessageContaining("MONDAY");
        assertThatThrownBy(() -> IpPrefix.parse("10.1.2.3/8")).hasMessageContaining("10.0.0.0");
        assertThatThrownBy(() -> IpPrefix.parse("10.0.0.0/33")).hasMessageContaining("0 to 32");
        assertThatThrownBy(() -> Keys.UUID.parse("1-2-3-4-5")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Keys.pair(Keys.STRING, Keys.STRING).parse("a/b/c"))
                .hasMessageContaining("3 parts");
    }

    @Test
    void everyKeyTypeRejectsBytesOrGivesThemBack() {
        Random random = new Random(8);
        List<KeyType<?>> types = List.of(
                Keys.UINT8,
                Keys.INT16,
                Keys.UINT32,
                Keys.INT64,
                Keys.BOOLEAN,
                Keys.UUID,
                Keys.INSTANT,
                Keys.IP_ADDRESS,
                Keys.IP_PREFIX,
                Keys.BYTES,
                Keys.enumOf(DayOfWeek.class),
                Keys.pair(Keys.BYTES, Keys.UINT8),
                Keys.pair(Keys.IP_PREFIX, Keys.BYTES));
        for (int i = 0; i < 20_000; i++) {
            reject(types.get(random.nextInt(types.size())), Key.of(bytes(random)));
        }
    }

    private static <K> void reject(KeyType<K> type, Key key) {
        K value;
        try {
            value = type.decode(key);
        } catch (IllegalArgumentException expected) {
            return;
        }
        assertThat(type.encode(value)).isEqualTo(key);
    }

    @Test
    void kind_saysWhatToWrite() {
        assertThat(Keys.STRING.kind()).isEqualTo("text");
        assertThat(Keys.UINT8.kind()).isEqualTo("whole numbers from 0 to 255");
        assertThat(Keys.enumOf(DayOfWeek.class).kind()).startsWith("of [MONDAY, ");
        assertThat(Keys.pair(Keys.STRING, Keys.IP_PREFIX).kind())
                .isEqualTo("2 parts with slashes between them: text; IP prefixes, such as 10.0.0.0/8");
        assertThat(List.of(
                        Keys.BYTES,
                        Keys.UINT64,
                        Keys.BOOLEAN,
                        Keys.UUID,
                        Keys.INSTANT,
                        Keys.IP_ADDRESS,
                        Keys.BIT_PREFIX,
                        Keys.triple(Keys.STRING, Keys.INT8, Keys.INT8)))
                .allSatisfy(type -> assertThat(type.kind()).isNotEmpty());
    }

    private static <K> void property(KeyType<K> type, Function<Random, K> draw, Comparator<K> order) {
        long seed = Long.getLong("keys.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            K a = draw.apply(random);
            K b = draw.apply(random);
            String about = "seed " + seed + ": " + type.format(a) + " and " + type.format(b);
            assertThat(Integer.signum(type.encode(a).compareTo(type.encode(b))))
                    .as(about)
                    .isEqualTo(Integer.signum(order.compare(a, b)));
            assertThat(type.decode(type.encode(a))).as(about).isEqualTo(a);
            assertThat(type.parse(type.format(a))).as(about).isEqualTo(a);
        }
    }

    private static boolean startsWith(Key key, Key prefix) {
        return key.toString().startsWith(prefix.toString());
    }

    private static long number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(-3, 3);
            case 2 -> 1L << random.nextInt(64);
            default -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
        };
    }

    private static String text(Random random) {
        int[] alphabet = {0, 1, 'a', 'b', '/', '\\', 0xff, 0x100, 0xffff, 0x1f600};
        return random.ints(random.nextInt(4), 0, alphabet.length)
                .map(i -> alphabet[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(Random random) {
        byte[] alphabet = {0, 1, 4, 16, 127, -128, -1};
        byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 20 : 4)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return bytes;
    }

    private static InetAddress address(Random random) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            Arrays.fill(bytes, 1, bytes.length, (byte) 0);
        }
        return IpPrefix.of(bytes);
    }
}
