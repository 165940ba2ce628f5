package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the classes of a plugin are kept apart, and what they see. Each plugin writes what it finds into the file {@code result} of its data directory. */
final class IsolationTest {

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

    private void assertResult(String id, String result) {
        assertThat(host.plugin(id).reason()).isEmpty();
        assertThat(host.plugin(id).state()).isEqualTo(State.ACTIVE);
        assertThat(host.home.resolve("data/plugins").resolve(id).resolve("result"))
                .hasContent(result);
    }

    private static String writing(String expression) {
        return "Files.writeString(ctx.data().resolve(\"result\"), " + expression + ");";
    }

    private Path library(String module, String text) {
        PluginJar jar = PluginJar.empty()
                .source("lib.Thing", "public class Thing { public static String say() { return \"" + text + "\"; } }");
        if (!module.isEmpty()) {
            jar.source("module-info", "module " + module + " { exports lib; }");
        }
        return jar.writeTo(directory.resolve("libs-" + text), "the-lib.jar");
    }

    private static String needing(String id, String module) {
        return """
            module test.%1$s {
                requires dev.homeostat.api;
                requires %2$s;
                provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
            }
            """.formatted(id, module);
    }

    @Test
    void modularJar_hasALayerOfItsOwn() throws Exception {
        host.with(
                        PluginJar.modular(
                                "one",
                                writing("getClass().getModule() + \" \" + (getClass().getModule().getLayer() =="
                                        + " ModuleLayer.boot())")),
                        "x.jar")
                .start();
        assertResult("one", "module test.one false");
        assertThat(host.plugin("one").isolation()).isEqualTo("module layer");
    }

    @Test
    void plainJar_becomesAnAutomaticModuleNamedAfterItsId() throws Exception {
        host.with(
                        PluginJar.plugin("plain-one")
                                .pluginClass("p", "", writing("getClass().getModule().getName()"))
                                .entry("META-INF/services/dev.homeostat.api.plugin.Plugin", "test.p.ThePlugin"),
                        "0815.jar")
                .start();
        assertResult("plain-one", "plain.one");
        assertThat(host.plugin("plain-one").isolation()).contains("module layer", "automatic module plain.one");
    }

    @Test
    void jarThatCannotBeAModule_fallsBackToAClassLoader_andSeesTheApiOnly() throws Exception {
        String visible = """
            seen("dev.homeostat.api.db.Keys") + seen("org.slf4j.Logger") + seen("java.sql.Connection")
                    + seen("dev.homeostat.api.db.internal.KeyAccess") + seen("org.pf4j.PluginManager.Nested")
            """;
        host.with(
                        PluginJar.plugin("odd")
                                .pluginClass("odd", """
                                    String seen(String name) {
                                        try { Class.forName(name); return "+"; } catch (ClassNotFoundException e) { return "-"; }
                                    }
                                    """, writing(visible))
                                .source("InNoPackage", "class InNoPackage {}")
                                .entry(
                                        "META-INF/services/dev.homeostat.api.plugin.Plugin",
                                        "test.odd.ThePlugin # it\n"),
                        "odd.jar")
                .start();
        assertResult("odd", "+++--");
        assertThat(host.plugin("odd").isolation()).startsWith("class loader (").contains("InNoPackage");
    }

    /** Bundled, they would be other classes than those that the host logs and injects with. */
    @Test
    void whatTheApiComesWith_isTheHostsOwn_alsoWhereAPluginBringsItAlong() throws Exception {
        String members = """
            public static class Made { @Inject Made(PluginContext context) { Objects.requireNonNull(context); } }
            """;
        String body = "ctx.inject(Made.class);" + writing("""
            (org.slf4j.Logger.class.getClassLoader() == getClass().getClassLoader()) + " "
                    + org.slf4j.LoggerFactory.getLogger("x").getClass().getName()
            """);
        for (String id : new String[] {"modular", "plain", "odd"}) {
            PluginJar jar = PluginJar.modular(id, "").pluginClass(id, members, body);
            if (!id.equals("modular")) {
                jar = PluginJar.plain(id, "").pluginClass(id, members, body);
            } else {
                jar.source("module-info", needing(id, "org.slf4j; requires jakarta.inject"));
            }
            if (id.equals("odd")) {
                jar.source("InNoPackage", "class InNoPackage {}");
            }
            host.with(jar.bundling(bootJar("org.slf4j")).bundling(bootJar("jakarta.inject")), id + ".jar");
        }
        host.start();
        assertThat(host.plugin("odd").isolation()).startsWith("class loader (");
        for (String id : new String[] {"modular", "plain", "odd"}) {
            assertResult(id, "false ch.qos.logback.classic.Logger");
        }
    }

    private static Path bootJar(String module) {
        return Path.of(ModuleLayer.boot()
                .configuration()
                .findModule(module)
                .flatMap(found -> found.reference().location())
                .orElseThrow());
    }

