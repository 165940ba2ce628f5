package dev.homeostat.statedb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Comparisons by the million: AssertJ is asked only where something is wrong. */
final class Check {
    private Check() {}

    static void same(@Nullable Object actual, @Nullable Object expected, String what) {
        if (actual == null ? expected != null : !actual.equals(expected)) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }

    static void that(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    static void refused(ThrowingCallable call, Class<? extends Throwable> type) {
        assertThatThrownBy(call).isInstanceOf(type);
    }
}
