package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.Item;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** The floor: one thread, no order, no snapshots but by copying. */
public class HashMapBenchmark extends AlternativeBenchmark {
    @Override
    Subject empty() {
        return new Hash(new HashMap<>());
    }

    private record Hash(Map<Long, Item> map) implements Subject {
        @Override
        public void put(Item[] items, int from, int to) {
            for (int i = from; i < to; i++) {
                map.put(items[i].id(), items[i]);
            }
        }

        @Override
        public @Nullable Item get(long id) {
            return map.get(id);
        }

        @Override
        public void forEach(Blackhole sink) {
            for (Item item : map.values()) {
                sink.consume(item);
            }
        }

        @Override
        public Object snapshot() {
            return new HashMap<>(map);
        }
    }
}
