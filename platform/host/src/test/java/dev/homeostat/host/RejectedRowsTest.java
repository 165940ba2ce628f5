package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.RowOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rows that were set aside when their plugin was replaced, in a whole host: their targets stay, and so do their owners. */
final class RejectedRowsTest extends HostTest {
    private static final String WIDE = """
        public record Memo(String name, long size) {
            public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            public static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME).acceptingSources();
        }
        """;
    private static final String NARROW = WIDE.replace("long size", "@AtMost(\"10\") long size");

    /** Each row is a file; a prune removes all that no row desires. */
    private static final String RECONCILED = """
        RWTable<Memo> memos = ctx.table(Memo.TABLE);
        Path directory = Files.createDirectories(ctx.home().resolve("memos"));
        ctx.reconciler("disk", memos, new Operations<Memo>() {
            public Outcome update(OperationContext context, Memo memo) throws Exception {
                Files.writeString(directory.resolve(memo.name()), "" + memo.size());
                return Outcome.done();
            }
            public Outcome delete(OperationContext context, Memo memo) throws Exception {
                Files.deleteIfExists(directory.resolve(memo.name()));
                return Outcome.done();
            }
            public void prune(PruneContext context, Rows<Memo> desired) throws Exception {
                try (var files = Files.list(directory)) {
                    files.map(file -> file.getFileName().toString()).forEach(name -> context.remove(
                            name, Keys.STRING.encode(name), removal -> Files.delete(directory.resolve(name))));
                }
            }
        }, Options.defaults());
        """;

    private static final String FILL = RECONCILED + """
        Database db = ctx.database();
        ctx.job("fill", () -> db.write(memos, txn -> {
            memos.insert(txn, new Memo("small", 1));
            return memos.insert(txn, new Memo("large", 99));
        }));
        """;

    /** What is desired is what the file {@code rows} says, again and again. */
    static final String SOURCE = """
        Path file = ctx.home().resolve("rows");
        ctx.source("etcd", feed -> {
            while (true) {
                List<Tree> rows = ctx.documents().read("rows", Files.readString(file));
                DesiredRows desired = new DesiredRows("memos", new Place("rows", 1), rows);
                feed.apply(new Scan(List.of(SourceUnit.of("/memos", List.of(desired)))));
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        });
        """;

    private static PluginJar memos(String version, String memo, String contribute) {
        return PluginJar.modular("memos", contribute)
                .attribute("Plugin-Version", version)
                .type("test.memos.Memo", memo);
    }

    private void replaced(String version, PluginJar next) {
        host.with(next, "memos.jar");
        await().untilAsserted(() -> {
            assertThat(host.plugin("memos").version()).isEqualTo(version);
            assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        });
    }

    private Reconciler<?> reconciler() {
        return host.host().reconcilers().getFirst().reconciler();
    }

