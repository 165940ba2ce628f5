package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Table;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView.State;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Derived tables and publishers of plugins: what a plugin's handles do with them, and that they end with the plugin. */
final class DerivationsTest extends HostTest {
    private static final String SPECS = """
        static TableSpec<String> spec(String name) {
            return TableSpec.of(name, String.class, Index.unique("text", Keys.STRING, (String s) -> s)).immutable();
        }
        static List<String> letters(String word) {
            if (word.startsWith("!")) {
                throw new IllegalStateException("planted " + org.slf4j.MDC.get("plugin") + " "
                        + (Thread.currentThread().getContextClassLoader() == ThePlugin.class.getClassLoader()));
            }
            return word.chars().mapToObj(c -> String.valueOf((char) c)).toList();
        }
        """;

    private static final String USES_MEMOS = """
        module test.one {
            requires dev.homeostat.api;
            requires test.memos;
            provides dev.homeostat.api.plugin.Plugin with test.one.ThePlugin;
        }
        """;

    @Test
    void promise_A28_derivedTableOfAPlugin_isKept_initialized_andGoesWithIt() throws Exception {
        plugin("""
            RWTable<String> words = ctx.table(spec("words"));
            RWTable<String> letters = ctx.table(spec("letters"));
            ctx.derive(words, letters, ThePlugin::letters);
            Database db = ctx.database();
            ctx.job("write", () -> db.write(words, txn -> words.insert(txn, "abba")));
            """).start();
        assertThat(host.plugin("one").reason()).isEmpty();
        await().untilAsserted(() -> assertThat(rows("letters")).containsExactly("a", "b"));
        await().until(() -> table("letters").initialized(host.host().database().readTxn()));
        assertThat(health()).hasValueSatisfying(line -> {
            assertThat(line.ok()).isTrue();
            assertThat(line.message()).isEqualTo("follows");
        });
        stop();
        assertThat(host.host().database().tables()).isEmpty();
        assertThat(health()).isEmpty();
    }

    @Test
    void promise_A28_rowThatFails_isInHealth_andOthersGoOn() throws Exception {
        plugin("""
            RWTable<String> words = ctx.table(spec("words"));
            RWTable<String> letters = ctx.table(spec("letters"));
            var derivation = ctx.derive(words, letters, ThePlugin::letters);
            Database db = ctx.database();
            ctx.job("write", () -> {
                db.write(words, txn -> { words.insert(txn, "!"); return words.insert(txn, "x"); });
                while (derivation.failures().isEmpty()) Thread.onSpinWait();
                Files.writeString(ctx.data().resolve("state"), derivation + ": " + derivation.state()
                        + (derivation.in() == words) + (derivation.out() == letters));
            });
            """).start();
        HealthLine line = await().until(
                        this::health, found -> found.isPresent() && !found.get().ok())
                .orElseThrow();
        assertThat(line.name()).isEqualTo("derivation \"words → letters\"");
        assertThat(line.message()).isEqualTo("1 rows fail, the first is !: planted one true");
        assertThat(host.host().degraded()).isTrue();
        assertThat(rows("letters")).containsExactly("x");
        Path state = host.home.resolve("data/plugins/one/state");
        await().untilAsserted(() -> assertThat(Files.readString(state))
                .isEqualTo("derivation \"words → letters\" of plugin \"one\": FOLLOWINGtruetrue"));
    }

