package dev.homeostat.host.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/** Figures of the process and its virtual machine, from the JDK's own MXBeans: each is cheap to ask for. */
final class JvmFigures {
    private final MetricBook book;

    private JvmFigures(MetricBook book) {
        this.book = book;
    }

    static void addTo(MetricBook book) {
        JvmFigures figures = new JvmFigures(book);
        figures.process(new MetricGroup(book, ""));
        figures.threads(new MetricGroup(book, ""));
        figures.classes(new MetricGroup(book, ""));
        figures.memory();
        figures.collectors();
        figures.buffers();
    }

    private void process(MetricGroup group) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        group.info(Figure.JVM_VERSION, runtime.getVmVersion());
        group.number(Figure.PROCESS_START_TIME, () -> runtime.getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            group.number(Figure.PROCESS_CPU, () -> system.getProcessCpuTime() / 1e9);
            group.gauge(Figure.PROCESS_OPEN_FILES, system::getOpenFileDescriptorCount);
            group.gauge(Figure.PROCESS_MAX_FILES, system::getMaxFileDescriptorCount);
        }
    }

    private void threads(MetricGroup group) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        group.gauge(Figure.JVM_THREADS, threads::getThreadCount);
        group.gauge(Figure.JVM_THREADS_DAEMON, threads::getDaemonThreadCount);
        group.gauge(Figure.JVM_THREADS_PEAK, threads::getPeakThreadCount);
        group.counter(Figure.JVM_THREADS_STARTED, threads::getTotalStartedThreadCount);
        group.gauge(Figure.JVM_THREADS_DEADLOCKED, () -> {
            long[] deadlocked = threads.findDeadlockedThreads();
            return deadlocked == null ? 0 : deadlocked.length;
        });
        VirtualThreadSchedulerMXBean carriers = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        group.gauge(Figure.JVM_CARRIERS, carriers::getParallelism);
        group.gauge(Figure.JVM_VIRTUAL_MOUNTED, carriers::getMountedVirtualThreadCount);
        group.gauge(Figure.JVM_VIRTUAL_QUEUED, carriers::getQueuedVirtualThreadCount);
    }

    private void classes(MetricGroup group) {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        group.gauge(Figure.JVM_CLASSES, classes::getLoadedClassCount);
        group.counter(Figure.JVM_CLASSES_LOADED, classes::getTotalLoadedClassCount);
        group.counter(Figure.JVM_CLASSES_UNLOADED, classes::getUnloadedClassCount);
    }

    private void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        area("heap", memory::getHeapMemoryUsage);
        area("nonheap", memory::getNonHeapMemoryUsage);
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MetricGroup group = new MetricGroup(book, pool.getName());
            group.gauge(Figure.POOL_USED, () -> pool.getUsage().getUsed());
            group.gauge(Figure.POOL_COMMITTED, () -> pool.getUsage().getCommitted());
            group.gauge(Figure.POOL_MAX, () -> pool.getUsage().getMax());
            if (pool.getCollectionUsage() != null) {
                group.gauge(
                        Figure.POOL_COLLECTION_USED,
                        () -> pool.getCollectionUsage().getUsed());
            }
        }
    }

    private void area(String name, Supplier<MemoryUsage> usage) {
        MetricGroup group = new MetricGroup(book, name);
        group.gauge(Figure.AREA_USED, () -> usage.get().getUsed());
        group.gauge(Figure.AREA_COMMITTED, () -> usage.get().getCommitted());
        group.gauge(Figure.AREA_MAX, () -> usage.get().getMax());
    }

    private void collectors() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            MetricGroup group = new MetricGroup(book, collector.getName());
            group.counter(Figure.COLLECTOR_COLLECTIONS, collector::getCollectionCount);
            group.number(Figure.COLLECTOR_TIME, () -> collector.getCollectionTime() / 1e3);
        }
    }

    private void buffers() {
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            MetricGroup group = new MetricGroup(book, pool.getName());
            group.gauge(Figure.BUFFERS_USED, pool::getMemoryUsed);
            group.gauge(Figure.BUFFERS_CAPACITY, pool::getTotalCapacity);
            group.gauge(Figure.BUFFERS_COUNT, pool::getCount);
        }
    }
}
