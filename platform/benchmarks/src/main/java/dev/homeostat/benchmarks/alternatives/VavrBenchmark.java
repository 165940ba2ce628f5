package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.Item;
import io.vavr.collection.HashMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** Vavr's persistent hash map, published through a volatile field. No order. */
public class VavrBenchmark extends AlternativeBenchmark {
    @Override
    Subject empty() {
        return new Published();
    }

    private static final class Published implements Subject {
        private volatile HashMap<Long, Item> map = HashMap.empty();

        @Override
        public void put(Item[] items, int from, int to) {
            HashMap<Long, Item> next = map;
            for (int i = from; i < to; i++) {
                next = next.put(items[i].id(), items[i]);
            }
            map = next;
        }

        @Override
        public @Nullable Item get(long id) {
            return map.get(id).getOrNull();
        }

        @Override
        public void forEach(Blackhole sink) {
            for (Item item : map.values()) {
                sink.consume(item);
            }
        }

        @Override
        public Object snapshot() {
            return map;
        }
    }
}
