package dev.homeostat.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a plugin is given: when it works, when it does not, and what it says then. Plugins write what they find into files of their data directory. */
final class ContextTest extends HostTest {
    private static final String TABLE = """
        RWTable<String> names = ctx.table(TableSpec.of("names", String.class, Index.unique("id", Keys.STRING, s -> s)));
        """;

    private HostFixture plugin(String contribute) {
        return host.with(
                PluginJar.modular("one", "").pluginClass("one", """
                    PluginContext ctx;
                    interface Act { void run() throws Exception; }
                    void note(String name, Act act) {
                        try {
                            String text;
                            try { act.run(); text = "fine"; } catch (Throwable e) { text = e.getClass().getSimpleName() + ": " + e.getMessage(); }
                            Path unfinished = ctx.data().resolve(name + ".part");
                            Files.writeString(unfinished, text);
                            Files.move(unfinished, ctx.data().resolve(name));
                        } catch (Exception e) { throw new RuntimeException(e); }
                    }
                    """, "this.ctx = ctx;\n" + contribute), "one.jar");
    }

    private void stop() throws Exception {
        host.lifecycle(() -> host.lifecycleOf().stop("one", "by command"));
    }

    private String noted(String name) {
        Path file = host.home.resolve("data/plugins/one").resolve(name);
        return await().until(() -> Files.exists(file) ? Files.readString(file) : "", text -> !text.isEmpty());
    }

    @Test
    void handles_beforeThePluginIsActive_sayThatContributeOnlyDeclares() throws Exception {
        plugin(TABLE + """
            note("table", () -> names.stats());
            note("name", () -> { if (!names.name().equals("names") || names.spec() == null) throw new Exception(); });
            note("database", () -> ctx.database().readTxn());
            note("scheduler", () -> ctx.scheduler().execute(() -> {}));
            note("counter", () -> ctx.counter("c").increment());
            """).start();
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
        assertThat(noted("name")).isEqualTo("fine");
        for (String thing : List.of("table", "database", "scheduler", "counter")) {
            assertThat(noted(thing)).startsWith("IllegalStateException").contains("contribute(…) only declares");
        }
    }