    private List<String> rows() {
        ReadTxn txn = host.host().database().readTxn();
        Table<?> table = host.host().tables().getFirst().table();
        return table.all(txn).stream().map(row -> row.value().toString()).toList();
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(host.home.resolve("memos"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> rejected() {
        return host.host().rejected().all().stream().map(RejectedRow::key).toList();
    }

    @Test
    void theirTargets_areNotPruned_untilTheyFitAgainOrAreForgotten() throws Exception {
        host.with(memos("1.0.0", WIDE, FILL), "memos.jar").start();
        await().untilAsserted(() -> assertThat(files()).containsExactly("large", "small"));
        replaced("1.1.0", memos("1.1.0", NARROW, RECONCILED));
        assertThat(rejected()).containsExactly("large");
        await("the first prune after the start")
                .untilAsserted(() -> assertThat(reconciler().heldPrune()).isNotEmpty());
        assertThat(reconciler().heldPrune().orElseThrow().reason()).contains("\"large\"", "db rejected memos");
        assertThat(reconciler().health().ok()).isFalse();
        assertThat(files()).containsExactly("large", "small");

        assertThat(host.host().rejected().forget("memos", "large")).isEqualTo(1);
        assertThat(reconciler()
                        .prune()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .removed())
                .containsExactly("large");
        assertThat(reconciler().health().ok()).isTrue();
        assertThat(files()).containsExactly("small");
    }

    @Test
    void oneThatASourceBrought_hasItsOwnerAfterARestart_andGoesWhenThatWantsItNoMore() throws Exception {
        setAside();
        host.host().stop();
        host.file("rows", "{name: small, size: 1}");
        memos("1.2.0", WIDE, RECONCILED).writeTo(host.plugins(), "memos.jar");
        host.start();
        await("it came back, and its source does not want it").untilAsserted(() -> {
            assertThat(rejected()).isEmpty();
            assertThat(host.host().sources().getFirst().rows()).isEqualTo(1);
            assertThat(rows()).containsExactly("Memo[name=small, size=1]");
        });
        await().untilAsserted(() -> assertThat(files()).containsExactly("small"));
    }

    @Test
    void oneThatASourceBrought_isForgotten_whenThatSaysAnewWhatItWants() throws Exception {
        setAside();
        host.file("rows", "{name: small, size: 1}\n---\n{name: other, size: 2}");
        await().untilAsserted(() -> assertThat(rejected()).isEmpty());
        // The prune that the initializer let begin may have been held before that; this one is not.
        reconciler().prune().toCompletableFuture().get(10, TimeUnit.SECONDS);
        await("nothing holds the prune").untilAsserted(() -> assertThat(files()).containsExactly("other", "small"));
        assertThat(rows()).containsExactly("Memo[name=other, size=2]", "Memo[name=small, size=1]");
    }

    /** Two rows of a source, of which one does not fit the version that runs. */
    private void setAside() throws Exception {
        host.file("rows", "{name: small, size: 1}\n---\n{name: large, size: 99}")
                .with(memos("1.0.0", WIDE, RECONCILED), "memos.jar")
                .with(PluginJar.modular("etcd", SOURCE), "etcd.jar")
                .start();
        await().untilAsserted(() -> assertThat(files()).containsExactly("large", "small"));
        replaced("1.1.0", memos("1.1.0", NARROW, RECONCILED));
        assertThat(host.host().rejected().all())
                .singleElement()
                .returns("large", RejectedRow::key)
                .extracting(row -> Optional.ofNullable(row.owner()))
                .isEqualTo(Optional.of(new RowOwner("etcd", "/memos")));
        assertThat(files()).containsExactly("large", "small");
    }

    @Test
    void whenNeitherVersionStarts_theRowsAreSetAside_andComeBackWithAVersionThatDoes() throws Exception {
        String onceOnly = """
            Path once = ctx.home().resolve("once");
            if (Files.exists(once)) { throw new IllegalStateException("never again"); }
            Files.createFile(once);
            """;
        host.with(memos("1.0.0", WIDE, onceOnly + FILL), "memos.jar").start();
        await().untilAsserted(() -> assertThat(files()).containsExactly("large", "small"));
        host.with(memos("1.1.0", WIDE, RECONCILED + "ctx.mbean(\"odd\", new Object());"), "memos.jar");
        await().untilAsserted(() -> assertThat(host.plugin("memos").reason())
                .contains("never again", "1.1.0 in plugins/memos.jar was refused", "odd"));
        assertThat(host.plugin("memos").state()).isEqualTo(State.FAILED);
        assertThat(rejected()).containsExactlyInAnyOrder("large", "small");
        assertThat(host.host().tables()).isEmpty();

        replaced("1.2.0", memos("1.2.0", WIDE, RECONCILED));
        assertThat(rejected()).isEmpty();
        assertThat(rows()).containsExactly("Memo[name=large, size=99]", "Memo[name=small, size=1]");
        assertThat(reconciler()
                        .prune()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .removed())
                .isEmpty();
        assertThat(files()).containsExactly("large", "small");
        assertThat(host.host().degraded()).isFalse();
    }

    @Test
    void aHostThatIsStoppedInTheMiddleOfAReplacement_stopsInTime_andStartsAgain() throws Exception {
        host.with(memos("1.0.0", WIDE, FILL), "memos.jar").start();
        await().untilAsserted(() -> assertThat(files()).containsExactly("large", "small"));
        Path reached = host.home.resolve("reached");
        String hanging = WIDE.replace("long size) {", """
            long size) {
                public Memo {
                    Path reached = Path.of("%s");
                    if (!Files.exists(reached)) {
                        try {
                            Files.createFile(reached);
                            new CountDownLatch(1).await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            """.formatted(reached));
        host.with(memos("1.1.0", hanging, FILL), "memos.jar");
        await("the rows are being read by the new version").until(() -> Files.exists(reached));
        long began = System.nanoTime();
        host.host().stop();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(6));
        host.start();
        assertThat(host.plugin("memos").version()).isEqualTo("1.1.0");
        assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        await().untilAsserted(() -> {
            assertThat(rows()).containsExactly("Memo[name=large, size=99]", "Memo[name=small, size=1]");
            assertThat(files()).containsExactly("large", "small");
        });
        assertThat(rejected()).isEmpty();
    }
}
