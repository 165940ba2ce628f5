package dev.homeostat.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;

/** Every rule over class files. A rule that finds nothing to look at holds. */
enum HouseRule {
    API_STANDS_ALONE(Arrows.API_STANDS_ALONE),
    STATEDB_KNOWS_THE_API(Arrows.STATEDB_KNOWS_THE_API),
    RECONCILER_KNOWS_THE_API(Arrows.RECONCILER_KNOWS_THE_API),
    TESTKIT_KNOWS_NO_HOST(Arrows.TESTKIT_KNOWS_NO_HOST),
    PLUGINTEST_KNOWS_THE_API(Arrows.PLUGINTEST_KNOWS_THE_API),
    LAUNCHER_KNOWS_NO_HOST(Arrows.LAUNCHER_KNOWS_NO_HOST),
    CLI_KNOWS_NO_HOST(Arrows.CLI_KNOWS_NO_HOST),
    HOST_KNOWS_NO_PLUGIN(Arrows.HOST_KNOWS_NO_PLUGIN),
    PLUGINS_KNOW_THE_API(Arrows.PLUGINS_KNOW_THE_API),
    PF4J_STAYS_IN_ITS_SEAM(Arrows.PF4J_STAYS_IN_ITS_SEAM),
    NO_DRAWERS(Habits.NO_DRAWERS),
    ONE_LOGGING_API(Habits.ONE_LOGGING_API),
    NO_PRINTING(Habits.NO_PRINTING),
    RECONCILER_IS_GIVEN_ITS_TIME(Habits.RECONCILER_IS_GIVEN_ITS_TIME);

    @SuppressWarnings("ImmutableEnumChecker") // a rule is made once and never changed, though ArchUnit does not say so
    private final ArchRule rule;

    HouseRule(ArchRule rule) {
        this.rule = rule.allowEmptyShould(true);
    }

    /** The main classes of every module, as the build made them. */
    static JavaClasses mainClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.homeostat");
    }

    void check(JavaClasses classes) {
        rule.check(classes);
    }

    EvaluationResult evaluate(Class<?>... classes) {
        return rule.evaluate(new ClassFileImporter().importClasses(classes));
    }
}
