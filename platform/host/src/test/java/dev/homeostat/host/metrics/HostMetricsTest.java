package dev.homeostat.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.view.TableView;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics.PruneResult;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostMetricsTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final HostMetrics metrics = HostMetrics.open(server);

    @AfterEach
    void everythingIsGoneAfterwards() throws Exception {
        metrics.close();
        assertThat(beans()).isEmpty();
    }

    private static TableView view(String table) {
        return new TableView(
                new FakeTable<>(TableSpec.of(table, String.class, Index.unique("id", Keys.STRING, row -> row))),
                "plugin");
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
        metrics.tableAdded(view("docs"));
        metrics.tableAdded(view("memos"));
        metrics.database().lockWaited("docs", Duration.ofMillis(2));
        metrics.database().transactionEnded(List.of("docs", "memos"), Duration.ofMillis(3), true);
        metrics.database().transactionEnded(List.of("docs"), Duration.ofMillis(3), false);
        metrics.database().tableChanged("docs", new TableStats(5, 9, 2, 7, 1));
        assertThat(read("tables.docs.objects", "Value")).isEqualTo(5L);
        assertThat(read("tables.docs.revision", "Value")).isEqualTo(9L);
        assertThat(read("tables.docs.graveyard", "Value")).isEqualTo(2L);
        assertThat(read("tables.docs.low-watermark", "Value")).isEqualTo(7L);
        assertThat(read("tables.docs.change-iterators", "Value")).isEqualTo(1);
        assertThat(read("tables.docs.transactions", "Count")).isEqualTo(2L);
        assertThat(read("tables.docs.aborts", "Count")).isEqualTo(1L);
        assertThat(read("tables.docs.lock-wait", "Count")).isEqualTo(1L);
        assertThat(read("tables.memos.transactions", "Count")).isEqualTo(1L);
    }

    @Test
    void tableOfAReconcilersStatuses_isNotPublished() throws Exception {
        metrics.database().lockWaited("docs-disk-hash", Duration.ofMillis(2));
        metrics.database().transactionEnded(List.of("docs-disk-hash"), Duration.ofMillis(3), false);
        metrics.database().tableChanged("docs-disk-hash", new TableStats(5, 9, 2, 7, 1));
        metrics.database().tableRemoved("docs-disk-hash");
        assertThat(metrics.registry().getNames()).isEmpty();
    }

    @Test
    void table_thatIsRemoved_leavesNothing_alsoWhenATransactionEndsLate() throws Exception {
        metrics.tableAdded(view("docs"));
        metrics.database().tableChanged("docs", new TableStats(5, 9, 2, 7, 1));
        metrics.tableRemoved(view("docs"));
        metrics.database().tableRemoved("docs");
        metrics.database().transactionEnded(List.of("docs"), Duration.ofMillis(3), true);
        assertThat(beans()).isEmpty();
        assertThat(metrics.registry().getNames()).isEmpty();
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
    void reconciler_thatStopped_leavesNothing() throws Exception {
        metrics.reconcilers().failing("docs/disk", 3);
        try (Example example = new Example()) {
            metrics.reconcilerRemoved(example.host.reconcilers.getFirst());
        }
        assertThat(beans()).isEmpty();
    }

    @Test
    void plugin_hasItsOwnMetrics() throws Exception {
        metrics.plugins().counter("a.b", "c").add(3);
        metrics.plugins().counter("a", "b/c").add(4);
        metrics.plugins().stopwatch("a", "t").record(Duration.ofSeconds(2));
        metrics.plugins().gauge("a", "g", () -> 42);
        assertThat(read("plugins.a.b/c", "Count")).isEqualTo(3L);
        assertThat(read("plugins.a/b/c", "Count")).isEqualTo(4L);
        assertThat(read("plugins.a/t", "Count")).isEqualTo(1L);
        assertThat(read("plugins.a/g", "Value")).isEqualTo(42L);
        metrics.plugins().remove("a", "t");
        metrics.plugins().removeAll("a");
        assertThat(metrics.registry().getNames()).containsExactly("plugins.a.b/c");
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
    void gaugeThatThrows_readsAsNaN() throws Exception {
        metrics.plugins().gauge("a", "bad", () -> {
            throw new IllegalStateException("no idea");
        });
        metrics.plugins().gauge("a", "worse", () -> {
            throw new AssertionError("no idea");
        });
        assertThat(read("plugins.a/worse", "Value")).isEqualTo(Double.NaN);
        metrics.plugins().gauge("a", "own", () -> new BigDecimal("1.5"));
        assertThat(read("plugins.a/bad", "Value")).isEqualTo(Double.NaN);
        assertThat(read("plugins.a/bad", "Value")).isEqualTo(Double.NaN);
        assertThat(read("plugins.a/own", "Value")).isEqualTo(1.5);
    }
}
