package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.Item;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** The JDK's sorted map for many threads; no transactions, no snapshots but by copying. */
public class SkipListBenchmark extends AlternativeBenchmark {
    @Override
    Subject empty() {
        return new SkipList(new ConcurrentSkipListMap<>());
    }

    private record SkipList(ConcurrentNavigableMap<Long, Item> map) implements Subject {
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
            return new ConcurrentSkipListMap<>(map);
        }
    }
}
