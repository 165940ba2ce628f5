package dev.homeostat.api.collection;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A number that counts how often somebody compares it. */
record Counted(int number, AtomicInteger looks) implements Comparable<Counted> {
    @Override
    public int compareTo(Counted other) {
        looks.incrementAndGet();
        return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        looks.incrementAndGet();
        return other instanceof Counted counted && counted.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }
}
