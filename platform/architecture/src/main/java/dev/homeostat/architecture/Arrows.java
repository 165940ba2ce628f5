package dev.homeostat.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** Which module may name which: host → {reconciler, statedb} → api, and nothing the other way. */
final class Arrows {

    /** The one package that knows PF4J. */
    static final String PF4J_SEAM = "dev.homeostat.host.pf4j..";

    private static final String API = "dev.homeostat.api..";
    private static final String STATEDB = "dev.homeostat.statedb..";
    private static final String RECONCILER = "dev.homeostat.reconciler..";
    private static final String TESTKIT = "dev.homeostat.testkit..";
    private static final String PLUGINTEST = "dev.homeostat.plugintest..";
    private static final String LAUNCHER = "dev.homeostat.launcher..";
    private static final String HOST = "dev.homeostat.host..";
    private static final String CLI = "dev.homeostat.cli..";
    private static final String PLUGINS = "dev.homeostat.plugin..";

    private static final String[] JDK = {"java..", "javax..", "jdk..", "com.sun.."};
    private static final String NULLNESS = "org.jspecify.annotations..";
    private static final String LOGGING = "org.slf4j..";
    private static final String INJECTION = "jakarta.inject..";

    static final ArchRule API_STANDS_ALONE =
            only(API, NULLNESS, LOGGING, INJECTION).because("whatever the API names, every plugin has to live with");

    static final ArchRule STATEDB_KNOWS_THE_API = only(STATEDB, API, NULLNESS, LOGGING)
            .because("an embedder takes the database as a plain library, and it does not know the reconciler");

    static final ArchRule RECONCILER_KNOWS_THE_API = only(RECONCILER, API, NULLNESS, LOGGING)
            .because("an embedder takes the reconciler as a plain library, and it does not know the database's engine");

    static final ArchRule TESTKIT_KNOWS_NO_HOST = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOST, LAUNCHER, CLI, PLUGINS)
            .because("plugin authors test without a host");

    static final ArchRule PLUGINTEST_KNOWS_THE_API = only(PLUGINTEST, API, NULLNESS, "org.junit..")
            .because("the host that it runs is in layers of its own, and shares no class with it but the JDK's");

    static final ArchRule LAUNCHER_KNOWS_NO_HOST = noClasses()
            .that()
            .resideInAPackage(LAUNCHER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOST, STATEDB, RECONCILER, TESTKIT, CLI, PLUGINS)
            .because("the host is in a layer of its own, which the launcher makes");

    static final ArchRule CLI_KNOWS_NO_HOST = noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOST, STATEDB, RECONCILER, TESTKIT, LAUNCHER, PLUGINS)
            .because("the command knows the wire format and nothing of the host's inside");

    static final ArchRule HOST_KNOWS_NO_PLUGIN = noClasses()
            .that()
            .resideInAPackage(HOST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLUGINS, CLI, TESTKIT)
            .because("a bundled plugin is a plugin like any other");

    static final ArchRule PLUGINS_KNOW_THE_API = noClasses()
            .that()
            .resideInAPackage(PLUGINS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    STATEDB,
                    RECONCILER,
                    TESTKIT,
                    LAUNCHER,
                    HOST,
                    CLI,
                    "org.pf4j..",
                    "com.google..",
                    "com.codahale.metrics..",
                    "tools.jackson..",
                    "com.fasterxml.jackson..",
                    "ch.qos.logback..")
            .because("a plugin reads the API and what it bundles");

    static final ArchRule PF4J_STAYS_IN_ITS_SEAM = noClasses()
            .that()
            .resideOutsideOfPackage(PF4J_SEAM)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..")
            .because("PF4J is named in one package of the host: " + PF4J_SEAM);

    private Arrows() {}

    /** Classes of {@code module} name nothing but the JDK, their own module and {@code allowed}. */
    private static ArchRule only(String module, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(JDK).or(resideInAnyPackage(module)).or(resideInAnyPackage(allowed)));
    }
}
