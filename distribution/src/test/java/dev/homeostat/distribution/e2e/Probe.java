package dev.homeostat.distribution.e2e;

/**
 * The source of a plugin that tries to get at what is not its own. It writes a line for each try: what it tried, and what came of it, {@code nothing} or
 * {@code GOT} something. The file is {@code result} in the plugin's data directory.
 */
final class Probe {
    private static final String SOURCE = """
        package test.PROBE;

        import dev.homeostat.api.db.*;
        import dev.homeostat.api.plugin.*;
        import dev.homeostat.api.tree.*;
        import java.lang.invoke.MethodHandles;
        import java.lang.reflect.*;
        import java.net.URL;
        import java.nio.file.Files;
        import java.util.*;

        public class ThePlugin implements Plugin {
            public record Row(String name) {
                static final TableSpec<Row> TABLE = TableSpec.of(
                        "rows-of-PROBE", Row.class, Index.unique("name", Keys.STRING, Row::name));
            }

            interface Try { Object run() throws Throwable; }

            private static final List<String> OTHERS = List.of(
                    "dev.homeostat.host.Host",
                    "dev.homeostat.host.mxbean.HostMXBean",
                    "dev.homeostat.statedb.StateDatabase",
                    "dev.homeostat.reconciler.Reconcilers",
                    "dev.homeostat.launcher.Main",
                    "dev.homeostat.api.db.internal.EngineLayer",
                    "org.pf4j.PluginManager",
                    "com.google.inject.Injector",
                    "tools.jackson.databind.ObjectMapper",
                    "com.codahale.metrics.MetricRegistry",
                    "test.victim.Shown",
                    "test.victim.inner.Hidden");

            private final StringBuilder results = new StringBuilder();

            private void attempt(String what, Try attempt) {
                String result;
                try {
                    Object got = attempt.run();
                    boolean empty = got == null || got instanceof Optional<?> o && o.isEmpty()
                            || got instanceof Collection<?> c && c.isEmpty() || Boolean.FALSE.equals(got);
                    result = empty ? "nothing" : "GOT " + got;
                } catch (Throwable e) {
                    result = "nothing, " + e.getClass().getSimpleName();
                }
                results.append(what).append(" | ").append(result).append('\\n');
            }

            @Override
            public void contribute(PluginContext ctx) throws Exception {
                ClassLoader own = getClass().getClassLoader();
                attempt("version of the library", () -> com.google.common.base.Strings.version());
                attempt("module of the library", () -> com.google.common.base.Strings.class.getModule().isNamed());
                for (String name : OTHERS) {
                    String file = name.replace('.', '/') + ".class";
                    attempt("Class.forName " + name, () -> Class.forName(name));
                    attempt("loadClass " + name, () -> own.loadClass(name));
                    attempt("parent " + name, () -> own.getParent().loadClass(name));
                    attempt("context loader " + name,
                            () -> Thread.currentThread().getContextClassLoader().loadClass(name));
                    attempt("resource " + name, () -> own.getResource(file));
                    attempt("calling " + name, () -> call(Class.forName(name, false, ClassLoader.getSystemClassLoader())));
                }
                for (String name : List.of("META-INF/MANIFEST.MF", "logback.xml", "version.properties",
                        "META-INF/services/dev.homeostat.launcher.HostRunner",
                        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                        "META-INF/services/java.lang.Runnable",
                        "dev/homeostat/host/version.properties", "dev/homeostat/launcher/logback-default.xml",
                        "victim.txt", "test/victim/victim.txt")) {
                    attempt("resources " + name, () -> strangers(own.getResources(name)));
                    attempt("resource of the class " + name, () -> strangers(getClass().getResource("/" + name)));
                    attempt("context loader " + name, () -> strangers(
                            Thread.currentThread().getContextClassLoader().getResources(name)));
                }
                layers();
                attempt("services", () -> strangers(ServiceLoader.load(Plugin.class)));
                attempt("services of the loader", () -> strangers(ServiceLoader.load(Runnable.class, own)));
                attempt("all services", () -> strangers(ServiceLoader.loadInstalled(Runnable.class)));
                attempt("services of the system", () -> strangers(
                        ServiceLoader.load(Runnable.class, ClassLoader.getSystemClassLoader())));
                for (Object held : List.of(ctx, ctx.database(), ctx.scheduler(), ctx.documents(), ctx.counter("c"),
                        ctx.health("h"), ctx.table(Row.TABLE), Row.TABLE, Keys.STRING, Optional.of(1))) {
                    reflection(held);
                }
                // What cannot be kept from it, and what it is worth.
                ClassLoader walked = ctx.getClass().getClassLoader();
                attempt("walk to the host's library", () ->
                        walked.loadClass("com.google.common.base.Strings").getModule().getName());
                attempt("walk to the host's library, another one", () ->
                        walked.loadClass("com.google.common.base.Strings") != com.google.common.base.Strings.class);
                attempt("walk to the version of the host's", () ->
                        walked.loadClass("com.google.common.base.Strings").getMethod("version"));
                attempt("walk into the host", () -> call(walked.loadClass("dev.homeostat.host.Host")));
                attempt("walk into the loading of plugins", () -> MethodHandles.privateLookupIn(
                        walked.loadClass("dev.homeostat.host.plugin.Plugins"), MethodHandles.lookup()));
                Files.writeString(ctx.data().resolve("result"), results);
            }

            private void layers() {
                ModuleLayer layer = getClass().getModule().getLayer();
                List<ModuleLayer> layers = layer == null ? List.of(ModuleLayer.boot()) : List.of(layer, ModuleLayer.boot());
                for (ModuleLayer one : layers) {
                    String where = one == layer ? "own layer " : "boot layer ";
                    for (String module : List.of("dev.homeostat.host", "dev.homeostat.statedb", "com.google.guice",
                            "org.pf4j", "test.victim")) {
                        attempt(where + module, () -> one.findModule(module));
                        attempt(where + "loader of " + module, () -> one.findLoader(module));
                    }
                    attempt(where + "services", () -> strangers(ServiceLoader.load(one, Runnable.class)));
                    attempt(where + "plugins", () -> strangers(ServiceLoader.load(one, Plugin.class)));
                }
            }

            /** Calls whatever static method it has. */
            private static Object call(Class<?> type) throws Throwable {
                for (Method method : type.getDeclaredMethods()) {
                    if (Modifier.isStatic(method.getModifiers())) {
                        return method + " gave " + method.invoke(null, new Object[method.getParameterCount()]);
                    }
                }
                return type.getDeclaredConstructor().newInstance();
            }

            private void reflection(Object held) {
                Class<?> type = held.getClass();
                String name = type.getName();
                attempt("private lookup in " + name, () -> MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
                for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                    List<AccessibleObject> members = new ArrayList<>(List.of(each.getDeclaredFields()));
                    members.addAll(List.of(each.getDeclaredMethods()));
                    members.addAll(List.of(each.getDeclaredConstructors()));
                    for (AccessibleObject member : members) {
                        boolean open = member instanceof Member m && Modifier.isPublic(m.getModifiers())
                                && Modifier.isPublic(each.getModifiers()) && each.getModule().isExported(
                                        each.getPackageName(), getClass().getModule());
                        if (!open) {
                            attempt("set accessible " + member, () -> member.trySetAccessible());
                        }
                    }
                }
                results.append("reflection on ").append(name).append(" | nothing, tried\\n");
            }

            private static List<String> strangers(Enumeration<URL> found) {
                return Collections.list(found).stream().map(URL::toString)
                        .filter(url -> !url.contains("PROBE-1.0.0")).toList();
            }

            private static List<String> strangers(URL found) {
                return found == null ? List.of() : strangers(Collections.enumeration(List.of(found)));
            }

            private static List<String> strangers(ServiceLoader<?> services) {
                return services.stream().map(ServiceLoader.Provider::type).map(Class::getName)
                        .filter(type -> !type.equals(ThePlugin.class.getName())).toList();
            }
        }
        """;

    private Probe() {}

    /** The source of {@code test.<id>.ThePlugin}, which wants a library with a class {@code com.google.common.base.Strings}. */
    static String source(String id) {
        return SOURCE.replace("PROBE", id);
    }
}
