package dev.homeostat.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

/** Habits of the house that class files show. */
final class Habits {

    static final ArchRule NO_DRAWERS = noClasses()
            .that()
            .areNotAssignableTo("org.pf4j.PluginManager")
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Manager)")
            .because("a function lives with the thing that it is about; only PF4J's own plugin manager keeps its name");

    /** But one, which logs nothing, and looks for handlers that a plugin left there. */
    static final ArchRule ONE_LOGGING_API = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.homeostat.host.leak.JulPins")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("logs go through SLF4J, with the plugin's and the reconciler's name");

    static final ArchRule NO_PRINTING = noClasses()
            .that(are(resideInAnyPackage(
                    "dev.homeostat.api..",
                    "dev.homeostat.statedb..",
                    "dev.homeostat.reconciler..",
                    "dev.homeostat.plugin..")))
            .should(ACCESS_STANDARD_STREAMS)
            .because("stdout belongs to the command, and a library does not print");

    static final ArchRule RECONCILER_IS_GIVEN_ITS_TIME = noClasses()
            .that()
            .resideInAPackage("dev.homeostat.reconciler..")
            .should()
            .accessTargetWhere(readsTheClockOrStartsThreads())
            .because("the simulator gives it virtual time and a seeded order, and runs the very same code");

    private static final String CLOCKS =
            "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(\\)|java\\.time\\.Instant\\.now\\(\\)|java\\.time\\.Clock\\.system.*";
    private static final String THREADS =
            "java\\.lang\\.Thread\\.(<init>|sleep|start|startVirtualThread|ofVirtual|ofPlatform)\\(.*|java\\.util\\.concurrent\\.Executors\\.new.*";

    private Habits() {}

    private static DescribedPredicate<JavaAccess<?>> readsTheClockOrStartsThreads() {
        Pattern forbidden = Pattern.compile(CLOCKS + "|" + THREADS);
        return DescribedPredicate.describe(
                "it reads the system's clock or makes threads",
                access -> forbidden.matcher(access.getTarget().getFullName()).matches());
    }
}
