package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.control.LogLines;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tables of records that were given no codec have that of their records. */
final class DefaultCodecTest extends HostTest {
    private static final String MEMO = """
        record Memo(String name, Kind kind, List<Line> lines) {
            enum Kind { NOTE, TO_DO }
            static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME);
        }
        """;
    private static final String LINE = "record Line(String text, @Default(\"1\") int weight) {}";
    private static final String TABLE = "RWTable<Memo> memos = ctx.table(Memo.TABLE);";
    private static final String FILL = TABLE + """
        Database db = ctx.database();
        ctx.job("fill", () -> db.write(memos, txn -> memos.insert(
                txn, new Memo("a", Memo.Kind.TO_DO, List.of(new Line("x", 2))))));
        """;

    private static PluginJar memos(PluginJar jar, String version, String memo) {
        return jar.attribute("Plugin-Version", version)
                .type("test.memos.Memo", memo)
                .type("test.memos.Line", LINE);
    }

    private Table<?> table() {
        return host.host().tables().getFirst().table();
    }

    private List<String> rows() {
        ReadTxn txn = host.host().database().readTxn();
        return table().byRevision(txn, 0).stream()
                .map(row -> row.value() + "@" + row.revision())
                .toList();
    }

    private void replaced(PluginJar next) {
        host.with(next, "memos.jar");
        await().untilAsserted(() -> {
            assertThat(host.plugin("memos").version()).isEqualTo("1.1.0");
            assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        });
    }

    private void goesOn(PluginJar first, PluginJar next) throws Exception {
        host.with(memos(first, "1.0.0", MEMO), "memos.jar").start();
        await().untilAsserted(() ->
                assertThat(rows()).containsExactly("Memo[name=a, kind=TO_DO, lines=[Line[text=x, weight=2]]]@1"));
        String wider = MEMO.replace("Kind kind,", "Kind kind, @Default(\"blue\") String colour,");
        replaced(memos(next, "1.1.0", wider));
        assertThat(rows()).containsExactly("Memo[name=a, kind=TO_DO, colour=blue, lines=[Line[text=x, weight=2]]]@1");
    }

    @Test
    void rows_goOnInTheNewVersion_andPeopleSeeThemAsDocuments() throws Exception {
        goesOn(PluginJar.modular("memos", FILL), PluginJar.modular("memos", TABLE));
        ObjectNode shown = new ControlMethods(host.host())
                .call(
                        Caller.test(),
                        "db.get",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("table", "memos")
                                .put("key", "a"),
                        item -> {});
        assertThat(shown.at("/row/values/kind").stringValue()).isEqualTo("to-do");
        assertThat(shown.at("/row/values/lines/0/weight").longValue()).isEqualTo(2);
    }

    @Test
    void rowsOfAPlainJar_goOnToo() throws Exception {
        goesOn(PluginJar.plain("memos", FILL), PluginJar.plain("memos", TABLE));
    }

    @Test
    void rowsOfAJarThatCannotBeAModule_goOnToo() throws Exception {
        goesOn(
                PluginJar.plain("memos", FILL).source("InNoPackage", "class InNoPackage {}"),
                PluginJar.plain("memos", TABLE).source("InNoPackage", "class InNoPackage {}"));
        assertThat(host.plugin("memos").isolation()).startsWith("class loader");
    }

    @Test
    void recordsOfAnotherPlugin_areSeenInto() throws Exception {
        PluginJar base = PluginJar.modular("base", "")
                .type("test.base.Line", "public " + LINE)
                .source("module-info", """
                    module test.base {
                        requires dev.homeostat.api;
                        exports test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.base.ThePlugin;
                    }
                    """);
        Path compiled = base.writeTo(directory.resolve("libs"), "base.jar");
        String memo = MEMO.replace("List<Line>", "List<test.base.Line>");
        PluginJar top = PluginJar.modular("memos", FILL.replace("new Line", "new test.base.Line"))
                .against(compiled)
                .attribute("Plugin-Dependencies", "base")
                .type("test.memos.Memo", memo)
                .source("module-info", """
                    module test.memos {
                        requires dev.homeostat.api;
                        requires test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.memos.ThePlugin;
                    }
                    """);
        host.with(base, "base.jar").with(top, "memos.jar").start();
        await().untilAsserted(() -> assertThat(rows()).hasSize(1));
        assertThat(table().spec().codec()).isNotNull();
    }

    @Test
    void aComponentThatHasNoForm_isNamedWhenTheRowsAreLost() throws Exception {
        lost(
                MEMO.replace("Kind kind,", "java.net.URI kind,"),
                FILL.replace("Memo.Kind.TO_DO", "java.net.URI.create(\"a:b\")"),
                "test.memos.Memo.kind: type java.net.URI has no form in documents");
        assertThat(table().spec().codec()).isNull();
    }

    @Test
    void aSecret_isNamedWhenTheRowsAreLost() throws Exception {
        lost(
                MEMO.replace("Kind kind,", "Secret kind,"),
                FILL.replace("Memo.Kind.TO_DO", "Secret.of(\"hush\")"),
                "test.memos.Memo: kind is a secret");
    }

    private void lost(String memo, String fill, String reason) throws Exception {
        host.with(memos(PluginJar.modular("memos", fill), "1.0.0", memo), "memos.jar")
                .start();
        await().untilAsserted(() -> assertThat(rows()).hasSize(1));
        try (LogLines lines = LogLines.of("dev.homeostat.host.handover")) {
            replaced(memos(PluginJar.modular("memos", TABLE), "1.1.0", memo));
            assertThat(lines.written())
                    .anyMatch(line -> line.contains("\"memos\" has no codec: its 1 rows") && line.contains(reason));
        }
        assertThat(rows()).isEmpty();
        assertThat(host.host().rejected().all()).isEmpty();
    }

    @Test
    void sources_writeThroughIt() throws Exception {
        String plugin = """
            ctx.table(Memo.TABLE.acceptingSources());
            Tree row = ctx.documents().read("here", "{name: b, kind: note, lines: [{text: y}]}").get(0);
            ctx.source("one", feed -> {
                feed.apply(new Scan(List.of(SourceUnit.of(
                        "u", List.of(new DesiredRows("memos", row.place(), List.of(row)))))));
                new CountDownLatch(1).await();
            });
            """;
        host.with(memos(PluginJar.modular("memos", plugin), "1.0.0", MEMO), "memos.jar")
                .start();
        assertThat(host.plugin("memos").reason()).isEmpty();
        await().untilAsserted(() ->
                assertThat(rows()).containsExactly("Memo[name=b, kind=NOTE, lines=[Line[text=y, weight=1]]]@1"));
    }

    @Test
    void aTableThatIsToAcceptSources_andHasNoCodec_isRefused() throws Exception {
        String odd = MEMO.replace("Kind kind,", "java.net.URI kind,");
        host.with(
                        memos(PluginJar.modular("memos", "ctx.table(Memo.TABLE.acceptingSources());"), "1.0.0", odd),
                        "memos.jar")
                .start();
        assertThat(host.plugin("memos").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("memos").reason())
                .contains("table \"memos\": sources write through a codec", "test.memos.Memo.kind: type java.net.URI");
    }
}
