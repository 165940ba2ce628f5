package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.Item;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** PCollections' persistent hash map, published through a volatile field. No order. */
public class PCollectionsBenchmark extends AlternativeBenchmark {
    @Override
    Subject empty() {
        return new Published();
    }

    private static final class Published implements Subject {
        private volatile PMap<Long, Item> map = HashTreePMap.empty();

        @Override
        public void put(Item[] items, int from, int to) {
            PMap<Long, Item> next = map;
            for (int i = from; i < to; i++) {
                next = next.plus(items[i].id(), items[i]);
            }
            map = next;
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
            return map;
        }
    }
}
