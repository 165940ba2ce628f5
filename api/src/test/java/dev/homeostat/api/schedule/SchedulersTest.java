package dev.homeostat.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The scheduler on real time. */
final class SchedulersTest {
    @Test
    void schedule_runsOnANamedVirtualThread() throws Exception {
        try (ClosableScheduler scheduler = Schedulers.named("test")) {
            CompletableFuture<Thread> ran = new CompletableFuture<>();
            long begin = scheduler.nanoTime();
            scheduler.schedule(Duration.ofMillis(5), () -> ran.complete(Thread.currentThread()));
            Thread thread = ran.get(10, TimeUnit.SECONDS);
            assertThat(thread.isVirtual()).isTrue();
            assertThat(thread.getName()).startsWith("test-task-");
            assertThat(scheduler.nanoTime() - begin).isGreaterThanOrEqualTo(5_000_000);
        }
    }

    @Test
    void tasksDoNotInheritTheContextClassLoader() throws Exception {
        ClassLoader own = new ClassLoader() {};
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(own);
        try (ClosableScheduler scheduler = Schedulers.named("test")) {
            scheduler.execute(() -> seen.complete(Thread.currentThread().getContextClassLoader()));
            assertThat(seen.get(10, TimeUnit.SECONDS)).isNotSameAs(own);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void cancel_beforeTheTime_says_so_and_leavesNothing() {
        try (ClosableScheduler scheduler = Schedulers.named("test")) {
            for (int i = 0; i < 1000; i++) {
                Scheduler.Timer timer = scheduler.schedule(Duration.ofHours(1), () -> {});
                assertThat(timer.cancel()).isTrue();
                assertThat(timer.cancel()).isFalse();
            }
            assertThat(((SystemScheduler) scheduler).waiting()).isZero();
        }
    }

    @Test
    void close_cancelsTimersAndRefusesTasks() {
        CountDownLatch ran = new CountDownLatch(1);
        ClosableScheduler scheduler = Schedulers.named("test");
        scheduler.schedule(Duration.ofDays(100_000_000), ran::countDown);
        scheduler.close();
        assertThat(((SystemScheduler) scheduler).waiting()).isZero();
        assertThatThrownBy(() -> scheduler.execute(ran::countDown)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scheduler.schedule(Duration.ZERO, ran::countDown))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(ran.getCount()).isOne();
    }
}
