package dev.homeostat.host.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void write_everyKind_isPlainJson() {
        Map<String, Tree> entries = new LinkedHashMap<>();
        entries.put("text", Tree.scalar("é\"b\n"));
        entries.put("none", Tree.scalar(null));
        entries.put(
                "list",
                new Tree.Sequence(List.of(Tree.scalar(1L), Tree.scalar(1.0), Tree.scalar(false)), Place.NOWHERE));

        assertThat(JsonWriter.plain().write(new Tree.Mapping(entries, Place.NOWHERE)))
                .isEqualTo("{\"text\":\"é\\\"b\\n\",\"none\":null,\"list\":[1,1.0,false]}");
    }

    /** {@code -Dhomeostat.seed=…} repeats a run. */
    @Test
    void write_randomTrees_areReadBackEqual() {
        long seed = Long.getLong("homeostat.seed", System.nanoTime());
        Random random = new Random(seed);
        YamlReader reader = new YamlReader();
        for (int i = 0; i < 1000; i++) {
            Tree tree = tree(random, 4);
            String json = JsonWriter.ascii().write(tree);
            assertThat(reader.read("x", json)).as("seed %d: %s", seed, json).containsExactly(tree);
        }
    }

    private static Tree tree(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 3 : 1)) {
            case 1 -> {
                List<Tree> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(tree(random, depth - 1));
                }
                yield new Tree.Sequence(items, Place.NOWHERE);
            }
            case 2 -> {
                Map<String, Tree> entries = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put(text(random), tree(random, depth - 1));
                }
                yield new Tree.Mapping(entries, Place.NOWHERE);
            }
            default -> scalar(random);
        };
    }

    private static Tree scalar(Random random) {
        return Tree.scalar(
                switch (random.nextInt(6)) {
                    case 0 -> null;
                    case 1 -> random.nextBoolean();
                    case 2 -> random.nextLong();
                    case 3 -> new BigInteger(80, random).setBit(79);
                    case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
                    default -> text(random);
                });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> 0x1F600 + random.nextInt(50);
                        case 1 -> random.nextInt(0x100);
                        case 2 -> "#:-?[]{},&*!|>'\"%@`\\\t\n\r\u0085\u2028\uFEFF\u007F".charAt(random.nextInt(27));
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }
}
