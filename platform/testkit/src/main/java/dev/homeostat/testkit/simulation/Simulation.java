package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One simulation, from its scenario to its verdict. */
public final class Simulation {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Simulation() {}

    /** Simulates our own things, as the seed says; the trace is kept only where it will be read. */
    public static Verdict run(long seed, int steps, boolean traced) {
        Scenario scenario = Scenario.of(seed, steps);
        return run(scenario, new Things(scenario.side(), scenario.beside(), scenario.batched()), traced);
    }

    /** Simulates a plugin author's operations, with one reconciler. The reconciler is trusted, and yet watched. */
    public static <T> Verdict ofOperations(long seed, int rows, int steps, Subject<T> subject) {
        return run(Scenario.ofOperations(seed, rows, steps), subject, true);
    }

    /** What is wrong with our own things, as that seed says; null when nothing is. */
    public static @Nullable String complaint(long seed, int steps) {
        return run(seed, steps, false).complaint();
    }

    static <T> Verdict run(Scenario scenario, Subject<T> subject, boolean traced) {
        VirtualScheduler clock = VirtualScheduler.seeded(scenario.seed());
        Trace trace = new Trace(traced, clock);
        trace.line("scenario", scenario::toString);
        World<T> world = new World<>(scenario, subject, clock, trace);
        NothingTwice reasons = new NothingTwice(world);
        AsDesired desired = new AsDesired(world);
        List.<Oracle>of(
                        new OneAtATime(world),
                        new ModeObeyed(world),
                        new PruneInTime(world),
                        new BackoffObeyed(world),
                        reasons,
                        new InOrder(world),
                        new FactsReach(world),
                        new NothingForgotten(world),
                        new HealthTells(world),
                        new Accounts(world),
                        new WaitsEnd(world),
                        new ChecksCome(world),
                        desired)
                .forEach(oracle -> world.watch(_ -> oracle));
        Script<T> script = new Script<>(world, reasons);
        clock.execute(script::play);
        try {
            clock.runUntil(() -> lookAndSee(world, script), LONGEST);
            if (world.complaint() == null) {
                settle(world, clock, reasons, desired);
            }
        } catch (AssertionError e) {
            world.complain("Simulation", String.valueOf(e.getMessage()));
        }
        end(world, clock);
        return new Verdict(
                scenario.seed(),
                scenario.steps(),
                world.books().calls(),
                world.complaint(),
                List.copyOf(trace.lines()));
    }

    private static boolean lookAndSee(World<?> world, Script<?> script) {
        world.idle();
        return script.isOver();
    }

    /** Ends all faults, starts what does not run, gives everybody time, and looks. */
    private static <T> void settle(World<T> world, VirtualScheduler clock, NothingTwice reasons, AsDesired desired) {
        world.heal();
        clock.advance(Duration.ofSeconds(20)); // what sleeps ends
        world.fill();
        world.refill();
        for (String name : world.scenario().reconcilers()) {
            Life<T> life = world.life(name);
            if (life == null || life.isOver()) {
                world.start(name, Options.defaults());
            }
        }
        clock.runUntilIdle();
        for (Life<T> life : world.lives()) {
            settle(world, life, reasons);
        }
        clock.advance(Duration.ofMinutes(3));
        if (!world.needsPrune()) {
            desired.targets();
        }
        for (Life<T> life : world.lives()) {
            finalPrune(world, life, clock, reasons);
        }
        world.idle();
        world.settled();
    }

    private static <T> void settle(World<T> world, Life<T> life, NothingTwice reasons) {
        List.copyOf(life.paused()).forEach(key -> world.resume(life, key));
        for (int number = 0; number < world.scenario().rows(); number++) {
            Key key = world.key(number);
            Status status = life.reconciler().status(world.database().readTxn(), key);
            if (status != null
                    && (status.isPermanent() || status.blockedOn() != null)
                    && life.reconciler().retry(key)) {
                reasons.asked(life, key);
            }
        }
        reasons.planEnds(life);
        Options options = Options.defaults().pruneGuard(1000, 1);
        life.options(world.drifted() ? options.refreshing(Duration.ofMinutes(1), 1000) : options);
    }

    private static <T> void finalPrune(World<T> world, Life<T> life, VirtualScheduler clock, NothingTwice reasons) {
        reasons.pruneAsked(life);
        CompletableFuture<PruneReport> prune = life.reconciler().prune().toCompletableFuture();
        clock.advance(Duration.ofMinutes(1));
        HeldPrune held = life.reconciler().heldPrune().orElse(null);
        if (held != null) { // an empty table, which this reconciler has never seen with rows
            prune = life.reconciler().confirmPrune(held.number()).toCompletableFuture();
            clock.advance(Duration.ofMinutes(1));
        }
        if (!prune.isDone() || prune.isCompletedExceptionally()) {
            world.complain("Simulation", "the last prune of " + life + " came to " + prune);
        }
    }

    /** Leaves no thread behind. */
    private static void end(World<?> world, VirtualScheduler clock) {
        world.boot().kill();
        try {
            clock.runUntilIdle();
        } catch (AssertionError e) {
            world.complain("Simulation", String.valueOf(e.getMessage()));
        }
    }

    /**
     * What came of it.
     *
     * @param calls the number of operations that began
     * @param complaint what is wrong, or null
     */
    public record Verdict(
            long seed, int steps, long calls, @Nullable String complaint, List<String> trace) {
        /** Whether nothing is wrong. */
        public boolean isSound() {
            return complaint == null;
        }
    }
}
