package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.notice.Notices;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that reads everything about a table of a million rows, none of which was come to, looks at none of them. */
@Timeout(180)
final class ManyRowsReadTest {
    private static final int ROWS = 1_000_000;

    private final ClosableScheduler scheduler = Schedulers.named("test");
    private final Database database =
            StateDatabase.builder().scheduler(scheduler).build();
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final FakeHost host = new FakeHost();
    private final RWTable<Doc> docs = database.create(Doc.TABLE);

    private static final class Nothing implements Operations<Doc> {
        @Override
        public Outcome update(OperationContext context, Doc doc) {
            return Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, Doc doc) {
            return Outcome.done();
        }
    }

    @AfterEach
    void close() {
        host.close();
        scheduler.close();
    }

    private void insert(int from, int until) {
        database.write(docs, txn -> {
            for (int i = from; i < until; i++) {
                docs.insert(txn, new Doc("doc-" + i, "", i));
            }
            return until;
        });
    }

    @Test
    void everyAttribute_isReadWithoutLookingAtTheRows() throws Exception {
        RunningReconciler<Doc> reconciler = Reconcilers.builder(database, scheduler)
                .build()
                .start("disk", docs, new Nothing(), Options.defaults().mode(Mode.PAUSED));
        host.database = database;
        host.add(docs, "docs");
        host.add(reconciler, "docs");
        try (HostBeans beans = HostBeans.open(
                host, new ControlMethods(host), server, new Notices(host.scheduler(), HostBeans.host()))) {
            host.tables.forEach(beans::tableAdded);
            host.reconcilers.forEach(beans::reconcilerAdded);
            insert(0, 1000);
            readAll();
            long ofAThousand = readAll();
            insert(1000, ROWS);
            long began = System.nanoTime();
            long ofAMillion = readAll();
            System.out.printf(
                    "all attributes: %,d bytes with a thousand rows, %,d with a million, in %d ms%n",
                    ofAThousand, ofAMillion, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            assertThat(server.getAttribute(Names.reconciler("docs/disk"), "Queued"))
                    .isEqualTo((long) ROWS);
            assertThat(ofAMillion).as("bytes").isLessThan(2 * ofAThousand + 200_000);
        } finally {
            reconciler.stop().toCompletableFuture().get();
        }
    }

    /** Reads every attribute of every bean as JConsole does, and says how much that allocated. */
    private long readAll() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (ObjectName name : server.queryNames(new ObjectName("dev.homeostat:*"), null)) {
            String[] attributes = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            assertThat(server.getAttributes(name, attributes)).hasSameSizeAs(attributes);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
