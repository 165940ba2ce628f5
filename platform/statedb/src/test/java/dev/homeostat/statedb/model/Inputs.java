package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws rows and queries whose keys are unpleasant: empty, runs of 0x00 and 0xff, shared prefixes, long ones, extremes of numbers. */
final class Inputs {
    private static final byte[] TAILS = {0, 1, (byte) 0xff, 'a', 'b'};

    private final Random random;
    private final int numbers;
    private final List<Key> pool = new ArrayList<>();

    /** As many different keys, and three times as many numbers. */
    Inputs(Random random, int keys) {
        this.random = random;
        this.numbers = keys * 3;
        for (int i = 0; i < keys; i++) {
            pool.add(fresh());
        }
    }

    Item item() {
        Item.Fault[] faults = Item.Fault.values();
        return new Item(
                key(),
                number(),
                random.nextInt(3) == 0 ? key() : null,
                keys(4),
                random.nextBoolean() ? keys(3) : List.of(),
                random.nextInt(-2, 3),
                random.nextInt(3),
                random.nextInt(20) == 0 ? faults[random.nextInt(faults.length)] : Item.Fault.NONE);
    }

    Key key() {
        return pool.get(random.nextInt(pool.size()));
    }

    /** A query of any index of that shape, of any kind. */
    Query<Item> query(Shape shape) {
        Index<Item, ?> index =
                shape.indexes().get(random.nextInt(shape.indexes().size()));
        if (index == Item.GROUP) {
            return query(Item.GROUP, random.nextInt(-3, 4), random.nextInt(-3, 4));
        }
        return index == Item.NUMBER ? query(Item.NUMBER, number(), number()) : query(bytes(index));
    }

    /** A lookup by any unique index of that shape. */
    Query<Item> lookup(Shape shape) {
        List<Index<Item, ?>> unique =
                shape.indexes().stream().filter(Index::isUnique).toList();
        Index<Item, ?> index = unique.get(random.nextInt(unique.size()));
        return index == Item.NUMBER ? Item.NUMBER.query(number()) : bytes(index).query(key());
    }

    private Query<Item> query(LongIndex<Item> index, long one, long other) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> index.query(one);
            case 2 -> index.lowerBound(one);
            default -> index.range(one, other);
        };
    }

    private Query<Item> query(Index<Item, Key> index) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> index.query(key());
            case 2 -> index.query(prefix());
            case 3 -> index.prefix(prefix());
            case 4 -> index.lowerBound(prefix());
            default -> index.range(prefix(), prefix());
        };
    }

    @SuppressWarnings("unchecked") // all but the two on numbers are on bytes
    private static Index<Item, Key> bytes(Index<Item, ?> index) {
        return (Index<Item, Key>) index;
    }

    /** A prefix of some key, or a key with something after it. */
    private Key prefix() {
        byte[] bytes = key().bytes();
        return Key.of(Arrays.copyOf(bytes, random.nextInt(bytes.length + 2)));
    }

    private List<Key> keys(int below) {
        List<Key> keys = new ArrayList<>();
        for (int i = random.nextInt(below); i > 0; i--) {
            keys.add(key());
        }
        return List.copyOf(keys);
    }

    private long number() {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> -1;
            default -> random.nextInt(numbers);
        };
    }

    private Key fresh() {
        return switch (random.nextInt(8)) {
            case 0 -> Key.of();
            case 1 -> run((byte) 0, random.nextInt(4));
            case 2 -> run((byte) 0xff, random.nextInt(4));
            case 3 -> longKey();
            case 4, 5 -> Key.of((byte) random.nextInt(256));
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
            more[i] = TAILS[random.nextInt(TAILS.length)];
        }
        return Key.of(more);
    }

    private static Key run(byte value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return Key.of(bytes);
    }
}
