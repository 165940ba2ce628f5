package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WatchSet;
import dev.homeostat.statedb.watch.WatchToken;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Promise A19: waiting for any of many. */
final class WatchSetTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final WatchSet<String> set = new WatchSet<>();
    private final WatchToken a = new WatchToken();
    private final WatchToken b = new WatchToken();

    @Test
    void promise_A19_await_givesAllThatClosed_andForgetsThem() throws Exception {
        set.add("a", a);
        set.add("b", b);
        a.close();
        assertThat(set.awaitSettled(Duration.ZERO)).containsExactly("a");
        assertThat(set.contains("a")).isFalse();
        assertThat(set.size()).isOne();
        b.close();
        set.add("a again", a);
        assertThat(set.awaitSettled(Duration.ZERO)).containsExactlyInAnyOrder("b", "a again");
    }

    @Test
    void promise_A19_await_settles() throws Exception {
        set.add("a", a);
        set.add("b", b);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Set<String>> got = CompletableFuture.supplyAsync(() -> {
            try {
                go.countDown();
                return set.awaitSettled(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        go.await();
        a.close();
        b.close();
        // All have closed: the settling time is not waited out.
        assertThat(got.get(20, TimeUnit.SECONDS)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void promise_A19_await_neverGivesNothing_whenWhatClosedIsTakenAway() throws Exception {
        set.add("a", a);
        set.add("b", b);
        a.close();
        CompletableFuture<Set<String>> got = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().daemon().start(() -> {
            try {
                got.complete(set.awaitSettled(Duration.ofMillis(500)));
            } catch (InterruptedException e) {
                got.completeExceptionally(e);
            }
        });
        Awaitility.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING); // it settles
        assertThat(set.remove("a")).isTrue();
        Awaitility.await().until(() -> waiter.getState() == Thread.State.WAITING); // and waits anew
        b.close();

        assertThat(got.get(20, TimeUnit.SECONDS)).containsExactly("b");
    }

    @Test
    void add_withoutAWatch_leavesNothingBehind() {
        assertThatThrownBy(() -> set.add("a", nothing())).isInstanceOf(NullPointerException.class);
        assertThat(set.contains("a")).isFalse();
    }

    @Test
    void promise_A19_await_timesOut() throws Exception {
        set.add("a", a);
        assertThat(set.awaitSettled(Duration.ofMillis(2), LONG)).isEmpty();
        assertThat(set.contains("a")).isTrue();
        assertThat(set.awaitSettled(Duration.ZERO, Duration.ZERO)).isEmpty();
    }

    @Test
    void addUnderTheSameName_takesThePlace() throws Exception {
        set.add("a", a);
        set.add("a", b);
        a.close();
        assertThat(set.awaitSettled(Duration.ofMillis(1), Duration.ZERO)).isEmpty();
        b.close();
        assertThat(set.awaitSettled(Duration.ZERO)).containsExactly("a");
    }

    @Test
    void removeAndClose_leaveNothingInTheWatches() {
        set.add("a", a);
        set.add("b", b);
        assertThat(set.remove("a")).isTrue();
        assertThat(set.remove("a")).isFalse();
        set.close();
        assertThat(a.listeners() + b.listeners()).isZero();
        assertThat(set.size()).isZero();
    }

    @SuppressWarnings("NullAway") // what a caller without a checker does
    private static Watch nothing() {
        return null;
    }
}
