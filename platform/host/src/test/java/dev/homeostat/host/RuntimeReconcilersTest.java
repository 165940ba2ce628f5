package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.plugin.Deadline;
import dev.homeostat.host.plugin.ReconcilerEngine;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics;
import dev.homeostat.reconciler.ReconcilerRegistry;
import dev.homeostat.reconciler.Remembered;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RuntimeReconcilersTest {
    private final ClosableScheduler scheduler = Schedulers.named("test");
    private final Database database =
            StateDatabase.builder().scheduler(scheduler).build();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ReconcilerMetrics metrics = new ReconcilerMetrics() {
        @Override
        public void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
            heard.add(reconciler + " " + kind);
        }

        @Override
        public void failing(String reconciler, long objects) {
            heard.add(reconciler + " failing " + objects);
        }
    };

    @AfterEach
    void close() {
        scheduler.close();
    }

    private static final class Failing implements Operations<Doc> {
        @Override
        public Outcome update(OperationContext context, Doc doc) {
            return Outcome.retry("no room", Duration.ofHours(1));
        }

        @Override
        public Outcome delete(OperationContext context, Doc doc) {
            return Outcome.done();
        }
    }

    /** Seen when a host with a failing row was stopped: the figures came again, and nobody took them away. */
    @Test
    void stop_isTheEndOfWhatMetricsHear_thoughFailuresEndWithIt() throws Exception {
        RWTable<Doc> docs = database.create(Doc.TABLE);
        database.write(docs, txn -> docs.insert(txn, new Doc("a", "", 1)));
        ReconcilerEngine.Running<Doc> running = new RuntimeReconcilers(
                        database, metrics, new ReconcilerRegistry(database))
                .start(scheduler, "disk", docs, new Failing(), Options.defaults(), () -> Remembered.nothing());
        await("the row fails")
                .untilAsserted(() -> assertThat(heard).contains("docs/disk update", "docs/disk failing 1"));
        running.stop(Deadline.in(Duration.ofSeconds(10), scheduler));
        List<String> atItsEnd = List.copyOf(heard);
        UntilStopped late = new UntilStopped(metrics);
        late.close();
        late.failing("docs/disk", 0);
        late.operationEnded("docs/disk", OperationKind.UPDATE, Duration.ZERO, false);
        late.pruneEnded("docs/disk", Duration.ZERO, ReconcilerMetrics.PruneResult.DONE, 0);
        await("whatever it still tells")
                .during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(heard).isEqualTo(atItsEnd));
    }
}
