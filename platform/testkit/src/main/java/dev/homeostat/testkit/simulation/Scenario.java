package dev.homeostat.testkit.simulation;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one simulation is like; a seed decides all of it.
 *
 * @param rows the number of rows that come and go
 * @param steps the number of things that people and the world do
 * @param reconcilers the names of the reconcilers of the table
 * @param side where the statuses live
 * @param beside the reconcilers that keep theirs beside the rows nevertheless
 * @param gradual whether the table has an initializer, completed when the source has written all rows
 * @param interposing the chance that something happens right before a transaction of a reconciler
 * @param crashes whether the process is killed now and then
 * @param stops whether reconcilers are stopped and started
 * @param drift whether targets are changed behind our back
 * @param commitFailures whether statuses cannot be written now and then
 * @param serial whether concurrency stays at 1
 * @param modes whether reconcilers are paused, or only plan, now and then
 * @param batched the reconcilers whose operations take batches
 * @param rowPauses whether rows are paused and resumed
 * @param checks whether people want rows checked
 */
record Scenario(
        long seed,
        int rows,
        int steps,
        List<String> reconcilers,
        Side side,
        Set<String> beside,
        FaultRates faults,
        boolean gradual,
        double interposing,
        boolean crashes,
        boolean stops,
        boolean drift,
        boolean commitFailures,
        boolean pruning,
        boolean refreshing,
        boolean serial,
        boolean modes,
        Set<String> batched,
        boolean rowPauses,
        boolean checks) {

    static Scenario of(long seed, int steps) {
        Dice dice = new Dice(seed);
        List<String> names = new ArrayList<>();
        for (int i = dice.of(List.of(1, 1, 2, 2, 3)); i > 0; i--) {
            names.add("r" + names.size());
        }
        Side side = dice.of(List.of(Side.BESIDE, Side.BESIDE, Side.FIELDS, Side.SET, Side.SET));
        Set<String> beside = some(names, 0.2, dice);
        return of(seed, steps, names, side, beside, dice);
    }

    private static Scenario of(long seed, int steps, List<String> names, Side side, Set<String> beside, Dice dice) {
        return new Scenario(
                seed,
                dice.of(List.of(1, 2, 5, 12, 12, 30)),
                steps,
                names,
                side,
                beside,
                FaultRates.by(dice),
                dice.chance(0.5),
                dice.of(List.of(0.0, 0.02, 0.1)),
                dice.chance(0.3),
                dice.chance(0.4),
                dice.chance(0.3),
                dice.chance(0.2),
                dice.chance(0.6),
                dice.chance(0.4),
                dice.chance(0.3),
                dice.chance(0.3),
                some(names, 0.35, dice),
                dice.chance(0.3),
                dice.chance(0.3));
    }

    /** One for the operations of a plugin author: one reconciler, with its statuses beside the rows. */
    static Scenario ofOperations(long seed, int rows, int steps) {
        Dice dice = new Dice(seed);
        return new Scenario(
                seed,
                rows,
                steps,
                List.of("r0"),
                Side.BESIDE,
                Set.of("r0"),
                FaultRates.by(dice),
                dice.chance(0.5),
                0,
                dice.chance(0.5),
                dice.chance(0.3),
                false,
                false,
                dice.chance(0.5),
                dice.chance(0.3),
                dice.chance(0.3),
                false,
                Set.of(),
                false,
                false);
    }

    private static Set<String> some(List<String> names, double share, Dice dice) {
        Set<String> some = new TreeSet<>();
        names.forEach(name -> {
            if (dice.chance(share)) {
                some.add(name);
            }
        });
        return some;
    }

    /** Some options that fit. */
    Options options(Dice dice) {
        Duration min = dice.millis(5, 100);
        Options options = Options.defaults()
                .concurrency(serial ? 1 : dice.between(1, 4))
                .rounds(dice.between(1, 20), dice.between(20, 1000))
                .retrying(min, min.plus(dice.millis(0, 3000)))
                .operationDeadline(dice.millis(200, 2200))
                .stopDeadline(dice.millis(1, 4000))
                .pruneGuard(1000, 1);
        if (dice.chance(0.2)) {
            options = options.pruneGuard(dice.below(4), 0.1 + 0.1 * dice.below(5));
        }
        if (modes && dice.chance(0.4)) {
            options = options.mode(dice.of(List.of(Mode.PLAN, Mode.PAUSED)));
        }
        options = pruning && dice.chance(0.7) ? options.pruning(dice.millis(300, 8000)) : options.withoutPruning();
        return refreshing && dice.chance(0.7)
                ? options.refreshing(dice.millis(200, 8000), dice.between(1, 200))
                : options.withoutRefreshing();
    }
}
