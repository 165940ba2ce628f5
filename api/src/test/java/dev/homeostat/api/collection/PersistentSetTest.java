package dev.homeostat.api.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PersistentSetTest {
    private static final PersistentSet<String> ABC = PersistentSet.of("c", "a", "b");

    @Test
    void promise_A29_setIsReadInTheOrderOfItsElements() {
        assertThat(ABC).hasToString("[a, b, c]").containsExactly("a", "b", "c");
        assertThat(ABC.toArray()).containsExactly("a", "b", "c");
        assertThat(ABC.toArray(new String[0])).containsExactly("a", "b", "c");
        assertThat(ABC.toArray(new String[4])).containsExactly("a", "b", "c", null);
        assertThat(ABC.containsAll(List.of("a", "c"))).isTrue();
        assertThat(ABC.containsAll(List.of("a", "x"))).isFalse();
        assertThat(ABC.spliterator().hasCharacteristics(Spliterator.SORTED | Spliterator.DISTINCT))
                .isTrue();
        assertThat(ABC.stream().sorted().toList()).containsExactly("a", "b", "c");
        assertThat(ABC.first() + ABC.last()).isEqualTo("ac");
        assertThat(ABC.range("aa", "c")).containsExactly("b");
        assertThat(ABC.range("c", "a")).isEmpty();
    }

    @Test
    void promise_A29_oldSetStaysAsItWas() {
        assertThat(ABC.with("d").without("a")).hasToString("[b, c, d]");
        assertThat(ABC).hasToString("[a, b, c]");
    }

    @Test
    void promise_A29_setThatDoesNotChangeIsTheSame() {
        assertThat(ABC.with(new String("b"))).isSameAs(ABC);
        assertThat(ABC.without("x")).isSameAs(ABC);
        assertThat(ABC.union(List.of("c", "a"))).isSameAs(ABC);
        assertThat(ABC.union(PersistentSet.of("a"))).isSameAs(ABC);
        assertThat(ABC.intersection(Set.of("a", "b", "c", "d"))).isSameAs(ABC);
        assertThat(ABC.difference(Set.of("x"))).isSameAs(ABC);
        assertThat(ABC.difference(ABC)).isSameAs(PersistentSet.of());
        assertThat(PersistentSet.copyOf(ABC)).isSameAs(ABC);
    }

    @Test
    void promise_A29_setAlgebraSharesWithItsOperands() {
        PersistentSet<Integer> large = numbers(0, 100_000);
        PersistentSet<Integer> few = PersistentSet.of(-5, 10, 50_000, 99_999, 200_000);
        int most = few.size() * 80;
        assertThat(Trees.unshared(large.union(few).root(), large.root(), few.root()))
                .isLessThan(most);
        assertThat(Trees.unshared(few.union(large).root(), large.root(), few.root()))
                .isLessThan(most);
        assertThat(Trees.unshared(large.difference(few).root(), large.root())).isLessThan(most);
        PersistentSet<Integer> joined = large.union(numbers(100_000, 200_000));
        assertThat(joined).hasSize(200_000);
        assertThat(Trees.unshared(joined.intersection(large).root(), large.root(), joined.root()))
                .isLessThan(most);
        Trees.check(joined.root());
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // what is tested, too
    void promise_A29_setEqualsAnySetWithTheSameElements() {
        Set<String> same = Set.of("a", "b", "c");
        for (Set<String> other : List.of(same, new HashSet<>(same), new TreeSet<>(same), PersistentSet.copyOf(same))) {
            assertThat(ABC.equals(other)).isTrue();
            assertThat(other.equals(ABC)).isTrue();
            assertThat(ABC).hasSameHashCodeAs(other);
        }
        assertThat(ABC.equals(Set.of("a", "b", "d"))).isFalse();
        assertThat(ABC.equals(Set.of("a", "b"))).isFalse();
        assertThat(ABC.equals(List.of("a", "b", "c"))).isFalse();
        Set<Integer> numbers = new TreeSet<>(Set.of(1, 2, 3));
        assertThat(ABC.equals(numbers) || numbers.equals(ABC)).isFalse();
        Set<@Nullable String> withNull = new HashSet<>(Arrays.asList("a", "b", null));
        assertThat(ABC.equals(withNull) || withNull.equals(ABC)).isFalse();
    }

    @Test
    void promise_A29_keysOfAMapAreASetThatCanBeChanged() {
        PersistentMap<String, Integer> map = PersistentMap.of("b", 2, "a", 1, "c", 3);
        assertThat(map.keySet()).isEqualTo(ABC);
        assertThat(map.keySet().with("d").without("a")).containsExactly("b", "c", "d");
        assertThat(map.keySet().union(ABC)).isEqualTo(ABC);
        assertThat(ABC.difference(map.with("z", 0).without("a").keySet())).containsExactly("a");
        assertThat(map).hasToString("{a=1, b=2, c=3}");
    }

    @Test
    void promise_A29_everyMutatorOfSetSaysWhatToCallInstead() {
        List<Method> mutators = Stream.of(FixedSet.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();
        assertThat(mutators).hasSize(7);
        for (Method mutator : mutators) {
            @Nullable Object[] arguments = new @Nullable Object[mutator.getParameterCount()];
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> mutator.invoke(ABC, arguments))
                    .havingCause()
                    .isInstanceOf(UnsupportedOperationException.class)
                    .withMessageContaining(mutator.getName() + ": a PersistentSet never changes; ")
                    .withMessageEndingWith(" gives a new one");
        }
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> {
                    var iterator = ABC.iterator();
                    iterator.next();
                    iterator.remove();
                })
                .withMessageContaining("never changes");
    }

    @Test
    @SuppressWarnings("NullAway") // what it refuses
    void promise_A29_nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> ABC.with(null)).withMessage("element");
        assertThatNullPointerException().isThrownBy(() -> ABC.contains(null)).withMessage("element");
        assertThatNullPointerException()
                .isThrownBy(() -> PersistentSet.copyOf(Arrays.asList("a", null)))
                .withMessage("element");
    }

    @Test
    void of_elementGivenTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PersistentSet.of("b", "a", "b"))
                .withMessage("b is given twice");
        assertThat(PersistentSet.copyOf(List.of("b", "a", "b"))).containsExactly("a", "b");
        assertThat(Stream.of("b", "a", "b").parallel().collect(PersistentSet.collector()))
                .containsExactly("a", "b");
    }

    @Test
    void first_ofTheEmptySet_throws() {
        PersistentSet<String> empty = PersistentSet.of();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(empty::first)
                .withMessage("the set is empty");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(empty.iterator()::next);
    }

    @Test
    void contains_ofAnotherType_throwsAsTheContractAllows() {
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> contains(ABC, 1));
        assertThat(contains(PersistentSet.of(), 1)).isFalse();
    }

    private static boolean contains(Set<?> set, Object element) {
        return set.contains(element);
    }

    private static PersistentSet<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().collect(PersistentSet.collector());
    }
}
