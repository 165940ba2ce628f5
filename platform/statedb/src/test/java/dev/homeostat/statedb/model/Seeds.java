package dev.homeostat.statedb.model;

import dev.homeostat.api.db.RWTable;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Runs a scenario from its seed alone, and says how to run it again. */
final class Seeds {
    private static final int STEPS = 400;

    private Seeds() {}

    /** Gives how often watches were closed for a neighbour. */
    static Neighbours run(long seed, UnaryOperator<RWTable<Item>> planted) {
        Scenario scenario = new Scenario(new Random(seed), planted);
        try {
            scenario.run(STEPS);
        } catch (Throwable t) { // a run may fail in any way
            throw new AssertionError(
                    "seed " + seed + " failed; to run it alone: mvn -q -pl platform/statedb -am -Dtest=ModelTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dstatedb.seed=" + seed + " test\n"
                            + scenario.trace(),
                    t);
        }
        return scenario.neighbours();
    }
}
