package dev.homeostat.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics.PruneResult;
import dev.homeostat.statedb.StateDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HostMetricsTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ClosableScheduler scheduler = Schedulers.named("test");
    private final HostMetrics metrics = HostMetrics.open(server, scheduler);
    private final Set<String> always = metrics.registry().getNames();
    private final Database database = StateDatabase.builder()
            .scheduler(scheduler)
            .metrics(metrics.database())
            .build();

    @AfterEach
    void everythingIsGoneAfterwards() throws Exception {
        scheduler.close();
        metrics.close();
        assertThat(beans()).isEmpty();
    }

    private RWTable<String> table(String name) {
        RWTable<String> table = database.create(
                TableSpec.of(name, String.class, Index.unique("id", Keys.STRING, row -> row)), "manifests");
        metrics.tableAdded(new TableView(table, "plugin"));
        return table;
    }

    private Set<ObjectName> beans() throws Exception {
        return server.queryNames(new ObjectName("dev.homeostat.metrics:*"), null);
    }

    private Object read(String name, String attribute) throws Exception {
        Set<ObjectName> found = server.queryNames(new ObjectName("dev.homeostat.metrics:name=" + name + ",*"), null);
        assertThat(found).as(name).hasSize(1);
        return server.getAttribute(found.iterator().next(), attribute);
    }

    @Test
    void table_reportsTransactionsAndFigures() throws Exception {
        RWTable<String> docs = table("docs");
        RWTable<String> memos = table("memos");
        try (WriteTxn txn = database.writeTxn(docs, memos)) {
            docs.insert(txn, "a");
            docs.insert(txn, "b");
            txn.commit();
        }
        database.writeTxn(docs).close();
        assertThat(read("tables.docs.objects", "Value")).isEqualTo(2L);
        assertThat(read("tables.docs.revision", "Value")).isEqualTo(2L);
        assertThat(read("tables.docs.initialized", "Value")).isEqualTo(1); // nobody has said which database it is in
        assertThat(read("tables.docs.transactions", "Count")).isEqualTo(2L);
        assertThat(read("tables.docs.aborts", "Count")).isEqualTo(1L);
        assertThat(read("tables.docs.lock-wait", "Count")).isEqualTo(2L);
        assertThat(read("tables.memos.transactions", "Count")).isEqualTo(1L);
        assertThat(read("database.commits", "Count")).isEqualTo(1L);
        assertThat(read("database.aborts", "Count")).isEqualTo(1L);
    }

    /** Seen: they were those of the last commit, and an iterator goes on, comes and goes without one. */
    @Test
    void lowWatermarkAndIteratorsOfATable_areOfNow_withoutACommit() throws Exception {
        RWTable<String> docs = table("docs");
        ChangeIterator<String> changes = docs.changes();
        assertThat(read("tables.docs.change-iterators", "Value")).isEqualTo(1L);
        database.write(docs, txn -> docs.insert(txn, "a"));
        database.write(docs, txn -> docs.delete(txn, "a"));
        assertThat(read("tables.docs.revision", "Value")).isEqualTo(2L);
        assertThat(read("tables.docs.low-watermark", "Value")).isEqualTo(0L);
        changes.next(database.readTxn()).forEach(change -> {});
        changes.next(database.readTxn()).forEach(change -> {});
        assertThat(read("tables.docs.low-watermark", "Value")).isEqualTo(2L);
        changes.close();
        assertThat(read("tables.docs.change-iterators", "Value")).isEqualTo(0L);
    }

    @Test
    void tableOfAReconcilersStatuses_countsForTheDatabaseOnly() throws Exception {
        metrics.database().lockWaited("docs-disk-hash", Duration.ofMillis(2));
        metrics.database().transactionEnded(List.of("docs-disk-hash"), Duration.ofMillis(3), false);
        metrics.database().transactionDropped(List.of("docs-disk-hash"));
        metrics.database().tableRemoved("docs-disk-hash");
        assertThat(metrics.registry().getNames()).isEqualTo(always);
        assertThat(read("database.aborts", "Count")).isEqualTo(1L);
        assertThat(read("database.dropped", "Count")).isEqualTo(1L);
    }

    @Test
    void table_thatIsRemoved_leavesNothing_alsoWhenATransactionEndsLate() {
        RWTable<String> docs = table("docs");
        database.write(docs, txn -> docs.insert(txn, "a"));
        metrics.tableRemoved(new TableView(docs, "plugin"));
        database.remove(docs);
        metrics.database().transactionEnded(List.of("docs"), Duration.ofMillis(3), true);
        assertThat(metrics.registry().getNames()).isEqualTo(always);
    }

    @Test
    void reconciler_reportsOperationsAndPrunes() throws Exception {
        var heard = metrics.reconcilers();
        heard.operationEnded("docs/disk", OperationKind.UPDATE, Duration.ofMillis(4), false);
        heard.operationEnded("docs/disk", OperationKind.UPDATE, Duration.ofMillis(4), true);
        heard.operationEnded("docs/disk", OperationKind.DELETE, Duration.ofMillis(4), false);
        heard.pruneEnded("docs/disk", Duration.ofMillis(40), PruneResult.FAILED, 0);
        heard.pruneEnded("docs/disk", Duration.ofMillis(40), PruneResult.HELD, 0);
        heard.failing("docs/disk", 3);
        assertThat(read("reconcilers.docs/disk.update", "Count")).isEqualTo(2L);
        assertThat(read("reconcilers.docs/disk.update-errors", "Count")).isEqualTo(1L);
        assertThat(read("reconcilers.docs/disk.delete", "Count")).isEqualTo(1L);
        assertThat(read("reconcilers.docs/disk.prune", "Count")).isEqualTo(2L);
        assertThat(read("reconcilers.docs/disk.prune-errors", "Count")).isEqualTo(1L);
        assertThat(read("reconcilers.docs/disk.prunes-held", "Count")).isEqualTo(1L);
        assertThat(read("reconcilers.docs/disk.failing", "Value")).isEqualTo(3L);
    }

    @Test
    void reconciler_isAskedForWhatItDoesNotReport() throws Exception {
        try (Example example = new Example()) {
            ReconcilerView reconciler = example.host.reconcilers.getFirst();
            metrics.reconcilerAdded(reconciler);
            String name = "reconcilers." + reconciler.reconciler().fullName() + ".";
            assertThat(read(name + "objects", "Value"))
                    .isEqualTo(reconciler.reconciler().health().objects());
            assertThat(read(name + "degraded", "Value")).isEqualTo(1);
            assertThat(read(name + "retries", "Count"))
                    .isEqualTo(reconciler.reconciler().stats().retries());
            assertThat((Double) read(name + "oldest-failure", "Value")).isPositive();
            metrics.reconcilerRemoved(reconciler);
        }
        assertThat(metrics.registry().getNames()).isEqualTo(always);
    }

    @Test
    void reconciler_thatStopped_leavesNothing() throws Exception {
        metrics.reconcilers().failing("docs/disk", 3);
        try (Example example = new Example()) {
            metrics.reconcilerRemoved(example.host.reconcilers.getFirst());
        }
        assertThat(metrics.registry().getNames()).isEqualTo(always);
    }

    @Test
    void plugin_hasItsOwnMetrics() throws Exception {
        metrics.plugins().counter("a.b", "c").add(3);
        metrics.plugins().counter("a", "b/c").add(4);
        metrics.plugins().stopwatch("a", "t").record(Duration.ofSeconds(2));
        metrics.plugins().gauge("a", "g", () -> 42L);
        assertThat(read("plugins.a.b/c", "Count")).isEqualTo(3L);
        assertThat(read("plugins.a/b/c", "Count")).isEqualTo(4L);
        assertThat(read("plugins.a/t", "Count")).isEqualTo(1L);
        assertThat(read("plugins.a/g", "Value")).isEqualTo(42L);
        metrics.plugins().remove("a", "t");
        metrics.plugins().removeAll("a");
        assertThat(metrics.registry().getNames()).hasSize(always.size() + 1).contains("plugins.a.b/c");
        metrics.plugins().removeAll("a.b");
        assertThat(metrics.registry().getNames()).isEqualTo(always);
    }

    @Test
    void plugin_cannotHaveTwoMetricsOfOneName() {
        metrics.plugins().counter("a", "c");
        assertThatThrownBy(() -> metrics.plugins().gauge("a", "c", () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plugins.a/c");
        metrics.pluginRemoved("a");
        metrics.plugins().counter("a", "c");
    }

    @Test
    void gaugeThatThrows_readsAsNaN_andIsCounted() throws Exception {
        metrics.pluginChanged(plugin("a", State.ACTIVE));
        metrics.plugins().gauge("a", "bad", () -> {
            throw new IllegalStateException("no idea");
        });
        metrics.plugins().gauge("a", "worse", () -> {
            throw new AssertionError("no idea");
        });
        assertThat(read("plugins.a/worse", "Value")).isEqualTo(Double.NaN);
        assertThat(read("plugins.a/bad", "Value")).isEqualTo(Double.NaN);
        assertThat(read("plugins.a/bad", "Value")).isEqualTo(Double.NaN);
        assertThat(read("plugins.a.read-failures", "Count")).isEqualTo(3L);
    }

    @Test
    @Timeout(30)
    void gaugeThatHangs_isWaitedForOnce_andNamed_untilItEnds() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        metrics.plugins().gauge("a", "g", new PluginGauge() {
            @Override
            public Number read() {
                boolean interrupted = false;
                while (stuck.getCount() > 0) {
                    try {
                        stuck.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return interrupted ? 1L : 2L;
            }

            @Override
            public void abandoned(Thread thread) {
                told.add("abandoned " + thread.getName());
            }

            @Override
            public void ended(Thread thread) {
                told.add("ended " + thread.getName());
            }
        });
        assertThat(read("plugins.a/g", "Value")).isEqualTo(Double.NaN);
        assertThat(told).containsExactly("abandoned gauge \"g\" of plugin \"a\"");
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(read("plugins.a/g", "Value")).isEqualTo(Double.NaN);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20)); // not 100 s
        stuck.countDown();
        await().untilAsserted(() -> assertThat(told).contains("ended gauge \"g\" of plugin \"a\""));
        assertThat(read("plugins.a/g", "Value")).isEqualTo(2L);
    }

    @Test
    void plugin_isCountedAndShown_asLongAsItsJarIsThere() throws Exception {
        metrics.pluginChanged(plugin("a", State.FOUND));
        metrics.pluginChanged(plugin("a", State.ACTIVE));
        assertThat(read("plugins.a.active", "Value")).isEqualTo(1);
        metrics.pluginChanged(plugin("a", State.LEAKED));
        assertThat(read("plugins.a.active", "Value")).isEqualTo(0);
        assertThat(read("plugins.a.leaked", "Value")).isEqualTo(1);
        assertThat(read("plugins.a.degraded", "Value")).isEqualTo(1);
        assertThat(read("plugins.a.state-changes", "Count")).isEqualTo(2L);
        metrics.pluginRemoved("a");
        assertThat(metrics.registry().getNames()).isEqualTo(always);
    }

    private static PluginView plugin(String id, State state) {
        return new PluginView(id, "1.0.0", state, "", "", id + ".jar", Instant.EPOCH, List.of(), List.of());
    }
}
