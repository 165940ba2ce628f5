package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A hundred thousand rows that fail: the status tells with what, and costs what it costs with ten. */
@Timeout(180)
final class ManyFailuresTest {
    private static final int ROWS = 100_000;

    private final ClosableScheduler scheduler = Schedulers.named("test");
    private final Database database =
            StateDatabase.builder().scheduler(scheduler).build();
    private final RWTable<Doc> docs = database.create(Doc.TABLE);
    private final FakeHost host = new FakeHost();

    @AfterEach
    void stop() {
        scheduler.close();
        host.close();
    }

    /** Fails with one of three errors, each of which names the row. */
    private static final class Broken implements Operations<Doc> {
        @Override
        public Outcome update(OperationContext context, Doc doc) {
            String error = switch ((int) (doc.size() % 4)) {
                case 0 -> "permission denied: " + doc.path();
                case 1 -> "no route to " + doc.path() + " (unreachable)";
                default -> doc.path() + ": disk full";
            };
            return Outcome.retry(error, Duration.ofHours(1));
        }

        @Override
        public Outcome delete(OperationContext context, Doc doc) {
            return Outcome.done();
        }
    }

    @Test
    void status_groupsThemAllByError_andLooksAtNoneOfThem() throws Exception {
        database.write(docs, txn -> {
            for (int i = 0; i < ROWS; i++) {
                docs.insert(txn, new Doc("doc-" + i + ".txt", "", i));
            }
            return ROWS;
        });
        RunningReconciler<Doc> reconciler = Reconcilers.builder(database, scheduler)
                .build()
                .start("disk", docs, new Broken(), Options.defaults().withoutPruning());
        try {
            host.database = database;
            host.add(docs, "docs");
            host.add(reconciler, "docs");
            await("all of them were tried")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> reconciler.health().failing() == ROWS);
            ControlMethods methods = new ControlMethods(host);
            JsonNode status = status(methods);
            assertThat(status.at("/host/verdict").stringValue()).isEqualTo("100000 rows fail with 3 different errors");
            JsonNode byError = status.at("/reconcilers/0/failuresByError");
            assertThat(byError.path("errors").intValue()).isEqualTo(3);
            assertThat(byError.path("others").intValue()).isZero();
            assertThat(byError.path("groups").valueStream())
                    .extracting(group -> group.path("error").stringValue())
                    .containsExactly("{key}: disk full", "permission denied: {key}", "no route to {key} (unreachable)");
            assertThat(byError.path("groups").valueStream())
                    .extracting(group -> group.path("count").intValue())
                    .isEqualTo(List.of(ROWS / 2, ROWS / 4, ROWS / 4));
            assertThat(byError.at("/groups/2/oldest/key").stringValue()).isEqualTo("doc-1.txt");
            assertThat(allocatedBy(() -> status(methods)))
                    .as("bytes: an object for each row would be more than a megabyte")
                    .isLessThan(1_000_000);
        } finally {
            reconciler.stop().toCompletableFuture().get();
        }
    }

    private static ObjectNode status(ControlMethods methods) throws Exception {
        return methods.call(Caller.test(), "status", JsonNodeFactory.instance.objectNode(), item -> {
            throw new AssertionError("a status has no items");
        });
    }

    private interface Call {
        Object call() throws Exception;
    }

    private static long allocatedBy(Call call) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(call.call()).isNotNull();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
