package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What plugins see of the host and of one another, in each of the three ways in which they are kept apart. Only a real installation can tell: there the host
 * and its libraries lie in a layer of their own.
 */
class IsolationIT extends E2eTest {
    private static final String SERVICE = "META-INF/services/dev.homeostat.api.plugin.Plugin";

    /** A library that the host has too, under the same names: Guava, as far as it matters. */
    private Path library(String version, String module) {
        PluginJar jar = new PluginJar(directory.resolve("work-library-" + version), "no-plugin")
                .source("com.google.common.base.Strings", """
                    package com.google.common.base;
                    public class Strings { public static String version() { return "%s"; } }
                    """.formatted(version));
        if (!module.isEmpty()) {
            jar.source("module-info", "module " + module + " { exports com.google.common.base; }");
        }
        return jar.writeTo(directory.resolve("libraries-" + version + "/guava.jar"));
    }

    private PluginJar probe(String id) {
        return new PluginJar(directory.resolve("work-" + id), id).source("test." + id + ".ThePlugin", Probe.source(id));
    }

    private static String module(String id, String more) {
        return """
            module test.%1$s {
                requires dev.homeostat.api;
                uses dev.homeostat.api.plugin.Plugin;
                uses Runnable;
                provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
                %2$s
            }
            """.formatted(id, more);
    }

    /** A plugin with a class that it exports, one that it does not, a service, and files. */
    private PluginJar victim() {
        return new PluginJar(directory.resolve("work-victim"), "victim")
                .source(
                        "module-info",
                        module("victim", "exports test.victim; provides Runnable with test.victim.Shown;"))
                .source("test.victim.ThePlugin", """
                    package test.victim;
                    public class ThePlugin implements dev.homeostat.api.plugin.Plugin {
                        public void contribute(dev.homeostat.api.plugin.PluginContext context) {}
                    }
                    """)
                .source("test.victim.Shown", """
                    package test.victim;
                    public class Shown implements Runnable {
                        public static String shown() { return "shown"; }
                        public void run() {}
                    }
                    """)
                .source("test.victim.inner.Hidden", """
                    package test.victim.inner;
                    public class Hidden { public static String hidden() { return "hidden"; } }
                    """)
                .file("victim.txt", "text")
                .file("test/victim/victim.txt", "text");
    }

    private void drop(PluginJar jar, String name) {
        jar.writeTo(home.path("plugins/" + name + ".jar"));
    }

    private Map<String, String> result(String id) throws Exception {
        Map<String, String> result = new LinkedHashMap<>();
        for (String line : Files.readAllLines(home.path("data/plugins/" + id + "/result"))) {
            int bar = line.indexOf(" | ");
            result.put(line.substring(0, bar), line.substring(bar + 3));
        }
        return result;
    }

    private JsonNode plugin(String id) {
        for (JsonNode plugin : Shown.json(home, "plugins").path("plugins")) {
            if (plugin.path("id").asString().equals(id)) {
                assertThat(plugin.path("state").asString()).as("%s", plugin).isEqualTo("active");
                return plugin;
            }
        }
        throw new AssertionError("no plugin \"" + id + "\"");
    }

    @Test
    void plugins_getNothingThatIsNotTheirs_andHaveTheirOwnVersionsOfTheHostsLibraries() throws Exception {
        Path one = library("one", "com.google.common");
        Path two = library("two", "");
        Path three = library("three", "");
        drop(victim(), "a-victim");
        drop(
                probe("modular")
                        .source(
                                "module-info",
                                module(
                                        "modular",
                                        "requires com.google.common; requires jdk.attach; requires org.jspecify;"
                                                + " requires ch.qos.logback.classic;"))
                        .bundling(one),
                "modular");
        drop(probe("plain").file(SERVICE, "test.plain.ThePlugin\n").bundling(two), "plain");
        drop(
                probe("odd")
                        .file(SERVICE, "test.odd.ThePlugin\n")
                        .source("InNoPackage", "class InNoPackage {}")
                        .bundling(three),
                "odd");

        // It has the name of a module that the API exports its inside to.
        drop(
                probe("impostor")
                        .source(
                                "module-info",
                                module("impostor", "requires com.google.common; requires" + " dev.homeostat.launcher;")
                                        .replace("module test.impostor", "module dev.homeostat.statedb"))
                        .bundling(one),
                "impostor");

        HostProcess host = start();

        assertThat(plugin("modular").path("isolation").asString()).isEqualTo("module layer");
        assertThat(plugin("plain").path("isolation").asString())
                .isEqualTo("module layer (automatic module plain: the jar has no module-info)");
        assertThat(plugin("odd").path("isolation").asString())
                .startsWith("class loader (its jars cannot be modules: ")
                .contains("InNoPackage");
        assertProbe("modular", "one");
        assertProbe("plain", "two");
        assertProbe("odd", "three");
        assertProbe("impostor", "one");
        assertThat(host.err()).isEmpty();
    }

    private void assertProbe(String id, String version) throws Exception {
        Map<String, String> result = result(id);
        assertThat(result.remove("version of the library")).isEqualTo("GOT " + version);
        assertThat(result.remove("module of the library")).isEqualTo(id.equals("odd") ? "nothing" : "GOT true");
        // Beside it the host has its own, which is reached over an object of the host's: nothing of the host's own is.
        assertThat(result.remove("walk to the host's library")).isEqualTo("GOT com.google.common");
        assertThat(result.remove("walk to the host's library, another one")).isEqualTo("GOT true");
        assertThat(result.keySet())
                .as("what plugin %s tried", id)
                .hasSizeGreaterThan(150)
                .anyMatch(what -> what.startsWith("set accessible private ") && what.contains("dev.homeostat.host."))
                .anyMatch(what -> what.startsWith("set accessible private ") && what.contains("dev.homeostat.api."));
        if (id.equals("impostor")) {
            assertThat(result.remove("own layer dev.homeostat.statedb")).contains("module dev.homeostat.statedb");
            assertThat(result.remove("own layer loader of dev.homeostat.statedb"))
                    .contains("impostor");
        }
        result.values().removeIf(came -> came.startsWith("nothing"));
        assertThat(result).as("what plugin %s got", id).isEmpty();
    }
}
