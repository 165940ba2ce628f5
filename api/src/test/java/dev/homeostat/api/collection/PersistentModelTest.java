package dev.homeostat.api.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random operations, compared step by step with {@link TreeMap} and {@link TreeSet}; old versions are looked at again in the end.
 *
 * <p>A failure names its seed; {@code -Dhomeostat.seed=N} runs that one alone, {@code -Dhomeostat.seeds=N} so many.
 */
final class PersistentModelTest {
    private static final int RUNS = Integer.getInteger("homeostat.seeds", 25);
    private static final int STEPS = 250;

    /** A version with what it must hold for ever. */
    private record MapVersion(PersistentMap<Integer, Integer> map, TreeMap<Integer, Integer> model) {}

    private record SetVersion(PersistentSet<Integer> set, TreeSet<Integer> model) {}

    private interface Scenario {
        void run(Random random);
    }

    private static void seeds(Scenario scenario) {
        Long only = Long.getLong("homeostat.seed");
        long first = only != null ? only : System.nanoTime();
        for (long seed = first; seed < first + (only != null ? 1 : RUNS); seed++) {
            try {
                scenario.run(new Random(seed));
            } catch (Throwable t) {
                throw new AssertionError("failed with -Dhomeostat.seed=" + seed, t);
            }
        }
    }

    @Test
    void promise_A29_mapAgreesWithATreeMap() {
        seeds(random -> {
            int keys = 1 << random.nextInt(11);
            List<MapVersion> versions = new ArrayList<>();
            versions.add(new MapVersion(PersistentMap.of(), new TreeMap<>()));
            for (int i = 0; i < STEPS; i++) {
                MapVersion version = next(versions, keys, random);
                check(version, keys, random);
                versions.add(version);
            }
            for (MapVersion version : versions) {
                assertThat(version.map).isEqualTo(version.model);
                Trees.check(version.map.root());
            }
        });
    }