    @Test
    void promise_A28_derivedFromAnotherPluginsTable_keepsNothingAfterTheStop() throws Exception {
        usingMemos("""
            var memos = ctx.use(test.memos.Memo.TABLE);
            RWTable<String> letters = ctx.table(spec("letters"));
            ctx.derive(memos, letters, memo -> letters(memo.name()));
            System.getProperties().put("test.derivation.loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
            """).start();
        assertThat(host.plugin("one").reason()).isEmpty();
        WeakReference<?> loader =
                (WeakReference<?>) Objects.requireNonNull(System.getProperties().remove("test.derivation.loader"));
        await().until(() -> table("letters").initialized(host.host().database().readTxn()));
        await().until(() -> table("memos").stats().changeIterators() == 2); // the reconciler's, and the derivation's
        stop();
        assertThat(table("memos").stats().changeIterators()).isOne();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    @Test
    void promise_A28_derivingIntoATableThatIsNotItsOwn_isRefused() throws Exception {
        assertThat(refusal("""
            RWTable<String> words = ctx.table(spec("words"));
            RWTable<String> letters = ctx.table(spec("letters"));
            ctx.derive(words, letters, ThePlugin::letters);
            ctx.derive(words, letters, ThePlugin::letters);
            """)).contains("derivation into table \"letters\" is contributed twice");
    }

    @Test
    void promise_A28_derivingIntoATableThatAcceptsSources_isRefused() throws Exception {
        assertThat(refusal("""
            record Word(String text) {}
            var spec = TableSpec.of("fed", Word.class, Index.unique("text", Keys.STRING, Word::text))
                    .codec(RecordCodec.of(java.lang.invoke.MethodHandles.lookup(), Word.class)).acceptingSources();
            RWTable<String> words = ctx.table(spec("words"));
            ctx.derive(words, ctx.table(spec), word -> List.of(new Word(word)));
            """)).contains("derivation \"words → fed\"", "accepts sources");
    }

    @Test
    void promise_A28_derivationOfAPlugin_afterItStopped_saysSo() throws Exception {
        plugin("""
            RWTable<String> words = ctx.table(spec("words"));
            RWTable<String> letters = ctx.table(spec("letters"));
            var derivation = ctx.derive(words, letters, ThePlugin::letters);
            Path file = ctx.data().resolve("said");
            try { derivation.state(); } catch (IllegalStateException e) { Files.writeString(ctx.data().resolve("before"), e.getMessage()); }
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    try {
                        derivation.state();
                    } catch (PluginStoppedException e) {
                        try { Files.writeString(file, e.getMessage()); } catch (java.io.IOException no) { }
                        break;
                    } catch (IllegalStateException e) {
                        Thread.onSpinWait();
                    }
                }
            });
            """).start();
        stop();
        Path said = host.home.resolve("data/plugins/one/said");
        await().untilAsserted(() ->
                assertThat(said).content().contains("plugin \"one\" has stopped", "derivation \"words → letters\""));
        assertThat(said.resolveSibling("before")).content().contains("contribute(…) only declares");
    }

    @Test
    void promise_A25_publisherOverAPluginsHandle_andItEndsWithThePlugin() throws Exception {
        usingMemos("""
            var memos = ctx.use(test.memos.Memo.TABLE);
            var publisher = ChangePublisher.of(ctx.database(), memos, ctx.scheduler());
            Path seen = ctx.data().resolve("seen");
            ctx.job("follow", () -> publisher.subscribe(new Flow.Subscriber<Change<test.memos.Memo>>() {
                public void onSubscribe(Flow.Subscription s) { s.request(Long.MAX_VALUE); }
                public void onNext(Change<test.memos.Memo> change) {
                    try {
                        Files.writeString(seen, change.row().value().name() + " " + org.slf4j.MDC.get("plugin") + "\\n",
                                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                }
                public void onError(Throwable e) {}
                public void onComplete() {}
            }));
            System.getProperties().put("test.publisher.loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
            """).start();
        assertThat(host.plugin("one").reason()).isEmpty();
        WeakReference<?> loader =
                (WeakReference<?>) Objects.requireNonNull(System.getProperties().remove("test.publisher.loader"));
        await().untilAsserted(() ->
                assertThat(host.home.resolve("data/plugins/one/seen")).content().isEqualTo("hello one\n"));
        stop();
        assertThat(table("memos").stats().changeIterators()).isOne();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    private HostFixture plugin(String contribute) {
        return host.with(
                PluginJar.plugin("one").pluginClass("one", SPECS, contribute).source("module-info", """
                    module test.one {
                        requires dev.homeostat.api;
                        provides dev.homeostat.api.plugin.Plugin with test.one.ThePlugin;
                    }
                    """), "one.jar");
    }

    private HostFixture usingMemos(String contribute) {
        Path memos = MemoPlugin.with(MemoPlugin.CONTRIBUTE + """
            Database db = ctx.database();
            ctx.job("write", () -> db.write(memos, txn -> memos.insert(txn, new Memo("hello", ""))));
            """).writeTo(host.plugins(), "memos.jar");
        return host.with(
                PluginJar.plugin("one")
                        .pluginClass("one", SPECS, contribute)
                        .against(memos)
                        .attribute("Plugin-Dependencies", "memos")
                        .source("module-info", USES_MEMOS),
                "one.jar");
    }

    private String refusal(String contribute) throws Exception {
        plugin(contribute).start();
        assertThat(host.plugin("one").state()).isEqualTo(State.FAILED);
        return host.plugin("one").reason();
    }

    private void stop() throws Exception {
        host.lifecycle(() -> host.lifecycleOf().stop("one", "by command"));
    }

    private Optional<HealthLine> health() {
        return host.host().health().stream()
                .filter(line -> line.name().startsWith("derivation"))
                .findFirst();
    }

    private Table<?> table(String name) {
        return Objects.requireNonNull(host.host().database().table(name), name);
    }

    private List<String> rows(String table) {
        return table(table)
                .all(host.host().database().readTxn())
                .values()
                .map(Object::toString)
                .toList();
    }
}
