package dev.homeostat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.homeostat.api.planted.NamesTheEngine;
import dev.homeostat.architecture.clean.Innocent;
import dev.homeostat.cli.planted.NamesTheHost;
import dev.homeostat.host.planted.NamesABundledPlugin;
import dev.homeostat.host.planted.NamesPf4jAnywhere;
import dev.homeostat.launcher.planted.StartsTheHostByName;
import dev.homeostat.plugin.planted.PrintsAndNamesGuice;
import dev.homeostat.plugintest.planted.CallsTheHost;
import dev.homeostat.reconciler.planted.KnowsTheDatabase;
import dev.homeostat.reconciler.planted.ReadsTheClock;
import dev.homeostat.reconciler.planted.StartsAThread;
import dev.homeostat.statedb.planted.CountsWithMetrics;
import dev.homeostat.statedb.planted.LogManager;
import dev.homeostat.testkit.planted.NeedsAHost;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HouseRuleTest {

    private static JavaClasses main;

    @BeforeAll
    static void importMainClasses() {
        main = HouseRule.mainClasses();
    }

    @ParameterizedTest
    @EnumSource
    void rule_onTheWholeRepository_holds(HouseRule rule) {
        rule.check(main);
    }

    /** A rule that looks at nothing also holds: here each must see the fault that was planted for it. */
    @ParameterizedTest
    @EnumSource
    void rule_onEachFaultPlantedForIt_fails(HouseRule rule) {
        assertThat(planted(rule)).allSatisfy(fault -> {
            assertThat(rule.evaluate(fault).hasViolation()).as(fault.getName()).isTrue();
            assertThat(rule.evaluate(fault).getFailureReport().toString()).contains(fault.getSimpleName());
        });
    }

    @ParameterizedTest
    @EnumSource
    void rule_onAnInnocentClass_holds(HouseRule rule) {
        assertThat(rule.evaluate(Innocent.class).hasViolation()).isFalse();
    }

    @Test
    void mainClasses_areThoseOfEveryModuleThatIsChecked() {
        assertThat(main.stream().map(type -> type.getPackageName()))
                .anyMatch(name -> name.startsWith("dev.homeostat.api"));
        assertThat(main.stream().map(type -> type.getPackageName())).noneMatch(name -> name.contains("planted"));
    }

    private static List<Class<?>> planted(HouseRule rule) {
        return switch (rule) {
            case API_STANDS_ALONE -> List.of(NamesTheEngine.class);
            case STATEDB_KNOWS_THE_API -> List.of(CountsWithMetrics.class);
            case RECONCILER_KNOWS_THE_API -> List.of(KnowsTheDatabase.class);
            case TESTKIT_KNOWS_NO_HOST -> List.of(NeedsAHost.class);
            case PLUGINTEST_KNOWS_THE_API -> List.of(CallsTheHost.class);
            case LAUNCHER_KNOWS_NO_HOST -> List.of(StartsTheHostByName.class);
            case CLI_KNOWS_NO_HOST -> List.of(NamesTheHost.class);
            case HOST_KNOWS_NO_PLUGIN -> List.of(NamesABundledPlugin.class);
            case PLUGINS_KNOW_THE_API, NO_PRINTING -> List.of(PrintsAndNamesGuice.class);
            case PF4J_STAYS_IN_ITS_SEAM -> List.of(NamesPf4jAnywhere.class);
            case NO_DRAWERS, ONE_LOGGING_API -> List.of(LogManager.class);
            case RECONCILER_IS_GIVEN_ITS_TIME -> List.of(ReadsTheClock.class, StartsAThread.class);
        };
    }
}
