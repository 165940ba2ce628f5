package dev.homeostat.host.threads;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The carriers of this JVM, watched from a platform thread. */
public final class JvmCarriers implements Carriers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JvmCarriers.class);

    private final VirtualThreadSchedulerMXBean bean =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("homeostat-carriers").factory());
    private final CarrierWatch watch;

    private JvmCarriers(WaitListener listener) {
        watch = new CarrierWatch(this, Thread::startVirtualThread, listener);
    }

    /** Begins to watch: from now on there are as many carriers as it takes. */
    public static JvmCarriers watch(WaitListener listener) {
        JvmCarriers carriers = new JvmCarriers(listener);
        Future<?> _ = carriers.thread.scheduleWithFixedDelay(
                carriers::look, 0, 1000 / CarrierWatch.LOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
        return carriers;
    }

    private void look() {
        try {
            watch.look();
        } catch (RuntimeException | Error e) { // else it would be the last look
            LOG.error("cannot see to the virtual threads that wait", e);
        }
    }

    @Override
    public int most() {
        return bean.getParallelism();
    }

    @Override
    public void most(int carriers) {
        bean.setParallelism(carriers);
    }

    /**
     * {@link java.util.concurrent.ForkJoinPool} looks for a carrier only when something is put into an empty queue, and each thread has its own queue for what it
     * puts there: that of the watch, and of all who wait, are not empty. That of a new thread is.
     */
    @Override
    public void wake() {
        Thread.ofPlatform().daemon().name("homeostat-carriers-wake").start(() -> Thread.startVirtualThread(() -> {}));
    }

    @Override
    public int busy() {
        return bean.getMountedVirtualThreadCount();
    }

    @Override
    public List<ThreadDump.Line> running() {
        try {
            return ThreadDump.take().stream().filter(ThreadDump.Line::mounted).toList();
        } catch (IOException e) {
            LOG.warn("cannot tell which virtual threads run: {}", e.toString());
            return List.of();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close(); // a look takes milliseconds
        watch.end();
    }
}
