package dev.homeostat.api.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Queries of an index on numbers are ranges of numbers, whichever way they are asked. */
final class LongIndexTest {
    private static final LongIndex<Long> INDEX = Index.uniqueLong("number", Long::longValue);

    @Test
    void range_toTheLowestNumber_isEmpty() {
        Query<Long> query = INDEX.range(Long.MIN_VALUE, Long.MIN_VALUE);
        assertThat(query.longFrom()).isGreaterThan(query.longTo());
        assertThat(INDEX.range(5L, 3L).longFrom())
                .isGreaterThan(INDEX.range(5L, 3L).longTo());
    }

    @Test
    void prefixKey_isTheRangeOfTheNumbersThatBeginSo() {
        Query<Long> all = INDEX.prefixKey(Key.of());
        assertThat(all.longFrom()).isEqualTo(Long.MIN_VALUE);
        assertThat(all.longTo()).isEqualTo(Long.MAX_VALUE);
        Query<Long> positive = INDEX.prefixKey(Key.of((byte) 0x80, (byte) 0));
        assertThat(positive.longFrom()).isZero();
        assertThat(positive.longTo()).isEqualTo(0xffff_ffff_ffffL);
        assertThat(INDEX.prefixKey(Keys.LONG.encode(7L)).longTo()).isEqualTo(7);
        assertThat(INDEX.prefix(7L).isLookup()).isTrue();
    }

    @Test
    void singleKey_isTheNumber() {
        assertThat(INDEX.singleKey(12L)).isEqualTo(12);
        assertThat(INDEX.queryKey(Keys.LONG.encode(-4L)).longFrom()).isEqualTo(-4);
    }
}
