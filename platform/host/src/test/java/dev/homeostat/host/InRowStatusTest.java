package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plugin whose reconcilers keep their statuses in the rows. */
final class InRowStatusTest extends HostTest {
    private static final String MEMO = """
        import dev.homeostat.api.db.*;
        import dev.homeostat.api.reconcile.*;
        import dev.homeostat.api.tree.RecordCodec;
        import java.lang.invoke.MethodHandles;
        public record Memo(String name, String text, StatusSet statuses) {
            static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            static final StatusesInRow<Memo> STATUSES = StatusesInRow.set(Memo::statuses, Memo::withStatuses);
            static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME)
                    .statuses(STATUSES)
                    .index(STATUSES.slot("disk").statusIndex())
                    .codec(RecordCodec.of(MethodHandles.lookup(), Memo.class));
            Memo withStatuses(StatusSet set) { return new Memo(name, text, set); }
        }
        """;
    private static final String PLUGIN = """
        RWTable<Memo> memos = ctx.table(Memo.TABLE);
        class Ops implements Operations<Memo> {
            public Outcome update(OperationContext c, Memo memo) {
                return memo.text().equals("bad")
                        ? Outcome.permanent("cannot be")
                        : Outcome.done(Memo.class, row -> new Memo(row.name(), row.text() + ".", row.statuses()));
            }
            public Outcome delete(OperationContext c, Memo memo) { return Outcome.permanent("is held"); }
        }
        class Other implements Operations<Memo> {
            public Outcome update(OperationContext c, Memo memo) { return Outcome.done(); }
            public Outcome delete(OperationContext c, Memo memo) { return Outcome.done(); }
        }
        Database db = ctx.database();
        ctx.reconciler("disk", memos, Memo.STATUSES.slot("disk"), new Ops(), Options.defaults());
        ctx.reconciler("net", memos, Memo.STATUSES.slot("net"), new Other(), Options.defaults());
        ctx.reconciler("beside", memos, new Other(), Options.defaults());
        ctx.job("writer", () -> {
            db.write(memos, txn -> memos.apply(txn, new Memo("good", "x", StatusSet.pending())));
            db.write(memos, txn -> memos.apply(txn, new Memo("bad", "bad", StatusSet.pending())));
            db.write(memos, txn -> memos.apply(txn, new Memo("gone", "x", StatusSet.pending())));
        });
        """;

    private HostFixture plugin(String contribute) {
        PluginJar jar =
                PluginJar.modular("one", "").pluginClass("one", "", contribute).source("test.one.Memo", MEMO);
        return host.with(jar, "one.jar");
    }

    @Test
    void statusesInTheRows_areSeenAsAnyOther() throws Exception {
        plugin(PLUGIN).start();
        assertThat(host.plugin("one").reason()).isEmpty();
        assertThat(host.plugin("one").reconcilers())
                .containsExactlyInAnyOrder("memos/beside", "memos/disk", "memos/net");
        Table<?> memos = host.host().tables().getFirst().table();
        for (String name : List.of("disk", "net", "beside")) {
            await(name)
                    .untilAsserted(() -> assertThat(status(name, "good").kind()).isEqualTo(StatusKind.DONE));
        }
        assertThat(status("disk", "bad").error()).isEqualTo("cannot be");
        assertThat(status("beside", "bad").kind()).isEqualTo(StatusKind.DONE);
        await("no work because of another's status").untilAsserted(() -> {
            assertThat(reconciler("disk").stats().queued()).isZero();
            assertThat(reconciler("beside").stats().updates()).isEqualTo(3);
            assertThat(reconciler("net").stats().updates()).isEqualTo(3);
        });
        await("what was learned and both statuses are in the row itself").untilAsserted(() -> {
            assertThat(row(memos, "good")).contains("text=x.,").contains("Done: disk net");
            assertThat(row(memos, "bad")).contains("Errored: disk (cannot be), Done: net");
        });
        assertThat(document(memos, "good").toString()).contains("statuses").contains("disk");
        ObjectNode shown = new ControlMethods(host.host())
                .call(
                        Caller.test(),
                        "db.get",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("table", "memos")
                                .put("key", "bad"),
                        item -> {});
        assertThat(shown.at("/row/values/text").stringValue()).isEqualTo("bad");
        assertThat(shown.at("/row/values").has("statuses"))
                .as("they are shown once, apart from what is desired")
                .isFalse();
        assertThat(shown.at("/row/status/disk/error").stringValue()).isEqualTo("cannot be");
    }

    @Test
    void aSlotOfNoStatusOfTheTable_isRefusedWithItsName() throws Exception {
        plugin("""
            RWTable<Memo> memos = ctx.table(Memo.TABLE);
            StatusesInRow<Memo> others = StatusesInRow.set(Memo::statuses, Memo::withStatuses);
            ctx.reconciler("disk", memos, others.slot("disk"), new Operations<Memo>() {
                public Outcome update(OperationContext c, Memo memo) { return Outcome.done(); }
                public Outcome delete(OperationContext c, Memo memo) { return Outcome.done(); }
            }, Options.defaults());
            """).start();
        assertThat(host.plugin("one").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("one").reason())
                .contains("memos/disk")
                .contains("status \"disk\" in the set is not one of the rows of table \"memos\"");
    }

    @Test
    void aSlotThatTwoReconcilersWant_isRefused() throws Exception {
        plugin(PLUGIN.replace("slot(\"net\")", "slot(\"disk\")")).start();
        assertThat(host.plugin("one").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("one").reason()).contains("status \"disk\" in the set of table \"memos\"");
    }

    @Test
    void aStop_endsIt_andPinsNothing() throws Exception {
        plugin(PLUGIN).start();
        await().untilAsserted(() -> assertThat(status("disk", "good").kind()).isEqualTo(StatusKind.DONE));
        host.lifecycle(() -> host.lifecycleOf().stop("one", "by command"));
        assertThat(host.host().reconcilers()).isEmpty();
        assertThat(host.host().database().tables()).isEmpty();
        assertThat(Files.exists(host.home)).isTrue();
    }

    private Reconciler<?> reconciler(String name) {
        return host.host().reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Status status(String reconciler, String key) {
        Reconciler<?> one = reconciler(reconciler);
        Status status =
                one.status(host.host().database().readTxn(), one.table().spec().parseKey(key));
        return status == null ? Status.pending() : status;
    }

    private String row(Table<?> table, String key) {
        return String.valueOf(known(table, key).value());
    }

    private <T> Row<T> known(Table<T> table, String key) {
        return Objects.requireNonNull(table.get(
                host.host().database().readTxn(),
                table.spec().lookup(table.spec().parseKey(key))));
    }

    private <T> Tree document(Table<T> table, String key) {
        return Objects.requireNonNull(table.spec().codec())
                .encode(known(table, key).value());
    }
}