    @Test
    void bundledModule_isAModuleOfThePluginsLayer() throws Exception {
        Path library = library("some.lib", "one");
        host.with(
                        PluginJar.modular("one", writing("lib.Thing.say() + lib.Thing.class.getModule().getName()"))
                                .against(library)
                                .bundling(library)
                                .source("module-info", needing("one", "some.lib")),
                        "one.jar")
                .start();
        assertResult("one", "onesome.lib");
    }

    @Test
    void bundledPlainJar_isAnAutomaticModuleOfThePluginsLayer() throws Exception {
        Path library = library("", "one");
        host.with(
                        PluginJar.modular("one", writing("lib.Thing.say() + lib.Thing.class.getModule().getName()"))
                                .against(library)
                                .bundling(library)
                                .source("module-info", needing("one", "the.lib")),
                        "one.jar")
                .start();
        assertResult("one", "onethe.lib");
    }

    @Test
    void twoPlugins_eachHaveTheirOwnVersionOfALibrary() throws Exception {
        for (String id : new String[] {"one", "two"}) {
            Path library = library("some.lib", id);
            host.with(
                    PluginJar.modular(id, writing("lib.Thing.say()"))
                            .against(library)
                            .bundling(library)
                            .source("module-info", needing(id, "some.lib")),
                    id + ".jar");
        }
        host.start();
        assertResult("one", "one");
        assertResult("two", "two");
    }

    @Test
    void dependent_prefersItsOwnLibraryOverThatOfItsDependency() throws Exception {
        Path first = library("some.lib", "one");
        Path second = library("some.lib", "two");
        host.with(
                        PluginJar.modular("one", writing("lib.Thing.say()"))
                                .against(first)
                                .bundling(first)
                                .source("module-info", needing("one", "some.lib")),
                        "one.jar")
                .with(
                        PluginJar.modular("two", writing("lib.Thing.say()"))
                                .attribute("Plugin-Dependencies", "one")
                                .against(second)
                                .bundling(second)
                                .source("module-info", needing("two", "some.lib")),
                        "two.jar")
                .start();
        assertResult("two", "two");
    }

    @Test
    void dependency_isNotTakenForTheDependentsOwnPlugin() throws Exception {
        Path base = PluginJar.modular("base", "").writeTo(host.plugins(), "base.jar");
        host.with(
                        PluginJar.plugin("top")
                                .attribute("Plugin-Dependencies", "base")
                                .against(base)
                                .source(
                                        "module-info",
                                        "module test.top { requires dev.homeostat.api; requires test.base; }")
                                .source("test.top.Nothing", "class Nothing {}"),
                        "top.jar")
                .start();
        assertThat(host.plugin("top").state()).isEqualTo(State.FAILED);
        assertThat(host.plugin("top").reason()).contains("there is no plugin in it");
    }

    @Test
    void resourcesAndServices_areFoundInTheLayer() throws Exception {
        String members = """
            static String text(java.io.InputStream in) throws Exception { try (in) { return new String(in.readAllBytes()); } }
            """;
        String body = writing("""
            text(getClass().getResourceAsStream("some.txt"))
                    + text(getClass().getModule().getResourceAsStream("test/one/some.txt"))
                    + ServiceLoader.load(getClass().getModule().getLayer(), Runnable.class).findFirst().get().getClass().getSimpleName()
            """);
        host.with(
                        PluginJar.modular("one", "")
                                .pluginClass("one", members, body)
                                .entry("test/one/some.txt", "text ")
                                .source(
                                        "test.one.Task",
                                        "public class Task implements Runnable { public void run() {} }")
                                .source("module-info", """
                                    module test.one {
                                        requires dev.homeostat.api;
                                        uses Runnable;
                                        provides Runnable with test.one.Task;
                                        provides dev.homeostat.api.plugin.Plugin with test.one.ThePlugin;
                                    }
                                    """),
                        "one.jar")
                .start();
        assertResult("one", "text text Task");
    }

    @Test
    void codeRunsFromAPrivateCopy_whichIsGoneAfterTheStop() throws Exception {
        host.with(
                        PluginJar.modular(
                                "one",
                                writing("getClass().getProtectionDomain().getCodeSource().getLocation().getPath()")),
                        "x.jar")
                .start();
        Path copy = Path.of(Files.readString(host.home.resolve("data/plugins/one/result")));
        assertThat(copy)
                .exists()
                .startsWith(host.home.resolve("data/code").toRealPath())
                .hasFileName("one-1.0.0.jar");
        host.close();
        assertThat(copy).doesNotExist();
        assertThat(host.home.resolve("data/code")).doesNotExist();
    }

    @Test
    void copiesOfAHostThatWasKilled_areSweptAway() throws Exception {
        Path left = Files.createDirectories(host.home.resolve("data/code/one-1.0.0-1"))
                .resolve("one-1.0.0.jar");
        Files.writeString(left, "left");
        host.with(PluginJar.modular("one", ""), "one.jar").start();
        assertThat(host.plugin("one").state()).isEqualTo(State.ACTIVE);
        try (Stream<Path> copies = Files.walk(host.home.resolve("data/code"))) {
            assertThat(copies.filter(Files::isRegularFile)).hasSize(1).doesNotContain(left.resolveSibling("x"));
        }
    }
}
