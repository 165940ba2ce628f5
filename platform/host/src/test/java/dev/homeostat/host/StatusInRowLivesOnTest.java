package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin is replaced whose rows carry their statuses and belong to a source: all three go on. */
final class StatusInRowLivesOnTest extends HostTest {
    private static final String ONE_STATUS = """
        public record Memo(String name, Status status) {
            static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            static final StatusesInRow<Memo> STATUSES = StatusesInRow.field("status", Memo::status, Memo::withStatus);
            static final StatusSlot<Memo> SLOT = STATUSES.slot();
            static final TableSpec<Memo> TABLE =
                    TableSpec.of("memos", Memo.class, NAME).statuses(STATUSES).acceptingSources();
            Memo withStatus(Status other) { return new Memo(name, other); }
        }
        """;
    private static final String SET_OF_STATUSES = """
        public record Memo(String name, StatusSet statuses) {
            static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            static final StatusesInRow<Memo> STATUSES = StatusesInRow.set(Memo::statuses, Memo::withStatuses);
            static final StatusSlot<Memo> SLOT = STATUSES.slot("log");
            static final TableSpec<Memo> TABLE =
                    TableSpec.of("memos", Memo.class, NAME).statuses(STATUSES).acceptingSources();
            Memo withStatuses(StatusSet other) { return new Memo(name, other); }
        }
        """;

    /** A component more. */
    private static String wider(String memo) {
        return memo.replace("String name, ", "String name, @Default(\"x\") String more, ")
                .replace("new Memo(name, ", "new Memo(name, more, ");
    }

    private static final String CONTRIBUTE = """
        RWTable<Memo> memos = ctx.table(Memo.TABLE);
        Path log = ctx.home().resolve("log");
        ctx.reconciler("log", memos, Memo.SLOT, new Operations<Memo>() {
            public Outcome update(OperationContext context, Memo memo) throws Exception {
                write("update " + memo.name());
                return switch (memo.name()) {
                    case "failing" -> Outcome.retry("no", Duration.ofHours(1));
                    default -> Outcome.done();
                };
            }
            public Outcome delete(OperationContext context, Memo memo) throws Exception {
                write("delete " + memo.name());
                return memo.name().equals("stuck") ? Outcome.retry("busy", Duration.ofHours(1)) : Outcome.done();
            }
            private synchronized void write(String line) throws Exception {
                Files.writeString(log, line + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }, Options.defaults().withoutPruning());
        """;

    private static PluginJar memos(String version, String memo) {
        return PluginJar.modular("memos", CONTRIBUTE)
                .attribute("Plugin-Version", version)
                .type("test.memos.Memo", memo);
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(host.home.resolve("log"));
    }

    private Reconciler<?> reconciler() {
        return host.host().reconcilers().getFirst().reconciler();
    }

    private Status status(String name) {
        ReadTxn txn = host.host().database().readTxn();
        Reconciler<?> one = reconciler();
        return Objects.requireNonNull(one.status(txn, one.table().spec().parseKey(name)), name);
    }

    private List<Long> revisions() {
        Table<?> table = host.host().tables().getFirst().table();
        return table.all(host.host().database().readTxn()).stream()
                .map(row -> row.revision())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE_STATUS, SET_OF_STATUSES})
    void rows_theirStatusesAndTheirOwner_goOnInTheNewVersion(String memo) throws Exception {
        host.file("rows", "{name: done}\n---\n{name: failing}\n---\n{name: stuck}")
                .with(memos("1.0.0", memo), "memos.jar")
                .with(PluginJar.modular("etcd", RejectedRowsTest.SOURCE), "etcd.jar")
                .start();
        assertThat(host.plugin("memos").reason()).isEmpty();
        await().untilAsserted(() -> {
            assertThat(status("done").kind()).isEqualTo(StatusKind.DONE);
            assertThat(status("stuck").kind()).isEqualTo(StatusKind.DONE);
            assertThat(status("failing").kind()).isEqualTo(StatusKind.ERROR);
        });
        host.file("rows", "{name: done}\n---\n{name: failing}");
        await().untilAsserted(() -> {
            assertThat(reconciler().undoneDeletes()).hasSize(1);
            assertThat(status("stuck").attempts()).isEqualTo(1);
        });
        List<String> before = log();
        Status failing = status("failing");
        Status done = status("done");
        Status stuck = status("stuck");
        List<Long> revisions = revisions();

        host.with(memos("1.1.0", wider(memo)), "memos.jar");
        await().untilAsserted(() -> {
            assertThat(host.plugin("memos").version()).isEqualTo("1.1.0");
            assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        });
        assertThat(status("failing")).isEqualTo(failing);
        assertThat(status("done")).isEqualTo(done);
        assertThat(status("stuck")).isEqualTo(stuck);
        assertThat(revisions()).as("what its source says is what is there").isEqualTo(revisions);
        assertThat(reconciler().retry(reconciler().table().spec().parseKey("failing")))
                .isTrue();
        await().untilAsserted(() -> assertThat(status("failing").attempts()).isEqualTo(failing.attempts() + 1));
        assertThat(log()).hasSize(before.size() + 1);

        host.file("rows", "{name: failing}");
        await("it is its source's as before")
                .untilAsserted(() -> assertThat(log()).contains("delete done"));
        assertThat(revisions()).hasSize(1);
    }
}
