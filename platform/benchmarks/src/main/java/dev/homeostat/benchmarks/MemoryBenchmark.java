package dev.homeostat.benchmarks;

import dev.homeostat.api.db.TableSpec;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The memory that a table of a million rows takes beside the rows; the score, the time, says little. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class MemoryBenchmark {
    private static final String COMPACT_HEADERS = "-XX:+UseCompactObjectHeaders";
    private static final int MILLION = 1_000_000;

    private static final List<Set<String>> TAGS =
            IntStream.range(0, 100).mapToObj(i -> Set.of("tag-" + i)).toList();

    private final Item[] items = Item.range(MILLION);

    /** Numbers for keys. */
    @Benchmark
    public void memory_long(HeapUse heap, Blackhole sink) {
        measure(Item.BY_ID, heap, sink);
    }

    /** Text for keys, of six to eleven characters. */
    @Benchmark
    public void memory_string(HeapUse heap, Blackhole sink) {
        measure(Item.BY_NAME, heap, sink);
    }

    /** Numbers for keys, in a JVM with compact object headers. */
    @Benchmark
    @Fork(value = 1, jvmArgsAppend = COMPACT_HEADERS)
    public void memory_longCompact(HeapUse heap, Blackhole sink) {
        measure(Item.BY_ID, heap, sink);
    }

    /** Text for keys, in a JVM with compact object headers. */
    @Benchmark
    @Fork(value = 1, jvmArgsAppend = COMPACT_HEADERS)
    public void memory_stringCompact(HeapUse heap, Blackhole sink) {
        measure(Item.BY_NAME, heap, sink);
    }

    /** Numbers for keys, and a tag index: a hundred tags, one a row. */
    @Benchmark
    public void memory_longTagged(HeapUse heap, Blackhole sink) {
        for (int i = 0; i < MILLION; i++) {
            items[i] = new Item(i, TAGS.get(i % TAGS.size()));
        }
        measure(Item.BY_ID_AND_TAG, heap, sink);
    }

    /** Numbers for keys, and a unique index on a text of six to eleven characters. */
    @Benchmark
    public void memory_longNamed(HeapUse heap, Blackhole sink) {
        measure(Item.BY_ID.index(Item.NAME), heap, sink);
    }

    /** Numbers for keys; all rows were then replaced at random, three times over. */
    @Benchmark
    public void memory_longReplaced(HeapUse heap, Blackhole sink) {
        Random random = new Random(1);
        Item[] step = new Item[1000];
        heap.begin();
        Filled filled = Filled.with(Item.BY_ID);
        filled.insertAll(items, step.length);
        for (int i = 0; i < 3 * MILLION / step.length; i++) {
            for (int j = 0; j < step.length; j++) {
                step[j] = items[random.nextInt(MILLION)];
            }
            filled.insertAll(step);
        }
        heap.end(items.length);
        sink.consume(filled);
    }

    private void measure(TableSpec<Item> spec, HeapUse heap, Blackhole sink) {
        heap.begin();
        Filled filled = Filled.with(spec);
        filled.insertAll(items, 1000);
        heap.end(items.length);
        sink.consume(filled);
    }
}
