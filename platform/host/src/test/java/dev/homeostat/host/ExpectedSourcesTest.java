package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.SourceView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pruned when in a whole host: after everybody has contributed, and not before every expected source has read what it has. */
final class ExpectedSourcesTest {
    /** Prunes all that it finds in its directory and that no row desires. */
    private static final String PRUNING = """
        RWTable<Memo> memos = ctx.table(Memo.TABLE.acceptingSources());
        Path directory = ctx.home().resolve("data/memos");
        ctx.reconciler("disk", memos, new Operations<Memo>() {
            public Outcome update(OperationContext context, Memo memo) throws Exception {
                Files.createDirectories(directory);
                Files.writeString(directory.resolve(memo.name()), memo.text());
                return Outcome.done();
            }
            public Outcome delete(OperationContext context, Memo memo) throws Exception {
                Files.deleteIfExists(directory.resolve(memo.name()));
                return Outcome.done();
            }
            public void prune(PruneContext context, Rows<Memo> desired) throws Exception {
                Set<String> wanted = new HashSet<>();
                desired.forEach(row -> wanted.add(row.value().name()));
                try (var files = Files.list(directory)) {
                    files.filter(file -> !wanted.contains(file.getFileName().toString()))
                            .forEach(file -> context.remove(
                                    file.getFileName().toString(),
                                    Keys.STRING.encode(file.getFileName().toString()),
                                    removal -> Files.delete(file)));
                }
            }
        }, Options.defaults());
        """;

    private static final String SOURCE = """
        ctx.source("etcd", feed -> {
            Tree row = ctx.documents().read("/memos", "{name: a, text: hello}").getFirst();
            DesiredRows rows = new DesiredRows("memos", row.place(), List.of(row));
            feed.apply(new Scan(List.of(SourceUnit.of("/memos", List.of(rows)))));
            new CountDownLatch(1).await();
        });
        """;

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void fixture() {
        host = new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: [etcd]\n")
                .file("data/memos/unknown", "nobody desires this")
                .with(MemoPlugin.with(PRUNING), "memos.jar");
    }

    @AfterEach
    void close() {
        host.close();
    }

    private Path unknown() {
        return host.home.resolve("data/memos/unknown");
    }

    private Set<String> pending() {
        Table<?> table = host.host().tables().getFirst().table();
        ReadTxn txn = host.host().database().readTxn();
        return table.pendingInitializers(txn);
    }

    private SourceView source() {
        return host.host().sources().stream()
                .filter(source -> source.name().equals("etcd"))
                .findFirst()
                .orElseThrow();
    }

    private void prunesNothing() {
        assertThat(pending()).containsExactly("source etcd");
        var reconciler = host.host().reconcilers().getFirst().reconciler();
        assertThat(reconciler.health().message()).contains("source etcd");
        assertThat(reconciler.stats().prunes()).isZero();
        assertThat(unknown()).exists();
    }

    @Test
    void promise_B8_sourceThatHasReadAll_letsThePruneRunAtOnce() throws Exception {
        host.with(PluginJar.modular("etcd", SOURCE), "etcd.jar").start();
        await().untilAsserted(() -> assertThat(unknown()).doesNotExist());
        assertThat(pending()).isEmpty();
    }

    @Test
    void promise_B8_quarantinedSource_isMissing_andNothingIsPruned() throws Exception {
        host.with(PluginJar.modular("etcd", SOURCE + "throw new IllegalStateException(\"broken\");"), "etcd.jar")
                .start();
        assertThat(host.plugin("etcd").state()).isEqualTo(State.FAILED);
        prunesNothing();
        assertThat(source().state()).contains("missing", "\"sources\" in conf/homeostat.yaml");
        assertThat(host.host().degraded()).isTrue();
    }

    @Test
    void promise_B8_stoppedSource_leavesATableThatComesLater_waitingForIt() throws Exception {
        host.with(PluginJar.modular("etcd", SOURCE), "etcd.jar").start();
        await().untilAsserted(() -> assertThat(pending()).isEmpty());
        host.lifecycle(() -> host.lifecycleOf().stop("memos", "by command"));
        host.lifecycle(() -> host.lifecycleOf().stop("etcd", "by command"));
        Files.createDirectories(unknown().getParent());
        Files.writeString(unknown(), "again");
        host.lifecycle(() -> host.lifecycleOf().start("memos"));
        prunesNothing();
        assertThat(source().state()).contains("missing");
    }

    @Test
    void promise_B8_sourceThatFedThisHomeBefore_isWaitedForAfterARestartWithoutIt_unlessItIsIgnored() throws Exception {
        host.with(PluginJar.modular("etcd", SOURCE), "etcd.jar").start();
        await().untilAsserted(() -> assertThat(unknown()).doesNotExist());
        host.close();
        Files.delete(host.plugins().resolve("etcd.jar"));
        Files.writeString(unknown(), "again");
        host.file("conf/homeostat.yaml", "sources: []\n").start();
        prunesNothing();
        assertThat(source().state()).contains("missing", "\"sources-ignored\" in conf/homeostat.yaml");
        host.close();
        host.file("conf/homeostat.yaml", "sources: []\nsources-ignored: [etcd]\n")
                .start();
        assertThat(pending()).isEmpty();
        // It runs, and finds a table that never had a row: that is for the guard.
        await().until(() ->
                host.host().reconcilers().getFirst().reconciler().heldPrune().isPresent());
    }

    @Test
    void promise_B8_reconcilersStart_onlyAfterEveryPluginOfThatStartHasContributed() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []\n")
                .with(contributing("aaa"), "aaa.jar")
                .with(contributing("zzz"), "zzz.jar");
        List<Boolean> allHad = new CopyOnWriteArrayList<>();
        Host opened = host.open(java.util.Map.of());
        opened.parts().plugins().listen(new ContributionListener() {
            @Override
            public void reconcilerAdded(ReconcilerView reconciler) {
                allHad.add(Files.exists(host.home.resolve("data/plugins/aaa/contributed"))
                        && Files.exists(host.home.resolve("data/plugins/zzz/contributed")));
            }
        });
        opened.start();
        assertThat(allHad).hasSize(3).containsOnly(true);
    }

    private static PluginJar contributing(String id) {
        return PluginJar.modular(id, """
            RWTable<String> names = ctx.table(TableSpec.of("%1$s", String.class, Index.unique("id", Keys.STRING, s -> s)));
            ctx.reconciler("nothing", names, new Operations<String>() {
                public Outcome update(OperationContext context, String row) { return Outcome.done(); }
                public Outcome delete(OperationContext context, String row) { return Outcome.done(); }
            }, Options.defaults());
            try { Files.writeString(ctx.data().resolve("contributed"), "yes"); } catch (java.io.IOException e) { throw new RuntimeException(e); }
            """.formatted(id));
    }
}
