package dev.homeostat.host.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.host.PluginJar;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is carried keeps no class of the plugin: its loader is collected while that is still held. */
final class NoPluginClassesTest {
    @TempDir
    Path directory;

    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final Database db = StateDatabase.builder().scheduler(clock).build();
    private final Carried carried = Carried.collecting();

    @Test
    void loaderOfTheOldVersion_isCollectedWhileItsStateIsHeld() throws Exception {
        Path jar = PluginJar.empty().type("test.memos.Memo", """
            public record Memo(String name, Kind kind, Map<String, String> labels) {
                public enum Kind { NOTE, TASK }
                public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
                public static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME)
                        .codec(RecordCodec.of(java.lang.invoke.MethodHandles.lookup(), Memo.class));
                public static Memo of(String name) {
                    return new Memo(new String(name), Kind.TASK, Map.of("a", "b"));
                }
                public static final class Sick implements Operations<Memo> {
                    public Outcome update(OperationContext context, Memo memo) {
                        context.learn("id", memo.name());
                        return memo.name().equals("a") ? Outcome.done() : Outcome.permanent("no");
                    }
                    public Outcome delete(OperationContext context, Memo memo) {
                        return Outcome.retry("busy", Duration.ofHours(1));
                    }
                }
            }
            """).writeTo(directory, "memos.jar");
        WeakReference<ClassLoader> loader = run(jar);
        clock.advance(Duration.ofMinutes(1)); // what waits for the end of the stop ends
        clock.execute(() -> {}); // the clock knows what it did last
        clock.runUntilIdle();
        await("the loader is collected").untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
        RejectedRows rejected = new RejectedRows(directory);
        RWTable<Versions.Old> none = carried.makeTable(
                new RowKeeping(db, rejected, RowOwners.NONE, clock),
                CodecChoice.of(Versions.Old.TABLE),
                java.util.List.of());
        assertThat(none.count(db.readTxn())).isZero();
        assertThat(rejected.all()).as("all of it was there").hasSize(2);
    }

    private WeakReference<ClassLoader> run(Path jar) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            work(loader);
            return new WeakReference<>(loader);
        }
    }

    @SuppressWarnings("unchecked") // the row's class is known to nobody here
    private void work(ClassLoader loader) throws Exception {
        Class<?> type = loader.loadClass("test.memos.Memo");
        RWTable<Object> table =
                db.create((TableSpec<Object>) type.getField("TABLE").get(null));
        for (String name : new String[] {"a", "b", "c"}) {
            Object row = type.getMethod("of", String.class).invoke(null, name);
            db.write(table, txn -> table.insert(txn, row));
        }
        Operations<Object> operations = (Operations<Object>)
                loader.loadClass("test.memos.Memo$Sick").getConstructor().newInstance();
        Reconcilers reconcilers = Reconcilers.builder(db, clock).build();
        RunningReconciler<Object> running =
                reconcilers.start("disk", table, operations, Options.defaults().withoutPruning());
        clock.runUntilIdle();
        Object gone = type.getMethod("of", String.class).invoke(null, "c");
        db.write(table, txn -> table.delete(txn, gone));
        clock.runUntilIdle();
        ChangeIterator<Object> since = table.changes();
        running.stop();
        clock.runUntilIdle();
        carried.reconcilerStopped("memos/disk", table, since, running.remembered(), clock);
        reconcilers.forget(running);
        StateDatabase.remove(
                db,
                table,
                last -> carried.tableRemoved(
                        new RowKeeping(db, new RejectedRows(directory), RowOwners.NONE, clock), table, "", last));
    }
}
