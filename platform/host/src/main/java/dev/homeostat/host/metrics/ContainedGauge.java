package dev.homeostat.host.metrics;

import com.codahale.metrics.Gauge;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's gauge, kept from hurting who reads it: it is asked on a thread of its own, at most one at a time, and reads as NaN when it throws or takes longer than a second.
 * Once it did, nobody waits for that thread again until it has ended. Safe for all threads.
 */
final class ContainedGauge implements Gauge<Number>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainedGauge.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String plugin;
    private final String name;
    private final PluginGauge gauge;
    private final Runnable failed;
    private final AtomicBoolean complained = new AtomicBoolean();
    private @Nullable Reading current; // guarded by this, as all below
    private boolean closed;

    /** @param failed called when it could not be read */
    ContainedGauge(String plugin, String name, PluginGauge gauge, Runnable failed) {
        this.plugin = plugin;
        this.name = name;
        this.gauge = gauge;
        this.failed = failed;
    }

    /** Begins to ask, so that many gauges can be asked at the same time; who reads it meanwhile gets the same answer. */
    synchronized void ask() {
        if (current == null && !closed) {
            Reading reading = new Reading();
            current = reading;
            reading.thread.start();
        }
    }

    @Override
    public Number getValue() {
        Reading reading;
        synchronized (this) {
            ask();
            reading = current;
        }
        return reading == null ? Double.NaN : reading.await();
    }

    private void complain(String what, @Nullable Throwable thrown) {
        failed.run();
        if (complained.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("plugin", plugin)
                    .addKeyValue("gauge", name)
                    .setCause(thrown)
                    .log(
                            "gauge \"{}\" of plugin \"{}\" {}; it has no value then, and this is said once",
                            name,
                            plugin,
                            what);
        }
    }

    /** Interrupts whoever asks it; it has no value any more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.thread.interrupt();
        }
    }

    /** One look at the gauge. */
    private final class Reading {
        private final CompletableFuture<Number> answer = new CompletableFuture<>();
        private final long begin = System.nanoTime();
        // Virtual: a scrape asks all gauges at once. One that spins takes a carrier, and the host adds another.
        private final Thread thread = Thread.ofVirtual()
                .name("gauge \"" + name + "\" of plugin \"" + plugin + "\"")
                .inheritInheritableThreadLocals(false)
                .unstarted(this::run);
        private boolean abandoned; // guarded by the gauge

        private void run() {
            try {
                answer.complete(gauge.read());
            } catch (Throwable e) { // a plugin's code may throw anything
                answer.completeExceptionally(e);
            } finally {
                end();
            }
        }

        private void end() {
            synchronized (ContainedGauge.this) {
                current = null;
                if (abandoned) {
                    gauge.ended(thread);
                }
            }
        }

        Number await() {
            long left = isAbandoned() ? 0 : PATIENCE.toNanos() - (System.nanoTime() - begin);
            try {
                return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                abandon();
            } catch (ExecutionException e) {
                complain("failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Double.NaN;
        }

        private boolean isAbandoned() {
            synchronized (ContainedGauge.this) {
                return abandoned;
            }
        }

        private void abandon() {
            synchronized (ContainedGauge.this) {
                if (!abandoned && current == this) {
                    abandoned = true;
                    gauge.abandoned(thread);
                    thread.interrupt();
                }
            }
            complain("took longer than " + PATIENCE.toMillis() + " ms", null);
        }
    }
}
