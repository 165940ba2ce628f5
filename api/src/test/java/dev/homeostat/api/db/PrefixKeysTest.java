package dev.homeostat.api.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.internal.BitKeys;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Promise A27: keys of prefixes order by their bits and shorter first, say how many bits count, and can be taken back. */
final class PrefixKeysTest {
    private static final List<String> INVALID_BITS =
            List.of("c0/12", "c0a8/12", "c0/-1", "c0/x", "c0/", "c/4", "zz/8", "/1");

    @Test
    void promise_A27_bitPrefixes_orderByTheirBits_andComeBack() {
        property(Keys.BIT_PREFIX, PrefixKeysTest::bitPrefix, PrefixKeysTest::bits);
    }

    @Test
    void promise_A27_ipPrefixes_orderByTheirBits_andComeBack() {
        property(Keys.IP_PREFIX, PrefixKeysTest::ipPrefix, prefix -> {
            byte[] address = prefix.address().getAddress();
            return address.length / 4 + bits(BitPrefix.of(address, prefix.length()));
        });
    }

    @Test
    void promise_A27_compositesOfPrefixes_areDelimited() {
        var pairs = Keys.pair(Keys.BIT_PREFIX, Keys.BIT_PREFIX);
        Random random = new Random(27);
        for (int i = 0; i < 2000; i++) {
            var a = new Pair<>(bitPrefix(random), bitPrefix(random));
            var b = new Pair<>(random.nextBoolean() ? a.first() : bitPrefix(random), bitPrefix(random));
            assertThat(pairs.decode(pairs.encode(a))).isEqualTo(a);
            assertThat(pairs.parse(pairs.format(a))).isEqualTo(a);
            int expected = bits(a.first()).equals(bits(b.first()))
                    ? bits(a.second()).compareTo(bits(b.second()))
                    : bits(a.first()).compareTo(bits(b.first()));
            assertThat(Integer.signum(pairs.encode(a).compareTo(pairs.encode(b))))
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void promise_A27_oneContainsAnother_whenItsBitsAreTheFirstOnes() {
        Random random = new Random(27);
        for (int i = 0; i < 5000; i++) {
            BitPrefix a = bitPrefix(random);
            BitPrefix b =
                    random.nextBoolean() ? bitPrefix(random) : BitPrefix.of(a.bytes(), random.nextInt(a.length() + 1));
            assertThat(Keys.BIT_PREFIX.contains(b, a)).as("%s, %s", b, a).isEqualTo(bits(a).startsWith(bits(b)));
            byte[] inner = Keys.BIT_PREFIX.encode(a).bytes();
            byte[] outer = Keys.BIT_PREFIX.encode(b).bytes();
            assertThat(bits(BitPrefix.of(inner, BitKeys.bits(inner)))
                            .startsWith(bits(BitPrefix.of(outer, BitKeys.bits(outer)))))
                    .as("encoded %s, %s", b, a)
                    .isEqualTo(bits(a).startsWith(bits(b)));
        }
        assertThat(IpPrefix.parse("10.0.0.0/8").contains(IpPrefix.parse("10.0.0.0/8")))
                .isTrue();
        assertThat(IpPrefix.parse("10.0.0.0/8").contains(IpPrefix.parse("10.0.0.0/7")))
                .isFalse();
        assertThat(IpPrefix.parse("10.0.0.0/8").contains(IpPrefix.parse("11.0.0.0/9")))
                .isFalse();
        assertThat(Keys.IP_PREFIX.contains(IpPrefix.parse("0.0.0.0/0"), IpPrefix.parse("::/0")))
                .isFalse();
    }

    @Test
    void promise_A27_malformedBytes_areRejectedOrGivenBack() {
        Random random = new Random(28);
        byte[] alphabet = {
            0, 4, 16, (byte) 0x80, (byte) 0xbe, (byte) 0xbf, (byte) 0xde, (byte) 0xfd, (byte) 0xfe, (byte) 0xff
        };
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[List.of(0, 1, 6, 9, 18, 18, 27, 30).get(random.nextInt(8))];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = random.nextInt(3) == 0 ? alphabet[random.nextInt(alphabet.length)] : 0;
            }
            rejectOrGiveBack(Keys.BIT_PREFIX, Key.of(bytes));
            rejectOrGiveBack(Keys.IP_PREFIX, Key.of(bytes));
        }
    }

    private static <K> void rejectOrGiveBack(PrefixKey<K> type, Key key) {
        K value;
        try {
            value = type.decode(key);
        } catch (IllegalArgumentException expected) {
            return;
        }
        assertThat(type.encode(value)).isEqualTo(key);
        assertThat(BitKeys.isKey(key.bytes())).isTrue();
    }

