package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.leak.JvmCollector;
import dev.homeostat.host.threads.ThreadDump;
import dev.homeostat.host.view.PluginView.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin with a table and a reconciler is stopped and started again and again in one process while rows are reconciled. How often, is said by the system
 * property {@code homeostat.reloads}; docs/reliability.md has the command and what came of it.
 */
final class ReloadsTest {
    private static final int RELOADS = Integer.getInteger("homeostat.reloads", 50);
    private static final int WARM_UP = 15;

    /** What may be left of a reload in the heap and outside of it. A class loader that leaked would leave hundreds. */
    private static final long KIB_PER_RELOAD = 20;

    private static final long SLACK_KIB = 3 * 1024;

    @TempDir
    Path directory;

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    /** What a process uses. */
    private record Usage(long heapKib, long metaspaceKib, long files, long threads, long classes) {
        static Usage now() throws IOException {
            new JvmCollector(ManagementFactory.getPlatformMBeanServer()).collectAll();
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
                return new Usage(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024,
                        metaspace() / 1024,
                        files.count(),
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
            }
        }

        private static long metaspace() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().equals("Metaspace"))
                    .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
                    .sum();
        }
    }

    @Test
    void reloads_leaveHeapMetaspaceFilesAndThreadsAsTheyWere() throws Exception {
        try (HostFixture host = new HostFixture(directory)) {
            host.with(MemoPlugin.with(MemoPlugin.CONTRIBUTE + """
                Database db = ctx.database();
                String run = Long.toString(System.nanoTime());
                ctx.gauge("rows", () -> memos.count(db.readTxn()));
                ctx.job("fill", () -> {
                    for (int i = 0; !Thread.currentThread().isInterrupted(); i = (i + 1) % 200) {
                        Memo memo = new Memo("memo-" + i, run);
                        db.write(memos, txn -> memos.insert(txn, memo));
                    }
                });
                """), "memos.jar").start();
            ThreadDump.take(); // as the host may, with classes of its own
            reload(host, WARM_UP);
            Usage before = usage(host);
            long began = System.nanoTime();
            reload(host, RELOADS);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Usage after = usage(host);

            System.out.printf(
                    "%d reloads, %d ms each: %s, and then %s%n", RELOADS, took.toMillis() / RELOADS, before, after);
            long allowed = SLACK_KIB + RELOADS * KIB_PER_RELOAD;
            assertThat(after.heapKib - before.heapKib).as("KiB of heap").isLessThan(allowed);
            assertThat(after.metaspaceKib - before.metaspaceKib)
                    .as("KiB of metaspace")
                    .isLessThan(allowed);
            assertThat(after.files - before.files).as("open files").isLessThan(5);
            assertThat(after.threads - before.threads).as("threads").isLessThan(8);
            assertThat(after.classes - before.classes).as("classes").isLessThan(300);
            assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
            assertThat(host.plugin("memos").reason()).isEmpty();
        }
    }

    private void reload(HostFixture host, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            awaitReconciled(host);
            stop(host);
            host.lifecycle(() -> host.lifecycleOf().start("memos"));
        }
    }

    private void stop(HostFixture host) throws Exception {
        loaders.add(new WeakReference<>(
                host.host().tables().getFirst().table().spec().rowType().getClassLoader()));
        host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));
    }

    /** Rows come and are reconciled all the time: some of this load were, and others are to be. */
    private static void awaitReconciled(HostFixture host) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> host.host()
                                .reconcilers()
                                .getFirst()
                                .reconciler()
                                .stats()
                                .updates()
                        > 0);
    }

    /**
     * Once all loads are collected, for which the host asks. None runs meanwhile: compiled code of the host's that is on the stack of a busy job keeps the two
     * classes that it was compiled for, and they may be those of earlier loads.
     */
    private Usage usage(HostFixture host) throws Exception {
        awaitReconciled(host);
        stop(host);
        await().atMost(Duration.ofSeconds(20)).until(() -> loaders.stream().allMatch(loader -> loader.refersTo(null)));
        Usage usage = Usage.now();
        host.lifecycle(() -> host.lifecycleOf().start("memos"));
        return usage;
    }
}