    @Test
    void handles_afterThePluginStopped_sayThatItStopped() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            Counter counter = ctx.counter("c");
            HealthReporter health = ctx.health("h");
            var reconciler = ctx.reconciler("r", names, new Operations<String>() {
                public Outcome update(OperationContext c, String row) { return Outcome.done(); }
                public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
            }, Options.defaults());
            var scheduler = ctx.scheduler();
            note("warm", () -> {}); // no class can be loaded once the plugin has stopped
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    try { db.readTxn(); } catch (PluginStoppedException e) { break; } catch (IllegalStateException e) { }
                    Thread.onSpinWait();
                }
                while (true) {
                    try { counter.increment(); } catch (PluginStoppedException e) { break; } catch (IllegalStateException e) { }
                }
                while (true) {
                    try { names.spec(); } catch (PluginStoppedException e) { break; } catch (IllegalStateException e) { }
                }
                note("table", () -> names.stats());
                note("spec", () -> names.spec());
                note("database", () -> db.readTxn());
                note("counter", () -> counter.increment());
                note("health", () -> health.degraded("x"));
                note("reconciler", () -> reconciler.prune());
                note("scheduler", () -> scheduler.execute(() -> {}));
            });
            """).start();
        stop();
        for (String thing : List.of("table", "spec", "database", "counter", "health", "reconciler", "scheduler")) {
            assertThat(noted(thing)).startsWith("PluginStoppedException").contains("plugin \"one\" has stopped");
        }
    }

    @Test
    void contributing_afterContributeReturned_isRefused() throws Exception {
        plugin(TABLE + """
            ctx.job("late", () -> note("late", () -> ctx.table(
                    TableSpec.of("others", String.class, Index.unique("id", Keys.STRING, s -> s)))));
            """).start();
        assertThat(noted("late")).contains("during contribute(…) only");
    }

    @Test
    void writeTransaction_thatThePluginForgets_isFoundAndEnded() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            ctx.job("forget", () -> {
                WriteTxn txn = db.writeTxn(names);
                names.insert(txn, "lost");
                note("forgot", () -> {});
            });
            """).start();
        noted("forgot");
        Database database = host.host().database();
        RWTable<?> names = (RWTable<?>) requireNonNull(database.table("names"));

        CompletableFuture<Void> next =
                CompletableFuture.runAsync(() -> database.writeTxn(names).abort());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return next.isDone();
        });

        assertThat(next).isCompleted();
        assertThat(names.count(database.readTxn())).isZero();
    }

    @Test
    void writeTransaction_thatIsOpenAtTheStop_isAborted() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            ctx.job("hold", () -> {
                WriteTxn txn = db.writeTxn(names);
                names.insert(txn, "lost");
                note("open", () -> {});
                new CountDownLatch(1).await();
            });
            """).start();
        noted("open");
        stop();
        assertThat(host.plugin("one").state()).isEqualTo(State.STOPPED);
        assertThat(host.host().database().tables()).isEmpty();
    }

    @Test
    void databaseOfAPlugin_makesAndRemovesNoTables() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            ctx.job("try", () -> {
                note("create", () -> db.create(TableSpec.of("x", String.class, Index.unique("id", Keys.STRING, s -> s))));
                note("remove", () -> db.remove(names));
                note("tables", () -> { if (db.tables().size() != 1 || db.table("names") instanceof RWTable) throw new Exception(); });
                note("txn", () -> { if (db.readTxn().database() != db) throw new Exception(); });
            });
            """).start();
        assertThat(noted("create")).contains("PluginContext.table(…)");
        assertThat(noted("remove")).startsWith("UnsupportedOperationException");
        assertThat(noted("tables")).isEqualTo("fine");
        assertThat(noted("txn")).isEqualTo("fine");
    }

    @Test
    void changesInitializersAndWatches_takeThePluginsTransactions() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            ctx.job("try", () -> note("all", () -> {
                try (ChangeIterator<String> changes = names.changes()) {
                    Watch watch = names.watch(db.readTxn(), names.spec().lookup(Keys.STRING.encode("a")));
                    db.write(names, txn -> names.insert(txn, "a"));
                    watch.await();
                    for (Change<String> change : changes.next(db.readTxn())) { if (!change.row().value().equals("a")) throw new Exception(); }
                    if (!names.initialized(db.readTxn()) || names.count(db.readTxn()) != 1) throw new Exception();
                }
            }));
            """).start();
        assertThat(noted("all")).isEqualTo("fine");
    }

    @Test
    void changeIterator_ofAnotherPluginsTable_isClosedAtTheStop() throws Exception {
        java.nio.file.Path memos = MemoPlugin.jar().writeTo(host.plugins(), "memos.jar");
        host.with(
                        PluginJar.plugin("one")
                                .pluginClass("one", "static final List<Object> KEPT = new ArrayList<>();", """
                                    var memos = ctx.use(test.memos.Memo.TABLE);
                                    ctx.job("follow", () -> {
                                        KEPT.add(memos.changes());
                                        new CountDownLatch(1).await();
                                    });
                                    """)
                                .against(memos)
                                .attribute("Plugin-Dependencies", "memos")
                                .source("module-info", """
                                    module test.one {
                                        requires dev.homeostat.api;
                                        requires test.memos;
                                        provides dev.homeostat.api.plugin.Plugin with test.one.ThePlugin;
                                    }
                                    """),
                        "one.jar")
                .start();
        assertThat(host.plugin("one").reason()).isEmpty();
        var table = host.host().tables().getFirst().table();
        await().until(() -> table.stats().changeIterators() == 2); // the reconciler's, and the job's
        stop();
        assertThat(table.stats().changeIterators()).isEqualTo(1);
    }

    @Test
    void jobThatThrows_isShownInHealth_andStartsAgain() throws Exception {
        plugin("""
            var count = new java.util.concurrent.atomic.AtomicInteger();
            ctx.job("shaky", () -> {
                if (count.getAndIncrement() == 0) throw new IllegalStateException("planted");
                note("again", () -> {});
                new CountDownLatch(1).await();
            });
            """).start();
        HealthLine line = await().until(
                        () -> host.host().health().stream()
                                .filter(one -> one.name().equals("job \"shaky\"") && !one.ok())
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        assertThat(line.plugin()).isEqualTo("one");
        assertThat(line.message()).contains("planted", "starts again at");
        assertThat(host.host().degraded()).isTrue();
        assertThat(noted("again")).isEqualTo("fine");
    }

    @Test
    void jobsAndOperations_runWithTheirNamesInTheLogAndTheirClassLoader() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            String expected = "one names/r true";
            class Ops implements Operations<String> {
                String now() {
                    return org.slf4j.MDC.get("plugin") + " " + org.slf4j.MDC.get("reconciler") + " "
                            + (Thread.currentThread().getContextClassLoader() == ThePlugin.class.getClassLoader());
                }
                public Outcome update(OperationContext c, String row) {
                    note("operation", () -> { throw new Exception(now()); });
                    return Outcome.done();
                }
                public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
            }
            Ops ops = new Ops();
            ctx.reconciler("r", names, ops, Options.defaults());
            ctx.job("j", () -> {
                note("job", () -> { throw new Exception(ops.now() + " " + Thread.currentThread().getName() + " " + Thread.currentThread().isVirtual()); });
                db.write(names, txn -> names.insert(txn, "a"));
            });
            """).start();
        assertThat(noted("job")).isEqualTo("Exception: one null true one: job \"j\" true");
        assertThat(noted("operation")).isEqualTo("Exception: one names/r true");
    }

    @Test
    void operationsAndRemovals_seeThePluginsDatabase() throws Exception {
        plugin(TABLE + """
            Database db = ctx.database();
            class Ops implements Operations<String> {
                void look(String name, ReadTxn txn) {
                    note(name, () -> { if (txn.database() != db || names.count(txn) != 1) throw new Exception(txn.toString()); });
                }
                public Outcome update(OperationContext c, String row) {
                    look("update", c.txn());
                    return Outcome.done();
                }
                public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
                public void prune(PruneContext c, Rows<String> desired) {
                    if (desired.iterator().hasNext()) {
                        look("prune", c.txn());
                        c.remove("x", txn -> { look("test", txn); return true; }, removal -> look("removal", removal.txn()));
                    }
                }
            }
            var r = ctx.reconciler("r", names, new Ops(), Options.defaults().pruning(Duration.ofMillis(20)));
            ctx.job("j", () -> db.write(names, txn -> names.insert(txn, "a")));
            """).start();
        for (String name : List.of("update", "prune", "test", "removal")) {
            assertThat(noted(name)).as(name).isEqualTo("fine");
        }
    }

    @Test
    void scheduledTasks_areCancelledAndInterruptedAtTheStop() throws Exception {
        plugin("""
            var scheduler = ctx.scheduler();
            ctx.job("j", () -> {
                scheduler.schedule(Duration.ofSeconds(1), () -> note("too-late", () -> {}));
                scheduler.execute(() -> note("interrupted", () -> { note("runs", () -> {}); new CountDownLatch(1).await(); }));
            });
            """).start();
        noted("runs");
        stop();
        assertThat(noted("interrupted")).startsWith("InterruptedException");
        await().during(java.time.Duration.ofMillis(1200))
                .atMost(java.time.Duration.ofSeconds(5))
                .until(() -> !Files.exists(host.home.resolve("data/plugins/one/too-late")));
    }

    @Test
    void onStop_closesInReverseOrder() throws Exception {
        plugin("""
            ctx.onStop(() -> Files.writeString(ctx.data().resolve("order"), "first ", StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            ctx.onStop(() -> Files.writeString(ctx.data().resolve("order"), "second ", StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            """).start();
        stop();
        assertThat(noted("order")).isEqualTo("second first ");
    }

    @Test
    void onStop_closesAlsoWhenContributeFails() throws Exception {
        plugin("""
            ctx.onStop(() -> note("closed", () -> {}));
            throw new Exception("planted");
            """).start();
        assertThat(host.plugin("one").state()).isEqualTo(State.FAILED);
        assertThat(noted("closed")).isEqualTo("fine");
    }

    @Test
    void contributingTwiceUnderOneName_isRefused() throws Exception {
        plugin("""
            ctx.job("j", () -> {});
            ctx.job("j", () -> {});
            """).start();
        assertThat(host.plugin("one").reason()).contains("job \"j\" is contributed twice");
    }

    @Test
    void inject_ofWhatCannotBeMade_saysWhatIsMissing() throws Exception {
        host.with(
                        PluginJar.modular("one", "ctx.inject(Needy.class);")
                                .type("test.one.Needy", "class Needy { @Inject Needy(CharSequence text) {} }"),
                        "one.jar")
                .start();
        assertThat(host.plugin("one").reason()).contains("test.one.Needy cannot be made", "CharSequence");
    }
}
