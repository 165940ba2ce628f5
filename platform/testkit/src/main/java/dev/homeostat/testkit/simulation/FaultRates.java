package dev.homeostat.testkit.simulation;

import java.util.List;

/**
 * How often the target does what to an operation, as shares that add up to at most 1; the rest succeeds.
 *
 * @param error says so, or throws
 * @param permanent says that there is no use in trying again
 * @param blocked says that another row of the table must come first
 * @param lostAnswer does it, and fails
 * @param slow takes longer than the deadline, unless it is interrupted
 * @param deaf takes longer than the deadline, and does it in the end
 * @param latency the share of operations that take time
 */
record FaultRates(
        double error, double permanent, double blocked, double lostAnswer, double slow, double deaf, double latency) {
    static FaultRates none() {
        return new FaultRates(0, 0, 0, 0, 0, 0, 0);
    }

    static FaultRates by(Dice dice) {
        double level = dice.of(List.of(0.0, 0.5, 1.0, 2.0));
        return new FaultRates(
                0.12 * level,
                dice.chance(0.5) ? 0.02 * level : 0,
                dice.chance(0.4) ? 0.05 * level : 0,
                dice.chance(0.5) ? 0.05 * level : 0,
                dice.chance(0.5) ? 0.03 * level : 0,
                dice.chance(0.5) ? 0.03 * level : 0,
                dice.chance(0.8) ? 0.6 : 0.05);
    }
}
