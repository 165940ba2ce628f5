package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws rows whose keys are unpleasant: empty, runs of 0x00 and 0xff, shared prefixes, long ones, extremes of numbers. */
final class Inputs {
    private final Random random;
    private final List<Key> pool = new ArrayList<>();

    Inputs(Random random) {
        this.random = random;
        for (int i = 0; i < 24; i++) {
            pool.add(fresh());
        }
    }

    Item item() {
        List<Key> tags = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add(key());
        }
        return new Item(
                key(),
                number(),
                random.nextInt(3) == 0 ? key() : null,
                List.copyOf(tags),
                random.nextInt(-2, 3),
                random.nextInt(3));
    }

    Key key() {
        return pool.get(random.nextInt(pool.size()));
    }

    /** A prefix of some key, or a key with something after it. */
    Key prefix() {
        byte[] bytes = key().bytes();
        return Key.of(Arrays.copyOf(bytes, random.nextInt(bytes.length + 2)));
    }

    long number() {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> -1;
            default -> random.nextInt(80);
        };
    }

    private Key fresh() {
        return switch (random.nextInt(8)) {
            case 0 -> Key.of();
            case 1 -> run((byte) 0, random.nextInt(4));
            case 2 -> run((byte) 0xff, random.nextInt(4));
            case 3 -> longKey();
            case 4 -> Key.of((byte) random.nextInt(256));
            default -> pool.isEmpty() ? Key.of((byte) 'a') : longer(pool.get(random.nextInt(pool.size())));
        };
    }

    private Key longKey() {
        byte[] bytes = run((byte) 7, 1024).bytes();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        return Key.of(bytes);
    }

    private Key longer(Key key) {
        byte[] more = Arrays.copyOf(key.bytes(), key.length() + 1 + random.nextInt(3));
        for (int i = key.length(); i < more.length; i++) {
            more[i] = new byte[] {0, 1, (byte) 0xff, 'a', 'b'}[random.nextInt(5)];
        }
        return Key.of(more);
    }

    private static Key run(byte value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return Key.of(bytes);
    }
}
