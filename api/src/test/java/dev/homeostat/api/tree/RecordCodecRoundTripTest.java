package dev.homeostat.api.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.collection.PersistentMap;
import dev.homeostat.api.collection.PersistentSet;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random rows survive encode and decode; {@code -Dhomeostat.seed=…} repeats a run. */
class RecordCodecRoundTripTest {
    private static final int ROWS = 2000;
    private static final List<TimeUnit> UNITS = List.of(TimeUnit.values());

    record Inner(
            @Nullable Inner inner,
            @Default("5s") Duration delay,
            @Nullable @Default("x") String text) {}

    record Row(
            String text,
            boolean flag,
            int number,
            long large,
            double share,
            @Nullable Integer some,
            Duration delay,
            Instant at,
            Path path,
            TimeUnit unit,
            Inner inner,
            List<Inner> inners,
            Set<TimeUnit> units,
            Map<String, List<Long>> lists,
            PersistentSet<Instant> instants,
            PersistentMap<String, PersistentSet<Long>> ordered) {}

    private static final RecordCodec<Row> CODEC = RecordCodec.of(MethodHandles.lookup(), Row.class);

    @Test
    void decode_ofEncodedRandomRows_givesEqualRows() {
        long seed = Long.getLong("homeostat.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < ROWS; i++) {
            Row row = row(random);
            assertThat(CODEC.decode(CODEC.encode(row)))
                    .as("seed %d, row %d", seed, i)
                    .isEqualTo(row);
        }
    }

    @Test
    void format_randomDurations_areParsedBack() {
        long seed = Long.getLong("homeostat.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < ROWS; i++) {
            Duration duration = duration(random);
            String text = DurationValue.format(duration);
            List<Problem> problems = new ArrayList<>();
            assertThat(DurationValue.INSTANCE.decode(Tree.scalar(text), new Decoding("", problems)))
                    .as("seed %d, %s", seed, text)
                    .isEqualTo(duration);
        }
    }

    private static Row row(Random random) {
        return new Row(
                text(random),
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong(),
                random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20),
                random.nextBoolean() ? null : random.nextInt(),
                duration(random),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Path.of(text(random)),
                unit(random),
                inner(random),
                many(random, () -> inner(random)),
                new HashSet<>(many(random, () -> unit(random))),
                lists(random),
                PersistentSet.copyOf(many(random, () -> Instant.ofEpochMilli(random.nextInt()))),
                ordered(random));
    }

    private static Map<String, List<Long>> lists(Random random) {
        Map<String, List<Long>> lists = new LinkedHashMap<>();
        many(random, () -> lists.put(text(random), many(random, random::nextLong)));
        return lists;
    }

    private static PersistentMap<String, PersistentSet<Long>> ordered(Random random) {
        return lists(random).entrySet().stream()
                .collect(PersistentMap.collector(Map.Entry::getKey, entry -> PersistentSet.copyOf(entry.getValue())));
    }

    private static Inner inner(Random random) {
        Inner deeper = random.nextInt(3) == 0 ? inner(random) : null;
        return new Inner(deeper, duration(random), random.nextBoolean() ? null : text(random));
    }

    private static TimeUnit unit(Random random) {
        return UNITS.get(random.nextInt(UNITS.size()));
    }

    private static Duration duration(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
            case 1 -> Duration.ofMinutes(random.nextInt(10_000) - 5000);
            case 2 -> Duration.ofSeconds(random.nextLong() / 2);
            default -> Duration.ofNanos(random.nextInt(3));
        };
    }

    /** Of any characters but 0, which no path may have. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(50) : 1 + random.nextInt(0x2FF));
        }
        return text.toString();
    }

    private static <T> List<T> many(Random random, Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(one.get());
        }
        return all;
    }
}
