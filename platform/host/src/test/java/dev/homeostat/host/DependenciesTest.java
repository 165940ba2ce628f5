package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that need others: what they see of them, whichever way each is kept apart. Each writes into the file {@code result} of its data directory. */
final class DependenciesTest {
    private static final String ITEM = """
        public record Item(String name) {
            public static final Index<Item, String> NAME = Index.unique("name", Keys.STRING, Item::name);
            public static final TableSpec<Item> TABLE = TableSpec.of("items-of-%s", Item.class, NAME);
        }
        """;

    /** Looked at by its name only. */
    private static final byte[] EMPTY_CLASS = {};

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void fixture() {
        host = new HostFixture(directory);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static PluginJar module(PluginJar jar, String id, String more) {
        return jar.source("module-info", """
            module test.%1$s {
                requires dev.homeostat.api;
                %2$s
                provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
            }
            """.formatted(id, more));
    }

    private static PluginJar plain(PluginJar jar, String id) {
        return jar.entry("META-INF/services/dev.homeostat.api.plugin.Plugin", "test." + id + ".ThePlugin");
    }

    private static PluginJar odd(PluginJar jar, String id) {
        return plain(jar, id).entry("InNoPackage.class", EMPTY_CLASS);
    }

    private static PluginJar base(String id) {
        return PluginJar.plugin(id)
                .pluginClass(id, "", """
                    RWTable<Item> items = ctx.table(Item.TABLE);
                    Database db = ctx.database();
                    ctx.job("fill", () -> db.write(items, txn -> items.insert(txn, new Item("of-%s"))));
                    """.formatted(id))
                .type("test." + id + ".Item", ITEM.formatted(id));
    }

    /** Waits for the row of a plugin that it needs. */
    private static String look(String needed) {
        return """
            Table<test.%1$s.Item> %1$s = ctx.use(test.%1$s.Item.TABLE);
            ctx.job("look-%1$s", () -> {
                var query = test.%1$s.Item.NAME.query("of-%1$s");
                while (%1$s.get(db.readTxn(), query) == null) {
                    %1$s.watch(db.readTxn(), query).await();
                }
                test.%1$s.Item item = %1$s.get(db.readTxn(), query).value();
                Files.writeString(ctx.data().resolve("%1$s"), item.name());
            });
            """.formatted(needed);
    }

    private PluginJar user(String id, String... needed) {
        StringBuilder body = new StringBuilder("Database db = ctx.database();\n");
        PluginJar jar = PluginJar.plugin(id).attribute("Plugin-Dependencies", String.join(", ", needed));
        for (String each : needed) {
            body.append(look(each));
            jar.against(directory.resolve("compiled/" + each + ".jar"));
        }
        return jar.pluginClass(id, "", body.toString());
    }

    private void assertSaw(String id, String... needed) {
        assertThat(host.plugin(id).reason()).isEmpty();
        for (String each : needed) {
            Path saw = host.home.resolve("data/plugins").resolve(id).resolve(each);
            await().untilAsserted(() -> assertThat(saw).hasContent("of-" + each));
        }
    }

    @Test
    void tablesAndClassesOfADependency_areSeen_howeverEachOfTheTwoIsKeptApart() throws Exception {
        Path compiled = directory.resolve("compiled");
        module(base("modular"), "modular", "exports test.modular;").writeTo(compiled, "modular.jar");
        plain(base("plain"), "plain").writeTo(compiled, "plain.jar");
        base("odd").writeTo(compiled, "odd.jar");
        for (String id : new String[] {"modular", "plain"}) {
            Files.copy(compiled.resolve(id + ".jar"), host.plugins().resolve(id + ".jar"));
        }
        host.with(odd(base("odd"), "odd"), "odd.jar")
                .with(module(user("u1", "modular", "plain"), "u1", "requires test.modular; requires plain;"), "u1.jar")
                .with(plain(user("u2", "modular", "plain", "odd"), "u2"), "u2.jar")
                .with(odd(user("u3", "modular", "plain", "odd"), "u3"), "u3.jar")
                .with(module(user("u4", "odd"), "u4", "requires odd;"), "u4.jar")
                .start();

        assertThat(host.plugin("odd").isolation()).startsWith("class loader (");
        assertThat(host.plugin("u1").isolation()).isEqualTo("module layer");
        assertThat(host.plugin("u2").isolation()).contains("automatic module u2");
        assertThat(host.plugin("u3").isolation()).startsWith("class loader (");
        assertSaw("u1", "modular", "plain");
        assertSaw("u2", "modular", "plain", "odd");
        assertSaw("u3", "modular", "plain", "odd");
        assertThat(host.plugin("u4").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("u4").reason())
                .contains("odd (required by test.u4)", "(one that runs without a module cannot be required)");
    }

    @Test
    void dependencyOfADependency_isSeenWhereThatPassesItOn() throws Exception {
        Path compiled = directory.resolve("compiled");
        module(base("base"), "base", "exports test.base;").writeTo(compiled, "base.jar");
        PluginJar middle = PluginJar.plugin("middle")
                .pluginClass("middle", "", "")
                .type("test.middle.Gives", """
                    public class Gives { public static test.base.Item item() { return new test.base.Item("given"); } }
                    """)
                .against(compiled.resolve("base.jar"))
                .attribute("Plugin-Dependencies", "base");
        module(middle, "middle", "requires transitive test.base; exports test.middle;")
                .writeTo(compiled, "middle.jar");
        Files.copy(compiled.resolve("base.jar"), host.plugins().resolve("z-base.jar"));
        Files.copy(compiled.resolve("middle.jar"), host.plugins().resolve("y-middle.jar"));
        PluginJar top = PluginJar.plugin("top")
                .pluginClass("top", "", """
                    test.base.Item item = test.middle.Gives.item();
                    Files.writeString(ctx.data().resolve("result"), item.name());
                    """)
                .against(compiled.resolve("base.jar"))
                .against(compiled.resolve("middle.jar"))
                .attribute("Plugin-Dependencies", "middle");
        host.with(module(top, "top", "requires test.middle;"), "top.jar").start();
        assertThat(host.plugin("top").reason()).isEmpty();
        assertThat(host.home.resolve("data/plugins/top/result")).hasContent("given");
    }

    @Test
    void whatADependencyDoesNotExport_andWhatAStrangerHas_cannotBeUsed() throws Exception {
        PluginJar base = module(PluginJar.modular("base", "ctx.table(Item.TABLE);"), "base", "exports test.base;")
                .type("test.base.Item", ITEM.formatted("base"))
                .source("test.base.inner.Hidden", "public class Hidden { public static int number() { return 1; } }");
        String members = """
            interface Act { Object run() throws Exception; }
            private static String came(Act act) {
                try { return String.valueOf(act.run()); } catch (Exception e) { return e.getClass().getSimpleName(); }
            }
            """;
        String body = """
            Files.writeString(ctx.data().resolve("result"), String.join(" ",
                    came(() -> Class.forName("test.base.Item").getName()),
                    came(() -> Class.forName("test.base.inner.Hidden").getMethod("number").invoke(null)),
                    came(() -> {
                        var hidden = Class.forName("test.base.inner.Hidden").getDeclaredConstructor();
                        hidden.setAccessible(true);
                        return hidden;
                    })));
            """;
        PluginJar friend = PluginJar.modular("friend", "").pluginClass("friend", members, body);
        host.with(base, "base.jar")
                .with(friend.attribute("Plugin-Dependencies", "base"), "friend.jar")
                .with(PluginJar.modular("stranger", "").pluginClass("stranger", members, body), "stranger.jar")
                .start();

        assertThat(host.home.resolve("data/plugins/friend/result"))
                .content()
                .startsWith("test.base.Item IllegalAccessException Inaccessible");
        assertThat(host.home.resolve("data/plugins/stranger/result"))
                .hasContent("ClassNotFoundException ClassNotFoundException ClassNotFoundException");
    }

    @Test
    void tableOfADependency_isReadOnly() throws Exception {
        Path compiled = module(PluginJar.modular("base", "ctx.table(Item.TABLE);"), "base", "exports test.base;")
                .type("test.base.Item", ITEM.formatted("base"))
                .writeTo(host.plugins(), "base.jar");
        PluginJar user = PluginJar.modular("user", """
            Object used = ctx.use(test.base.Item.TABLE);
            boolean second = false;
            try { ctx.table(test.base.Item.TABLE); } catch (RuntimeException e) { second = true; }
            Files.writeString(ctx.data().resolve("result"), (used instanceof RWTable) + " " + second);
            """).against(compiled).attribute("Plugin-Dependencies", "base");
        host.with(module(user, "user", "requires test.base;"), "user.jar").start();
        assertThat(host.home.resolve("data/plugins/user/result")).hasContent("false true");
    }

    @Test
    void optionalDependency_isUsedWhereItIsThere_andDoneWithoutWhereNot() throws Exception {
        String seen = """
            String seen;
            try { seen = Class.forName("test.%1$s.Item").getSimpleName(); } catch (ClassNotFoundException e) { seen = "none"; }
            Files.writeString(ctx.data().resolve("result"), seen);
            """;
        host.with(
                        module(PluginJar.modular("base", ""), "base", "exports test.base;")
                                .type("test.base.Item", ITEM.formatted("base")),
                        "base.jar")
                .with(PluginJar.modular("broken", "throw new IllegalStateException(\"planted\");"), "broken.jar")
                .with(
                        PluginJar.modular("with", seen.formatted("base"))
                                .attribute("Plugin-Dependencies", "base?@>=1.0.0"),
                        "a-with.jar")
                .with(
                        PluginJar.modular("without", seen.formatted("nowhere"))
                                .attribute("Plugin-Dependencies", "nowhere?@>=1.0.0"),
                        "without.jar")
                .with(
                        PluginJar.modular("beside", seen.formatted("broken"))
                                .attribute("Plugin-Dependencies", "broken?"),
                        "beside.jar")
                .with(PluginJar.modular("picky", "").attribute("Plugin-Dependencies", "base?@>=2.0.0"), "picky.jar")
                .start();

        Path data = host.home.resolve("data/plugins");
        assertThat(data.resolve("with/result")).hasContent("Item");
        assertThat(data.resolve("without/result")).hasContent("none");
        assertThat(data.resolve("beside/result")).hasContent("none");
        assertThat(host.plugin("picky").reason()).contains("it needs plugin \"base\" >=2.0.0, and 1.0.0 is there");
        for (String id : new String[] {"with", "without", "beside"}) {
            assertThat(host.plugin(id).state()).as(id).isEqualTo(State.ACTIVE);
        }
    }
}