    @Test
    void promise_A27_texts() {
        assertThat(BitPrefix.parse("c0a0/12")).isEqualTo(BitPrefix.of(new byte[] {(byte) 0xc0, (byte) 0xaf}, 12));
        assertThat(BitPrefix.parse("C0A0/12")).hasToString("c0a0/12");
        assertThat(BitPrefix.parse("c000/3")).hasToString("c0/3");
        assertThat(BitPrefix.parse("c0a8")).hasToString("c0a8/16");
        assertThat(BitPrefix.parse("/0")).isEqualTo(BitPrefix.of(new byte[0])).hasToString("/0");
        assertThat(IpPrefix.of(InetAddress.ofLiteral("10.1.2.3"))).hasToString("10.1.2.3/32");
        assertThat(IpPrefix.of(InetAddress.ofLiteral("::1")).length()).isEqualTo(128);
    }

    @Test
    void promise_A27_wrongTextsAndLengths_nameValueAndBound() {
        assertThatThrownBy(() -> BitPrefix.parse("c0/12"))
                .hasMessageContaining("c0/12")
                .hasMessageContaining("0 to 8");
        assertThatThrownBy(() -> BitPrefix.parse("c0a8/12"))
                .hasMessageContaining("c0a8/12")
                .hasMessageContaining("c0a0/12");
        assertThatThrownBy(() -> BitPrefix.parse("c0/x"))
                .hasMessageContaining("c0/x")
                .hasMessageContaining("bits");
        assertThatThrownBy(() -> BitPrefix.of(new byte[2], 17))
                .hasMessageContaining("17")
                .hasMessageContaining("0 to 16");
        assertThatThrownBy(() -> BitPrefix.of(new byte[BitPrefix.MAX_LENGTH / 8 + 1]))
                .hasMessageContaining("0 to " + BitPrefix.MAX_LENGTH);
        for (String text : INVALID_BITS) {
            assertThatThrownBy(() -> Keys.BIT_PREFIX.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void promise_A27_bitPrefixes_areValues_thatNobodyCanChange() {
        byte[] bytes = {1, 2};
        BitPrefix prefix = BitPrefix.of(bytes);
        bytes[0] = 9;
        prefix.bytes()[1] = 9;
        assertThat(prefix).isEqualTo(BitPrefix.parse("0102")).hasSameHashCodeAs(BitPrefix.parse("0102"));
        assertThat(prefix).isNotEqualTo(BitPrefix.parse("0102/15")).isNotEqualTo(null);
    }

    @Test
    void promise_A27_ipv4InTheFormOfIpv6_isIpv4() throws Exception {
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 16, (byte) 0xff);
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(IpPrefix.of(address)).hasToString("255.255.255.255/32");
        assertThat(IpPrefix.containing(address, 8)).hasToString("255.0.0.0/8");
        assertThatThrownBy(() -> new IpPrefix(address, 96)).hasMessageContaining("0 to 32");
    }

    private static <K> void property(PrefixKey<K> type, Function<Random, K> draw, Function<K, String> bits) {
        long seed = Long.getLong("keys.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            K a = draw.apply(random);
            K b = draw.apply(random);
            String about = "seed " + seed + ": " + type.format(a) + " and " + type.format(b);
            assertThat(Integer.signum(type.encode(a).compareTo(type.encode(b))))
                    .as(about)
                    .isEqualTo(Integer.signum(bits.apply(a).compareTo(bits.apply(b))));
            assertThat(type.decode(type.encode(a))).as(about).isEqualTo(a);
            assertThat(type.parse(type.format(a))).as(about).isEqualTo(a);
        }
    }

    private static String bits(BitPrefix prefix) {
        StringBuilder bits = new StringBuilder();
        byte[] bytes = prefix.bytes();
        for (int i = 0; i < prefix.length(); i++) {
            bits.append((bytes[i / 8] & 0x80 >> i % 8) == 0 ? '0' : '1');
        }
        return bits.toString();
    }

    private static BitPrefix bitPrefix(Random random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(40) : 17];
        int fill = random.nextInt(3);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(12) == 0 ? random.nextInt() : -(fill & 1));
        }
        int length = bytes.length * 8;
        return BitPrefix.of(
                bytes, random.nextBoolean() ? random.nextInt(length + 1) : Math.min(length, 63 + random.nextInt(4)));
    }

    private static IpPrefix ipPrefix(Random random) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        Arrays.fill(bytes, (byte) -random.nextInt(2));
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        return IpPrefix.containing(IpPrefix.of(bytes), random.nextInt(bytes.length * 8 + 1));
    }
}
