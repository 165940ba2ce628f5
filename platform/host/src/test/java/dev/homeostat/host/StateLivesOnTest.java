package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.host.control.LogLines;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.RejectedRow;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A plugin is replaced while its rows are being reconciled: they go on, and so do its reconcilers. */
final class StateLivesOnTest extends HostTest {
    private static final String FIRST = """
        public record Memo(String name, long size, String colour) {
            public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            public static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME)
                    .codec(RecordCodec.of(java.lang.invoke.MethodHandles.lookup(), Memo.class));
        }
        """;

    /** A component more, one less, and a narrower bound. */
    private static final String SECOND =
            FIRST.replace("long size, String colour", "@AtMost(\"10\") long size, @Default(\"later\") String when");

    private static final String OPERATIONS = """
        public final class MemoOperations implements Operations<Memo> {
            private final Path log;

            @Inject
            MemoOperations(PluginContext context) {
                this.log = context.home().resolve("log");
            }

            public Outcome update(OperationContext context, Memo memo) throws Exception {
                write("update " + memo.name());
                return memo.name().equals("failing") ? Outcome.retry("no", Duration.ofHours(1)) : Outcome.done();
            }

            public Outcome delete(OperationContext context, Memo memo) throws Exception {
                write("delete " + memo.name());
                return memo.name().equals("stuck") ? Outcome.retry("busy", Duration.ofHours(1)) : Outcome.done();
            }

            private synchronized void write(String line) throws Exception {
                Files.writeString(log, line + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
        """;

    private static final String TABLE = """
        RWTable<Memo> memos = ctx.table(Memo.TABLE);
        ctx.reconciler("log", memos, ctx.inject(MemoOperations.class), Options.defaults().withoutPruning());
        """;

    private static final String FILL = TABLE + """
        Database db = ctx.database();
        ctx.job("fill", () -> {
            Path filled = ctx.home().resolve("filled");
            if (Files.exists(filled)) {
                return;
            }
            Files.createFile(filled);
            db.write(memos, txn -> {
                for (String name : List.of("done", "failing", "stuck")) {
                    memos.insert(txn, new Memo(name, 1, "blue"));
                }
                memos.insert(txn, new Memo("large", 99, "blue"));
                return true;
            });
            while (!Files.exists(ctx.home().resolve("log"))
                    || !Files.readString(ctx.home().resolve("log")).contains("stuck")) {
                Thread.onSpinWait();
            }
            db.write(memos, txn -> memos.delete(txn, Memo.NAME.query("stuck")));
        });
        """;

    private static PluginJar version(String version, String memo, String contribute) {
        return PluginJar.modular("memos", contribute)
                .attribute("Plugin-Version", version)
                .type("test.memos.Memo", memo)
                .type("test.memos.MemoOperations", OPERATIONS);
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(host.home.resolve("log"));
    }

    private Table<?> table() {
        return host.host().tables().getFirst().table();
    }

    private Reconciler<?> reconciler() {
        return host.host().reconcilers().getFirst().reconciler();
    }

    private Status status(String name) {
        ReadTxn txn = host.host().database().readTxn();
        return Objects.requireNonNull(reconciler().status(txn, table().spec().parseKey(name)), name);
    }

    private List<String> rows() {
        ReadTxn txn = host.host().database().readTxn();
        return table().byRevision(txn, 0).stream().map(StateLivesOnTest::text).toList();
    }

    private static String text(Row<?> row) {
        return row.value() + "@" + row.revision();
    }

    /** Starts the first version, and waits until it has done what it can. */
    private void startFirst() throws Exception {
        host.with(version("1.0.0", FIRST, FILL), "memos.jar").start();
        await().untilAsserted(() -> {
            assertThat(reconciler().undoneDeletes()).hasSize(1);
            assertThat(status("stuck").kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status("large").kind()).isEqualTo(StatusKind.DONE);
            assertThat(status("failing").kind()).isEqualTo(StatusKind.ERROR);
        });
    }

    private void replace(PluginJar next) {
        host.with(next, "memos.jar");
        await().untilAsserted(() -> {
            assertThat(host.plugin("memos").version()).isEqualTo("1.1.0");
            assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        });
    }

