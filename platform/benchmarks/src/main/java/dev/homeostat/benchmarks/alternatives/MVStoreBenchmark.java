package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.Item;
import java.nio.ByteBuffer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** H2's storage engine in memory: a sorted map with versions. A step is a commit; a snapshot opens the version that was committed last. */
public class MVStoreBenchmark extends AlternativeBenchmark {
    @Override
    Subject empty() {
        MVStore store = new MVStore.Builder().autoCommitDisabled().open();
        MVMap<Long, Item> map = store.openMap(
                "items",
                new MVMap.Builder<Long, Item>().keyType(LongDataType.INSTANCE).valueType(new ItemType()));
        return new Versions(store, map);
    }

    private record Versions(MVStore store, MVMap<Long, Item> map) implements Subject {
        @Override
        public void put(Item[] items, int from, int to) {
            for (int i = from; i < to; i++) {
                map.put(items[i].id(), items[i]);
            }
            store.commit();
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
            return map.openVersion(store.getCurrentVersion());
        }
    }

    /** Rows are never serialized here: the store has no file. */
    private static final class ItemType extends BasicDataType<Item> {
        private static final int ASSUMED_BYTES = 24;

        @Override
        public int getMemory(Item item) {
            return ASSUMED_BYTES;
        }

        @Override
        public Item[] createStorage(int size) {
            return new Item[size];
        }

        @Override
        public void write(WriteBuffer buffer, Item item) {
            throw new UnsupportedOperationException("a store in memory writes no rows");
        }

        @Override
        public Item read(ByteBuffer buffer) {
            throw new UnsupportedOperationException("a store in memory reads no rows");
        }
    }
}