    /** The version after one more operation on one of the last few, or on an old one. */
    private static MapVersion next(List<MapVersion> versions, int keys, Random random) {
        MapVersion old = pick(versions, random);
        PersistentMap<Integer, Integer> map = old.map;
        TreeMap<Integer, Integer> model = new TreeMap<>(old.model);
        int key = random.nextInt(keys);
        int value = random.nextInt(3);
        MapVersion other = pick(versions, random);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                model.put(key, value);
                yield new MapVersion(map.with(key, value), model);
            }
            case 3 -> {
                model.merge(key, value, Integer::sum);
                yield new MapVersion(map.withMerged(key, value, Integer::sum), model);
            }
            case 4, 5 -> {
                model.remove(key);
                yield new MapVersion(map.without(key), model);
            }
            case 6 -> {
                model.putAll(other.model);
                yield new MapVersion(map.withAll(random.nextBoolean() ? other.map : other.model), model);
            }
            case 7 -> {
                other.model.forEach((k, v) -> model.merge(k, v, Integer::sum));
                yield new MapVersion(map.withAll(other.map, Integer::sum), model);
            }
            case 8 -> {
                model.keySet().removeAll(other.model.keySet());
                yield new MapVersion(
                        map.withoutAll(random.nextBoolean() ? other.map.keySet() : other.model.keySet()), model);
            }
            case 9 -> new MapVersion(map.from(key), new TreeMap<>(model.tailMap(key, true)));
            case 10 -> new MapVersion(map.before(key), new TreeMap<>(model.headMap(key, false)));
            default -> {
                int many = random.nextInt(2 * keys);
                PersistentMap<Integer, Integer> grown = map;
                for (int i = 0; i < many; i++) {
                    int one = random.nextInt(keys);
                    grown = grown.with(one, value);
                    model.put(one, value);
                }
                yield new MapVersion(grown, model);
            }
        };
    }

    private static void check(MapVersion version, int keys, Random random) {
        PersistentMap<Integer, Integer> map = version.map;
        TreeMap<Integer, Integer> model = version.model;
        Trees.check(map.root());
        assertThat(map).hasSize(model.size()).hasToString(model.toString()).hasSameHashCodeAs(model);
        assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(model.entrySet()));
        assertThat(new ArrayList<>(map.values())).isEqualTo(new ArrayList<>(model.values()));
        int key = random.nextInt(keys);
        int bound = random.nextInt(keys);
        assertThat(map.get(key)).isEqualTo(model.get(key));
        assertThat(map.containsKey(key)).isEqualTo(model.containsKey(key));
        assertThat(map.range(Math.min(key, bound), Math.max(key, bound)))
                .isEqualTo(model.subMap(Math.min(key, bound), Math.max(key, bound)));
        PersistentMap<Integer, Integer> rebuilt = PersistentMap.copyOf(model);
        Trees.check(rebuilt.root());
        assertThat(map.equals(rebuilt) && rebuilt.equals(map) && map.equals(model) && model.equals(map))
                .isTrue();
        PersistentMap<Integer, Integer> changed = rebuilt.with(key, -1);
        assertThat(map.equals(changed)).isFalse();
        assertThat(map.with(key, -1).equals(changed)).isTrue();
        if (!model.isEmpty()) {
            assertThat(map.firstKey()).isEqualTo(model.firstKey());
            assertThat(map.lastKey()).isEqualTo(model.lastKey());
        }
    }

    @Test
    void promise_A29_setAgreesWithATreeSet() {
        seeds(random -> {
            int elements = 1 << random.nextInt(11);
            List<SetVersion> versions = new ArrayList<>();
            versions.add(new SetVersion(PersistentSet.of(), new TreeSet<>()));
            for (int i = 0; i < STEPS; i++) {
                SetVersion version = nextSet(versions, elements, random);
                check(version, elements, random);
                versions.add(version);
            }
            for (SetVersion version : versions) {
                assertThat(version.set).isEqualTo(version.model);
                Trees.check(version.set.root());
            }
        });
    }

    private static SetVersion nextSet(List<SetVersion> versions, int elements, Random random) {
        SetVersion old = pick(versions, random);
        PersistentSet<Integer> set = old.set;
        TreeSet<Integer> model = new TreeSet<>(old.model);
        int element = random.nextInt(elements);
        SetVersion other = pick(versions, random);
        boolean persistent = random.nextBoolean();
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                model.add(element);
                yield new SetVersion(set.with(element), model);
            }
            case 2 -> {
                model.remove(element);
                yield new SetVersion(set.without(element), model);
            }
            case 3 -> {
                model.addAll(other.model);
                yield new SetVersion(set.union(persistent ? other.set : other.model), model);
            }
            case 4 -> {
                model.retainAll(other.model);
                yield new SetVersion(set.intersection(persistent ? other.set : other.model), model);
            }
            case 5 -> {
                model.removeAll(other.model);
                yield new SetVersion(set.difference(persistent ? other.set : other.model), model);
            }
            case 6 -> new SetVersion(set.from(element), new TreeSet<>(model.tailSet(element, true)));
            case 7 -> new SetVersion(set.before(element), new TreeSet<>(model.headSet(element, false)));
            default -> {
                int many = random.nextInt(2 * elements);
                PersistentSet<Integer> grown = set;
                for (int i = 0; i < many; i++) {
                    int one = random.nextInt(elements);
                    grown = grown.with(one);
                    model.add(one);
                }
                yield new SetVersion(grown, model);
            }
        };
    }

    private static void check(SetVersion version, int elements, Random random) {
        PersistentSet<Integer> set = version.set;
        TreeSet<Integer> model = version.model;
        Trees.check(set.root());
        assertThat(set).hasSize(model.size()).hasToString(model.toString()).hasSameHashCodeAs(model);
        assertThat(new ArrayList<>(set)).isEqualTo(new ArrayList<>(model));
        int element = random.nextInt(elements);
        assertThat(set.contains(element)).isEqualTo(model.contains(element));
        PersistentSet<Integer> rebuilt = PersistentSet.copyOf(model);
        assertThat(set.equals(rebuilt) && rebuilt.equals(set) && set.equals(model) && model.equals(set))
                .isTrue();
        assertThat(set.with(-1).equals(rebuilt)).isFalse();
        assertThat(set.with(-1).equals(rebuilt.with(-2))).isFalse();
        assertThat(set.with(-1).equals(rebuilt.with(-1))).isTrue();
        if (!model.isEmpty()) {
            assertThat(set.first()).isEqualTo(model.first());
            assertThat(set.last()).isEqualTo(model.last());
        }
    }

    /** Mostly one of the newest. */
    private static <T> T pick(List<T> versions, Random random) {
        int back = random.nextInt(4) == 0 ? versions.size() : Math.min(3, versions.size());
        return versions.get(versions.size() - 1 - random.nextInt(back));
    }
}
