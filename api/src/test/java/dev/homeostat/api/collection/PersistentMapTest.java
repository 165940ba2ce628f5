package dev.homeostat.api.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PersistentMapTest {
    private static final PersistentMap<String, Integer> ABC = PersistentMap.of("b", 2, "a", 1, "c", 3);

    @Test
    void promise_A29_mapIsReadInTheOrderOfItsKeys() {
        assertThat(ABC).hasToString("{a=1, b=2, c=3}");
        assertThat(ABC.keySet()).containsExactly("a", "b", "c");
        assertThat(ABC.values()).containsExactly(1, 2, 3);
        assertThat(ABC.entrySet()).containsExactly(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3));
        assertThat(ABC.getOrDefault("x", 9)).isEqualTo(9);
        assertThat(ABC.containsValue(3)).isTrue();
        assertThat(ABC.containsValue(4)).isFalse();
        assertThat(ABC.entrySet().contains(Map.entry("a", 1))).isTrue();
        assertThat(ABC.entrySet().contains(Map.entry("a", 2))).isFalse();
        assertThat(PersistentMap.<String, Integer>of()).isEmpty();
        assertThat(PersistentMap.<String, Integer>of()).hasToString("{}");
    }

    @Test
    void promise_A29_oldMapStaysAsItWas() {
        assertThat(ABC.with("d", 4).without("a").with("b", 5)).hasToString("{b=5, c=3, d=4}");
        assertThat(ABC).hasToString("{a=1, b=2, c=3}");
    }

    @Test
    void promise_A29_mapThatDoesNotChangeIsTheSame() {
        Integer large = 100_000;
        PersistentMap<String, Integer> map = ABC.with("large", large);
        assertThat(map.with("large", Integer.valueOf("100000"))).isSameAs(map);
        assertThat(map.without("x")).isSameAs(map);
        assertThat(map.withAll(ABC)).isSameAs(map);
        assertThat(map.withAll(new HashMap<>(map))).isSameAs(map);
        assertThat(map.withAll(Map.of())).isSameAs(map);
        assertThat(map.withMerged("a", 0, Integer::sum)).isSameAs(map);
        assertThat(map.withoutAll(List.of("x", "y"))).isSameAs(map);
        assertThat(map.from("a")).isSameAs(map);
        assertThat(map.before("z")).isSameAs(map);
        assertThat(PersistentMap.copyOf(map)).isSameAs(map);
        assertThat(ABC.without("a").without("b").without("c")).isSameAs(PersistentMap.of());
    }

    @Test
    void withAll_mergesEveryKeyThatBothHave_evenWhereTheTreesAreShared() {
        assertThat(ABC.withAll(ABC, Integer::sum)).hasToString("{a=2, b=4, c=6}");
        assertThat(ABC.withAll(ABC.with("d", 1), (mine, theirs) -> 10 * mine + theirs))
                .hasToString("{a=11, b=22, c=33, d=1}");
        assertThat(ABC.withAll(Map.of("b", 7))).hasToString("{a=1, b=7, c=3}");
    }

    @Test
    void promise_A29_withOnALargeMapMakesFewNodes() {
        for (int n : new int[] {1, 10, 1000, 100_000}) {
            PersistentMap<Integer, String> map = numbers(n);
            int most = (int) Math.ceil(2.41 * Math.log(n + 1) / Math.log(2)) + 3;
            for (int key : new int[] {-1, 0, n / 3, n / 2, n + 1}) {
                assertThat(Trees.unshared(map.with(key, "new").root(), map.root()))
                        .isBetween(1, most);
                assertThat(Trees.unshared(map.without(key).root(), map.root())).isLessThanOrEqualTo(most);
            }
            assertThat(Trees.unshared(map.from(n / 3).root(), map.root())).isLessThanOrEqualTo(2 * most);
            assertThat(Trees.unshared(map.withAll(Map.of(n / 3, "x", n, "y")).root(), map.root()))
                    .isLessThanOrEqualTo(6 * most);
            assertThat(Trees.unshared(map.keySet().root(), map.root())).isZero();
        }
    }

    @Test
    void promise_A29_equalsLooksOnlyAtTheDifference() {
        AtomicInteger looks = new AtomicInteger();
        PersistentMap<Counted, Counted> map = IntStream.range(0, 100_000)
                .mapToObj(number -> new Counted(number, looks))
                .collect(PersistentMap.collector(key -> key, key -> key));
        Counted other = new Counted(100_001, looks);
        Counted removed = new Counted(77_000, looks);
        PersistentMap<Counted, Counted> less =
                map.without(removed).with(other, other).without(other);
        PersistentMap<Counted, Counted> equal = less.with(removed, removed);

        looks.set(0);
        assertThat(map.equals(equal)).isTrue();
        assertThat(looks.get()).isBetween(1, 200);
        looks.set(0);
        assertThat(map.keySet().equals(equal.keySet())).isTrue();
        assertThat(looks.get()).isBetween(1, 100);
        looks.set(0);
        assertThat(map.equals(less)).isFalse();
        assertThat(looks.get()).as("the sizes differ").isZero();
    }

    @Test
    void promise_A29_mergingLooksOnlyAtTheDifference() {
        AtomicInteger looks = new AtomicInteger();
        PersistentMap<Counted, Integer> map = IntStream.range(0, 100_000)
                .boxed()
                .collect(PersistentMap.collector(number -> new Counted(number, looks), number -> number));
        PersistentMap<Counted, Integer> changed =
                map.with(new Counted(50_505, looks), -1).without(new Counted(3, looks));
        PersistentSet<Counted> keys = map.keySet();

        looks.set(0);
        assertThat(map.withAll(changed).size() + changed.withAll(map).size()).isEqualTo(200_000);
        assertThat(keys.union(changed.keySet())).hasSize(100_000);
        assertThat(keys.intersection(changed.keySet())).hasSize(99_999);
        assertThat(keys.difference(changed.keySet())).hasSize(1);
        assertThat(keys.difference(keys)).isEmpty();
        assertThat(looks.get()).isBetween(1, 5000);
    }

    @Test
    void promise_A29_mapEqualsAnyMapWithTheSameEntries() {
        Map<String, Integer> same = Map.of("a", 1, "b", 2, "c", 3);
        for (Map<String, Integer> other :
                List.of(same, new HashMap<>(same), new TreeMap<>(same), PersistentMap.copyOf(same))) {
            assertThat(ABC.equals(other)).isTrue();
            assertThat(other.equals(ABC)).isTrue();
            assertThat(ABC).hasSameHashCodeAs(other);
        }
        assertThat(ABC.equals(Map.of("a", 1, "b", 2, "c", 4))).isFalse();
        assertThat(ABC.equals(Map.of("a", 1, "b", 2, "d", 3))).isFalse();
        assertThat(ABC.equals(Map.of("a", 1))).isFalse();
        assertThat(ABC.equals(ABC.with("c", 4))).isFalse();
        assertThat(ABC.keySet().equals(same.keySet()) && same.keySet().equals(ABC.keySet()))
                .isTrue();
        assertThat(ABC.entrySet().equals(same.entrySet()) && same.entrySet().equals(ABC.entrySet()))
                .isTrue();
        assertThat(ABC.entrySet()).hasSameHashCodeAs(same.entrySet());
        assertThat(ABC.entrySet().iterator().next()).isEqualTo(Map.entry("a", 1));
        assertThat(ABC.entrySet().iterator().next()).hasSameHashCodeAs(Map.entry("a", 1));
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // what is tested
    void equals_withKeysOfAnotherType_isFalseAndDoesNotThrow() {
        Map<Integer, Integer> numbers = new TreeMap<>(Map.of(1, 1, 2, 2, 3, 3));
        assertThat(ABC.equals(numbers)).isFalse();
        assertThat(numbers.equals(ABC)).isFalse();
        assertThat(ABC.equals(PersistentMap.copyOf(numbers))).isFalse();
        Map<@Nullable String, Integer> withNull = new HashMap<>(Map.of("a", 1, "b", 2));
        withNull.put(null, 3);
        assertThat(ABC.equals(withNull)).isFalse();
        assertThat(withNull.equals(ABC)).isFalse();
    }

    @Test
    void promise_A29_everyMutatorOfMapSaysWhatToCallInstead() throws Exception {
        List<Method> mutators = Stream.of(FixedMap.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();
        assertThat(mutators).hasSize(13);
        for (Method mutator : mutators) {
            @Nullable Object[] arguments = new @Nullable Object[mutator.getParameterCount()];
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> mutator.invoke(ABC, arguments))
                    .havingCause()
                    .isInstanceOf(UnsupportedOperationException.class)
                    .withMessageContaining(mutator.getName() + ": a PersistentMap never changes; ")
                    .withMessageEndingWith(" gives a new one");
        }
        refused(() -> ABC.entrySet().iterator().next().setValue(9));
        refused(() -> ABC.values().remove(2));
        refused(() -> ABC.values().clear());
        refused(() -> ABC.entrySet().clear());
        refused(() -> ABC.entrySet().removeIf(entry -> true));
        assertThat(ABC).hasToString("{a=1, b=2, c=3}");
    }

    @Test
    void promise_A29_noMethodOfMapChangesIt() {
        List<String> kept = Stream.of(Map.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> Stream.of(FixedMap.class.getDeclaredMethods())
                        .noneMatch(method -> method.getName().equals(name)))
                .distinct()
                .sorted()
                .toList();
        assertThat(kept)
                .as("what a new JDK adds to Map must be looked at")
                .containsExactly(
                        "containsKey",
                        "containsValue",
                        "entrySet",
                        "equals",
                        "forEach",
                        "get",
                        "getOrDefault",
                        "hashCode",
                        "isEmpty",
                        "keySet",
                        "size",
                        "values");
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(call)
                .withMessageContaining("never changes");
    }

    @Test
    @SuppressWarnings("NullAway") // what it refuses
    void promise_A29_nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> ABC.with(null, 1)).withMessage("key");
        assertThatNullPointerException().isThrownBy(() -> ABC.with("a", null)).withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> PersistentMap.of("a", 1, null, 2))
                .withMessage("key");
        assertThatNullPointerException().isThrownBy(() -> ABC.without(null)).withMessage("key");
        assertThatNullPointerException().isThrownBy(() -> ABC.get(null)).withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> PersistentMap.of().get(null))
                .withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> PersistentMap.copyOf(Collections.singletonMap("a", null)))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> ABC.withAll(Collections.singletonMap(null, 1)))
                .withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> ABC.withMerged("a", 1, (mine, theirs) -> null))
                .withMessage("merged value");
        assertThatNullPointerException()
                .isThrownBy(() -> ABC.withAll(ABC, (mine, theirs) -> null))
                .withMessage("merged value");
    }

    @Test
    void of_keyGivenTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PersistentMap.of("a", 1, "a", 2))
                .withMessage("a is given twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PersistentMap.ofEntries(Map.entry("a", 1), Map.entry("b", 1), Map.entry("a", 2)))
                .withMessage("a is given twice");
        assertThat(PersistentMap.of("b", 2, "a", 1)).hasToString("{a=1, b=2}");
    }

    @Test
    void collector_ofRepeatedKeys_mergesOrSaysSo() {
        assertThat(Stream.of("x", "yy", "z", "ww")
                        .collect(PersistentMap.collector(String::length, s -> s, String::concat)))
                .hasToString("{1=xz, 2=yyww}");
        Map<Integer, Integer> greatest = IntStream.range(0, 1000)
                .boxed()
                .parallel()
                .collect(PersistentMap.collector(i -> i % 10, i -> i, Math::max));
        assertThat(greatest).hasSize(10).containsEntry(3, 993);
        assertThatIllegalStateException()
                .isThrownBy(() -> Stream.of("x", "z").collect(PersistentMap.collector(String::length, s -> s)))
                .withMessage("1 is the key of both x and z: give a function that merges them");
    }

    @Test
    void firstKey_ofTheEmptyMap_throws() {
        PersistentMap<String, Integer> empty = PersistentMap.of();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(empty::firstKey)
                .withMessage("the map is empty");
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(empty.entrySet().iterator()::next);
    }

    @Test
    void with_keyThatIsThere_keepsItsInstance() {
        String key = new String("a");
        assertThat(PersistentMap.of(key, 1).with("a", 2).firstKey()).isSameAs(key);
        assertThat(PersistentMap.of(key, 1).withAll(Map.of("a", 2)).firstKey()).isSameAs(key);
    }

    @Test
    void iterator_ofALargeMap_givesAllInOrder() {
        List<Integer> keys = new ArrayList<>();
        numbers(10_000).forEach((key, value) -> keys.add(key));
        assertThat(keys).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        assertThat(numbers(10_000).entrySet().stream()
                        .mapToInt(Map.Entry::getKey)
                        .sum())
                .isEqualTo(9999 * 5000);
    }

    private static PersistentMap<Integer, String> numbers(int n) {
        return IntStream.range(0, n).boxed().collect(PersistentMap.collector(i -> i, String::valueOf));
    }
}
