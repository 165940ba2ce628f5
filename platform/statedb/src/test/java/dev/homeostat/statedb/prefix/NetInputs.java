package dev.homeostat.statedb.prefix;

import dev.homeostat.api.db.BitPrefix;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.statedb.prefix.NetModel.Question;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws prefixes that lie inside one another: of no bits and of all, of odd lengths, runs of 0x00 and 0xff, of both families, long ones. */
final class NetInputs {
    private final Random random;
    private final boolean byKey;
    private final List<BitPrefix> bits = new ArrayList<>();
    private final List<IpPrefix> nets = new ArrayList<>();

    NetInputs(Random random, boolean byKey) {
        this.random = random;
        this.byKey = byKey;
        for (int i = 0; i < 30; i++) {
            bits.add(freshBits());
            nets.add(freshNet());
        }
    }

    Net net() {
        List<IpPrefix> some = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(pick(nets));
        }
        return new Net(
                random.nextInt(40),
                pick(bits),
                random.nextInt(3) == 0 ? pick(nets) : null,
                List.copyOf(some),
                random.nextInt(3));
    }

    Question question() {
        return switch (random.nextInt(3)) {
            case 0 -> of(byKey ? Net.KEY : Net.SHARED, net -> List.of(Bits.of(net.key())), Bits::of, this::askedBits);
            case 1 -> of(Net.OWN, NetInputs::own, Bits::of, this::askedNet);
            default -> of(Net.NETS, net -> net.nets().stream().map(Bits::of).toList(), Bits::of, this::askedNet);
        };
    }

    private <K> Question of(
            PrefixIndex<Net, K> index,
            Function<Net, List<String>> prefixes,
            Function<K, String> text,
            Supplier<K> draw) {
        K a = draw.get();
        K b = draw.get();
        return switch (random.nextInt(6)) {
            case 0 -> new Question(index.exact(a), prefixes, text.apply(a), null);
            case 1 -> new Question(index.prefix(a), prefixes, text.apply(a), null);
            case 2 -> new Question(index.lowerBound(a), prefixes, text.apply(a), null);
            case 3 -> new Question(index.range(a, b), prefixes, text.apply(a), text.apply(b));
            default -> new Question(index.query(a), prefixes, text.apply(a), null);
        };
    }

    private static List<String> own(Net net) {
        IpPrefix own = net.own();
        return own == null ? List.of() : List.of(Bits.of(own));
    }

    /** A stored prefix, or one that is a bit longer or shorter. */
    private BitPrefix askedBits() {
        BitPrefix some = pick(bits);
        return random.nextBoolean() ? some : random.nextBoolean() ? longer(some) : shorter(some);
    }

    private IpPrefix askedNet() {
        IpPrefix some = pick(nets);
        return switch (random.nextInt(4)) {
            case 0 -> some;
            case 1 -> IpPrefix.containing(some.address(), random.nextInt(some.length() + 1));
            default -> IpPrefix.of(inside(some));
        };
    }

    private BitPrefix freshBits() {
        return switch (random.nextInt(10)) {
            case 0 -> BitPrefix.of(new byte[0]);
            case 1 -> run(0x00, random.nextInt(200));
            case 2 -> run(0xff, random.nextInt(200));
            case 3 -> run(0x5a, 8 * 1024 - random.nextInt(20));
            case 4 -> run(random.nextInt(256), 8 * (1 + random.nextInt(20)));
            default -> bits.isEmpty() ? run(0x80, 3) : longer(pick(bits));
        };
    }

    private IpPrefix freshNet() {
        int bytes = random.nextBoolean() ? 4 : 16;
        return switch (random.nextInt(8)) {
            case 0 -> IpPrefix.containing(filled(bytes, 0), random.nextInt(bytes * 8 + 1));
            case 1 -> IpPrefix.containing(filled(bytes, 0xff), random.nextInt(bytes * 8 + 1));
            case 2 -> IpPrefix.containing(filled(bytes, 0x0a), bytes * 8);
            case 3 -> IpPrefix.containing(filled(bytes, 0x0a), 0);
            default -> {
                IpPrefix outer = nets.isEmpty() ? IpPrefix.parse("10.0.0.0/9") : pick(nets);
                InetAddress inside = inside(outer); // of version 4 where it is such a one in the form of version 6
                int all = inside.getAddress().length * 8;
                yield IpPrefix.containing(inside, random.nextInt(Math.min(outer.length(), all), all + 1));
            }
        };
    }

    private BitPrefix longer(BitPrefix prefix) {
        int length = prefix.length() + 1 + random.nextInt(70);
        byte[] bytes = Arrays.copyOf(prefix.bytes(), length / 8 + 1);
        for (int bit = prefix.length(); bit < length; bit++) {
            if (random.nextInt(4) == 0) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        return BitPrefix.of(bytes, length);
    }

    private BitPrefix shorter(BitPrefix prefix) {
        return BitPrefix.of(prefix.bytes(), random.nextInt(prefix.length() + 1));
    }

    private static BitPrefix run(int value, int length) {
        byte[] bytes = new byte[length / 8 + 1];
        Arrays.fill(bytes, (byte) value);
        return BitPrefix.of(bytes, length);
    }

    /** Some address of that range, often the first or the last one. */
    private InetAddress inside(IpPrefix prefix) {
        byte[] bytes = prefix.address().getAddress();
        int mode = random.nextInt(3);
        for (int bit = prefix.length(); bit < bytes.length * 8; bit++) {
            if (mode == 1 || (mode == 2 && random.nextBoolean())) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        return address(bytes);
    }

    private static InetAddress filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private <E extends @Nullable Object> E pick(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }
}