    @Test
    void rowsAndStatuses_goOnInTheNewVersion_andNothingIsDoneAgain() throws Exception {
        startFirst();
        List<String> before = log();
        Status failing = status("failing");
        Status stuck = status("stuck");
        Status done = status("done");
        try (LogLines lines = LogLines.of("dev.homeostat.host.handover")) {
            replace(version("1.1.0", SECOND, TABLE));
            assertThat(lines.written())
                    .anyMatch(line -> line.contains("\"memos\"") && line.contains("dropped: colour"))
                    .anyMatch(line -> line.contains("1 rows do not fit") && line.contains("\"large\""));
        }
        assertThat(rows())
                .containsExactly("Memo[name=done, size=1, when=later]@1", "Memo[name=failing, size=1, when=later]@2");
        assertThat(status("failing")).isEqualTo(failing);
        assertThat(status("done")).isEqualTo(done);
        assertThat(status("stuck")).isEqualTo(stuck);
        assertThat(reconciler().undoneDeletes()).hasSize(1);
        assertThat(log()).isEqualTo(before);
        assertThat(reconciler().retry(key("failing"))).isTrue();
        await().untilAsserted(() -> assertThat(status("failing").attempts()).isEqualTo(failing.attempts() + 1));
        assertThat(log()).hasSize(before.size() + 1);
    }

    private Key key(String name) {
        return table().spec().parseKey(name);
    }

    @Test
    void rowThatDoesNotFit_isListed_outlivesTheHost_andComesBackWithAVersionThatTakesIt() throws Exception {
        startFirst();
        replace(version("1.1.0", SECOND, TABLE));
        assertThat(host.host().rejected().all())
                .singleElement()
                .returns("large", RejectedRow::key)
                .satisfies(row -> assertThat(row.reason()).contains("size: must be at most 10, but was 99"));
        host.host().stop();
        host.start();
        assertThat(host.host().rejected().all()).singleElement().returns("large", RejectedRow::key);
        host.with(
                version("1.2.0", FIRST.replace("String colour", "@Default(\"red\") String colour"), TABLE),
                "memos.jar");
        await().untilAsserted(() -> assertThat(host.plugin("memos").version()).isEqualTo("1.2.0"));
        await().untilAsserted(() ->
                assertThat(rows()).singleElement().asString().startsWith("Memo[name=large, size=99, colour=blue]"));
        assertThat(host.host().rejected().all()).isEmpty();
    }

    @Test
    void versionThatDoesNotStart_leavesTheOldOneWithAllThatItHad() throws Exception {
        startFirst();
        List<String> before = log();
        List<String> rows = rows();
        Status failing = status("failing");
        host.with(version("1.1.0", SECOND, TABLE + "ctx.mbean(\"late\", new Object());"), "memos.jar");
        await().untilAsserted(() -> assertThat(host.plugin("memos").reason()).contains("1.1.0"));
        await().untilAsserted(() -> assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE));
        assertThat(host.plugin("memos").version()).isEqualTo("1.0.0");
        assertThat(rows()).isEqualTo(rows);
        assertThat(status("failing")).isEqualTo(failing);
        assertThat(host.host().rejected().all()).isEmpty();
        assertThat(log()).isEqualTo(before);
    }

    @Test
    void reload_ofTheSameCode_changesNothing() throws Exception {
        startFirst();
        List<String> before = log();
        List<String> rows = rows();
        Status stuck = status("stuck");
        host.lifecycle(() -> host.lifecycleOf().reload("memos"));
        assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        assertThat(status("stuck")).isEqualTo(stuck);
        assertThat(status("failing").attempts()).isEqualTo(1);
        assertThat(rows()).isEqualTo(rows);
        assertThat(log()).isEqualTo(before);
    }

    @Test
    void manyRows_haveTheTimeThatTheyNeed_beyondTheDeadlines() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []\nplugins: {stop-deadline: 20ms}\n")
                .with(version("1.0.0", FIRST, """
                    RWTable<Memo> memos = ctx.table(Memo.TABLE);
                    Database db = ctx.database();
                    ctx.job("fill", () -> db.write(memos, txn -> {
                        for (int i = 0; i < 20_000; i++) {
                            memos.insert(txn, new Memo("row-" + i, 1, "blue"));
                        }
                        return true;
                    }));
                    """), "memos.jar")
                .start();
        await().untilAsserted(() -> assertThat(count()).isEqualTo(20_000));
        replace(version("1.1.0", SECOND, "ctx.table(Memo.TABLE);"));
        assertThat(count()).isEqualTo(20_000);
    }

    private long count() {
        return table().count(host.host().database().readTxn());
    }
}
