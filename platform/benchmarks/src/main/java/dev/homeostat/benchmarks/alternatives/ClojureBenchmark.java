package dev.homeostat.benchmarks.alternatives;

import clojure.lang.ITransientMap;
import clojure.lang.PersistentHashMap;
import dev.homeostat.benchmarks.Item;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** Clojure's persistent hash map, written as a transient and published through a volatile field. No order. */
public class ClojureBenchmark extends AlternativeBenchmark {
    @Override
    Subject empty() {
        return new Published();
    }

    private static final class Published implements Subject {
        private volatile PersistentHashMap map = PersistentHashMap.EMPTY;

        @Override
        public void put(Item[] items, int from, int to) {
            ITransientMap next = map.asTransient();
            for (int i = from; i < to; i++) {
                next = next.assoc(items[i].id(), items[i]);
            }
            map = (PersistentHashMap) next.persistent();
        }

        @Override
        public @Nullable Item get(long id) {
            return (Item) map.valAt(id);
        }

        @Override
        public void forEach(Blackhole sink) {
            Iterator<?> values = map.valIterator();
            while (values.hasNext()) {
                sink.consume(values.next());
            }
        }

        @Override
        public Object snapshot() {
            return map;
        }
    }
}
